"""成批办理: one act on many cases, at once or in the background, and taken back as one."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from biye.accounts.core.asker import Asker
from biye.casework.actions.acting import act_on_many
from biye.casework.core.desk import undoing
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, Who
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Step
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.actions.submit import submit

AT_ONCE = 500
CHUNK = 1000
ACT = "act"
"""In the detail of a step: the act on many that made it."""
Progress = Callable[[int, int], None]


def begin_bulk(
    season_id: int,
    case_ids: Collection[int],
    event: Event,
    *,
    by: Asker,
    at: datetime,
    reason: str = "",
    kind: Kind | None = None,
    about: str = "",
) -> BulkAct:
    """发起成批办理: done at once for a few hundred cases, in the background for more. Refused: nothing_chosen."""
    wanted = sorted(set(case_ids))
    if not wanted:
        raise Refused(Reason("nothing_chosen"))
    with transaction.atomic():
        act = BulkAct.objects.create(
            season_id=season_id,
            event=event.value,
            kind=kind.value if kind else "",
            reason=reason,
            wanted=wanted,
            at=at,
            by_id=by.user_id,
            by_name=by.name,
            by_role=by.role.value,
        )
        if len(wanted) > AT_ONCE:
            arguments = {"bulk_id": act.pk, "seat_id": by.seat_id}
            submit(kind="bulk_act", about=about or event.chinese, arguments=arguments, by=by.actor, at=at)
            return act
    return carry_out(act.pk, by=by, at=at)


def carry_out(bulk_id: int, *, by: Asker, at: datetime, progress: Progress | None = None) -> BulkAct:
    """办理: a thousand cases a transaction. Begun again after a crash, it goes on where it stopped."""
    act = BulkAct.objects.get(pk=bulk_id)
    settled = {*act.moved, *(pk for pk, _ in act.refused)}
    wanted = [pk for pk in act.wanted if pk not in settled]
    for start in range(0, len(wanted), CHUNK):
        if progress is not None:
            progress(len(act.moved) + len(act.refused), len(act.wanted))
        with transaction.atomic():
            part = wanted[start : start + CHUNK]
            done = act_on_many(part, Event(act.event), by=by, at=at, reason=act.reason, detail={ACT: act.pk})
            act.moved = [*act.moved, *done.moved]
            refused = {pk: [one.code for one in reasons] for pk, reasons in done.refused}
            gone = set(part) - set(done.moved)
            act.refused = [*act.refused, *([pk, refused.get(pk, ["no_such_case"])] for pk in sorted(gone))]
            act.save(update_fields=["moved", "refused"])
    act.is_done = True
    act.save(update_fields=["is_done"])
    if progress is not None:
        progress(len(act.wanted), len(act.wanted))
    return act


def undo_bulk(bulk_id: int, *, reason: str, by: Asker, at: datetime) -> BulkAct:
    """撤销成批办理: takes back what nobody has touched since.

    Refused: not_undoable, undone_already, reason_given (without one).
    """
    if not reason.strip():
        raise Refused(Reason(Guard.REASON_GIVEN.value))
    with transaction.atomic():
        act = BulkAct.objects.select_for_update().get(pk=bulk_id)
        back = undoing(Event(act.event), Who(act.by_role))
        if back is None or not act.is_done or act.by_role != by.role.value:
            raise Refused(Reason("not_undoable"))
        if act.undone_at is not None:
            raise Refused(Reason("undone_already", {"who": act.undone_by_name, "at": act.undone_at}))
        undone: list[int] = []
        for start in range(0, len(act.moved), CHUNK):
            newest = Step.objects.filter(case__in=act.moved[start : start + CHUNK], number=F("case__steps"))
            mine = [case for case, said in newest.values_list("case_id", "detail") if said.get(ACT) == act.pk]
            undone += act_on_many(mine, back, by=by, at=at, reason=reason, detail={"undoes": act.pk}).moved
        act.undone, act.undone_at, act.undone_by_name = undone, at, by.name
        act.save(update_fields=["undone", "undone_at", "undone_by_name"])
    return act
