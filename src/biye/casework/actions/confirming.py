"""预毕业确认: agree to everybody who passes, in one act; take it back with a reason until the lock; lock."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.queries.results import latest_run
from biye.casework.actions.acting import open_many
from biye.casework.actions.bulk import AT_ONCE, Progress, begin_bulk, carry_out
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case
from biye.casework.queries.confirming import Part, case_ids_in, passing_ids
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.actions.submit import submit
from biye.machinery.jobs.models.job import Job

_FROM = {Event.LOCK: Part.AGREED, Event.TAKE_BACK: Part.AGREED, Event.APPROVE: Part.CHECKED}


def begin_agreeing(
    season_id: int, event: Event, *, by: Asker, at: datetime, student_nos: Collection[str] | None = None
) -> BulkAct | Job:
    """同意毕业 (or 初审通过) for these students, or for all who pass: at once for a few hundred, else in the background.

    Refused: nothing_to_compare_with (no audit yet), nothing_chosen.
    """
    run = latest_run(by, season_id)
    if run is None:
        raise Refused(Reason("nothing_to_compare_with"))
    if student_nos is None:
        students = passing_ids(by, season_id, run)
    else:
        found = students_of(by).filter(student_no__in=list(student_nos))
        students = tuple(found.order_by("id").values_list("id", flat=True))
    if len(students) > AT_ONCE:
        arguments = {"season_id": season_id, "event": event.value, "at": at.isoformat(), "seat_id": by.seat_id}
        return submit(kind="agree_to_passing", about=event.chinese, arguments=arguments, by=by.actor, at=at)
    return begin_bulk(
        season_id,
        _opened(season_id, students, event, at),
        event,
        by=by,
        at=at,
        kind=Kind.PRE_CONFIRMATION,
    )


def agree_to_passing(season_id: int, event: Event, *, by: Asker, at: datetime, progress: Progress) -> BulkAct:
    """同意所有符合的人. Killed and begun again, it goes on where it stopped: the act is known by its moment."""
    run = latest_run(by, season_id)
    act = BulkAct.objects.filter(season_id=season_id, by_id=by.user_id, at=at, event=event.value).first()
    if act is None and run is not None:
        with transaction.atomic():
            wanted = _opened(season_id, passing_ids(by, season_id, run), event, at)
            act = BulkAct.objects.create(
                season_id=season_id,
                event=event.value,
                kind=Kind.PRE_CONFIRMATION.value,
                wanted=wanted,
                at=at,
                by_id=by.user_id,
                by_name=by.name,
                by_role=by.role.value,
            )
    if act is None:
        raise Refused(Reason("nothing_to_compare_with"))
    return carry_out(act.pk, by=by, at=at, progress=progress)


def begin_after_agreeing(
    season_id: int,
    event: Event,
    *,
    by: Asker,
    at: datetime,
    reason: str = "",
    case_ids: Collection[int] | None = None,
) -> BulkAct:
    """锁定 or 收回决定 for these cases, or for all that were agreed to; 复核同意 for all that were checked.

    Refused: nothing_chosen, reason_given.
    """
    if event is Event.TAKE_BACK and not reason.strip():
        raise Refused(Reason(Guard.REASON_GIVEN.value))
    wanted = case_ids_in(by, season_id, _FROM[event]) if case_ids is None else case_ids
    kinds = Kind.PRE_CONFIRMATION
    about = f"{kinds.chinese} {event.chinese}"
    return begin_bulk(season_id, wanted, event, by=by, at=at, reason=reason, kind=kinds, about=about)


def _opened(season_id: int, students: Collection[int], event: Event, at: datetime) -> list[int]:
    """Their cases, opened where there is none."""
    with transaction.atomic():
        open_many(season_id, Kind.PRE_CONFIRMATION, students, at=at)
        states = (State.OPEN, State.CHECKED) if event is Event.APPROVE else (State.OPEN,)
        cases = Case.objects.filter(season_id=season_id, kind=Kind.PRE_CONFIRMATION, state__in=states)
        chosen = set(students)
        return [pk for pk, student in cases.order_by("pk").values_list("pk", "student_id") if student in chosen]


def is_in_background(done: BulkAct | Job) -> bool:
    """Is it a job that is still to be done?"""
    return isinstance(done, Job)
