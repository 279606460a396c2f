"""可办的事: what the asker may do about one case now, and why not what cannot be done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.casework.core.desk import is_plain, needs_reason
from biye.casework.core.transitions import Guard, Refusal, step
from biye.casework.core.words import Event, Kind, State, Who
from biye.casework.models.case import Case
from biye.casework.queries.cases import CaseView
from biye.casework.queries.situations import Act, situations
from biye.foundation.errors import Reason
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file


@dataclass(frozen=True, slots=True)
class Offer:
    """可办的事: one act. `reasons` say why it cannot be done now; a reason that is still to be written is none of them."""

    event: Event
    after: State | None
    needs_reason: bool
    reasons: tuple[Reason, ...]


def offers(
    asker: Asker, view: CaseView, at: datetime, holds: Collection[Guard] = (), only: Collection[Event] = ()
) -> tuple[Offer, ...]:
    """Every plain act of the asker's desk in the case's state, in the table's order; those named in `only` instead."""
    who = Who(asker.role.value)
    wanted = [event for event in view.may if (event in only if only else is_plain(view.kind, event, who))]
    if not wanted:
        return ()
    case = Case.objects.select_related("season").get(pk=view.id)
    return tuple(_offer(asker, case, event, at, frozenset(holds)) for event in wanted)


def _offer(asker: Asker, case: Case, event: Event, at: datetime, holds: frozenset[Guard]) -> Offer:
    kind, state, who = Kind(case.kind), State(case.state), Who(asker.role.value)
    about_to = Act(event, asker.actor, at, "", holds | {Guard.REASON_GIVEN})
    answer = step(kind, state, event, who, situations(season_file(case.season.stem), [case], about_to)[0])
    asked = needs_reason(kind, state, event, who)
    if isinstance(answer, Refusal):
        return Offer(event, None, asked, answer.reasons)
    return Offer(event, answer.next, asked, ())


def possible(
    asker: Asker, season_id: int, student_no: str, kind: Kind, event: Event, at: datetime, holds: Collection[Guard]
) -> tuple[Reason, ...]:
    """What stands against an act on one student's case, opened or not; nothing where it can be done."""
    season = Season.objects.get(pk=season_id)
    student = students_of(asker).filter(student_no=student_no).first()
    if student is None:
        return (Reason("no_such_student"),)
    case = Case.objects.filter(season=season, student=student, kind=kind).first()
    case = case or Case(pk=0, season=season, student=student, kind=kind, state=State.OPEN)
    about_to = Act(event, asker.actor, at, "", frozenset(holds))
    situation = situations(season_file(season.stem), [case], about_to)[0]
    answer = step(kind, State(case.state), event, Who(asker.role.value), situation)
    return answer.reasons if isinstance(answer, Refusal) else ()
