"""纸质件: what came in through whom, and what is still missing."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.queries.cases import PAGE
from biye.seasons.core.season import Season

KINDS = (Kind.COMPLETION, Kind.DEFERRAL, Kind.CORRECTION)


@dataclass(frozen=True, slots=True)
class CameIn:
    """收到的一件. `may_undo`: nobody has done anything with it since."""

    case_id: int
    student_no: str
    name: str
    kind: Kind
    at: datetime
    by_name: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """未收到的一件."""

    case_id: int
    student_no: str
    name: str
    telephone: str
    centre: str
    kind: Kind
    about: str
    submitted_at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MissingPage:
    """一页."""

    rows: tuple[Missing, ...]
    total: int


def came_in(asker: Asker, season_id: int, count: int = PAGE) -> tuple[CameIn, ...]:
    """The newest that came in, whoever of the seat's place took them."""
    cases = within(asker, Case.objects.filter(season_id=season_id, kind__in=KINDS)).order_by().values("id")
    steps = Step.objects.filter(event=Event.RECEIVE_PAPER, case__in=cases).select_related("case", "case__student")
    return tuple(
        CameIn(
            case_id=step.case_id,
            student_no=step.case.student.student_no,
            name=step.case.student.name,
            kind=Kind(step.case.kind),
            at=step.at,
            by_name=step.actor_name,
            may_undo=step.case.state == State.PAPER_RECEIVED and step.case.steps == step.number,
        )
        for step in steps.order_by("-at", "-id")[:count]
    )


def missing_papers(asker: Asker, season_id: int, season: Season, start: int = 0, count: int = PAGE) -> MissingPage:
    """纸质件未到: handed in on line, and the signed sheet has not come; what closes first stands first."""
    cases = Case.objects.filter(season_id=season_id, kind__in=KINDS, state=State.SUBMITTED)
    found = within(asker, cases)
    untils = {kind: closing(season, kind).get(Clock.PAPER) for kind in KINDS}
    page = found.select_related("student", "student__centre").order_by("changed_at", "id")[start : start + count]
    rows = [
        Missing(
            case_id=case.pk,
            student_no=case.student.student_no,
            name=case.student.name,
            telephone=case.student.telephone,
            centre=case.student.centre.name if case.student.centre else "",
            kind=Kind(case.kind),
            about=case.about,
            submitted_at=case.changed_at,
            until=untils[Kind(case.kind)],
        )
        for case in page
    ]
    return MissingPage(tuple(rows), found.count())
