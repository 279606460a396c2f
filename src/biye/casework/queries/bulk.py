"""成批办理: which cases of a queue are clean, and how an act on many went."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.audit.models.run import Outcome
from biye.audit.queries.explained import speaking
from biye.audit.queries.rules import read_rules
from biye.casework.core.desk import undoing
from biye.casework.core.words import UNDECIDED, Event, Kind, State, Who
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, Step
from biye.casework.queries.cases import CaseRow, QueueFilter, queued, rows_by_id
from biye.foundation.verdicts import Truth

SHOWN = 200
CHOICES = (Kind.COMPLETION.value, Kind.DEFERRAL.value)
LIVE = tuple(state.value for state in (*UNDECIDED, State.APPROVED))
_NOT_PLAIN = (Event.RETURN, Event.ACCEPT_LATE, Event.TAKE_BACK)


@dataclass(frozen=True, slots=True)
class Refused:
    """未办 of an act on many: the case with the codes of its reasons."""

    row: CaseRow
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkView:
    """成批办理 as a page shows it."""

    id: int
    season_id: int
    event: Event
    kind: Kind | None
    reason: str
    wanted: int
    moved: int
    refused: int
    undone: int
    at: datetime
    by_name: str
    is_done: bool
    undone_at: datetime | None
    undone_by_name: str
    may_undo: bool
    why: tuple[tuple[str, int], ...]  # code of a reason → how many, the most frequent first
    examples: tuple[Refused, ...]


def clean_ids(asker: Asker, season_id: int, chosen: QueueFilter) -> tuple[int, ...]:
    """干净的事项, in order of id."""
    return tuple(_clean(asker, season_id, chosen).order_by("pk").values_list("pk", flat=True))


def how_many_clean(asker: Asker, season_id: int, chosen: QueueFilter) -> int:
    """How many there are."""
    return _clean(asker, season_id, chosen).count()


def _clean(asker: Asker, season_id: int, chosen: QueueFilter) -> QuerySet[Case]:
    """Waiting for a decision; by the published conclusion still open to the student; no rival application beside it; and
    nothing in the history that somebody should look at: returned, late, taken back. One query.
    """
    kind = chosen.kinds[0]
    publication = speaking(season_id)
    if publication is None:
        return Case.objects.none()
    order = [route.id for route in read_rules(publication.run.rules).programme.routes]
    if kind.value not in order:
        return Case.objects.none()
    found = queued(asker, season_id, chosen).filter(state__in=(State.AT_COLLEGE, State.CHECKED))
    outcomes = Outcome.objects.filter(run_id=publication.run_id, student_id=OuterRef("student_id"))
    way = F("routes").bitrightshift(2 * order.index(kind.value)).bitand(3)
    rivals = Case.objects.filter(season_id=season_id, student_id=OuterRef("student_id"), state__in=LIVE)
    touched = Step.objects.filter(case_id=OuterRef("pk"), event__in=_NOT_PLAIN)
    found = found.filter(Exists(outcomes.annotate(way=way).filter(way=Truth.TRUE))).exclude(Exists(touched))
    return found.exclude(Exists(rivals.filter(kind__in=CHOICES).exclude(kind=kind))) if kind in CHOICES else found


def bulk_act(asker: Asker, bulk_id: int) -> BulkView | None:
    """One of the asker's own acts, or for the college any act of the college."""
    found = BulkAct.objects.filter(pk=bulk_id, by_role=asker.role.value)
    if asker.role is not Role.COLLEGE:
        found = found.filter(by_id=asker.user_id)
    act = found.first()
    return _view(asker, act) if act is not None else None


def _view(asker: Asker, act: BulkAct) -> BulkView:
    event, who = Event(act.event), Who(act.by_role)
    codes = {pk: tuple(reasons) for pk, reasons in act.refused}
    rows = rows_by_id(asker, [pk for pk, _ in act.refused[:SHOWN]])
    why = Counter(code for reasons in codes.values() for code in reasons)
    return BulkView(
        id=act.pk,
        season_id=act.season_id,
        event=event,
        kind=Kind(act.kind) if act.kind else None,
        reason=act.reason,
        wanted=len(act.wanted),
        moved=len(act.moved),
        refused=len(act.refused),
        undone=len(act.undone),
        at=act.at,
        by_name=act.by_name,
        is_done=act.is_done,
        undone_at=act.undone_at,
        undone_by_name=act.undone_by_name,
        may_undo=act.is_done and bool(act.moved) and act.undone_at is None and undoing(event, who) is not None,
        why=tuple(why.most_common()),
        examples=tuple(Refused(row, codes[row.id]) for row in rows),
    )
