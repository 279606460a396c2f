"""更正后的重新审查: whoever's figure was corrected is audited again by itself, and told what moved."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.audit.actions.amending import Amended, amend_conclusions
from biye.audit.actions.run_audit import run_audit
from biye.audit.core.explain.document import explanation
from biye.audit.models.run import Run
from biye.audit.queries.rules import in_force
from biye.casework.actions.telling import Note, tell
from biye.casework.core.told import TOLD, what_changed
from biye.casework.core.words import Kind
from biye.casework.models.case import Case
from biye.casework.models.follow_up import FollowUp
from biye.foundation.actor import Actor
from biye.machinery.jobs.actions.submit import submit

Progress = Callable[[int, int, str], None]


def ask_for_follow_up(case: Case, what: str, before: str, after: str, *, by: Asker, at: datetime) -> FollowUp:
    """登记更正: a figure is no longer what it was; the audit of whoever it concerns is put into the queue.

    Inside the transaction of the correction. A job asks for everything up to its own number, so that one which is
    running already never swallows a correction that came after it had begun to read.
    """
    asked = FollowUp.objects.create(case=case, what=what[:120], before=before[:120], after=after[:120], at=at)
    arguments = {"season_id": case.season_id, "up_to": asked.pk}
    submit(kind="follow_up", about=case.season.label, arguments=arguments, by=by.actor, at=at)
    return asked


def follow_up(
    season_id: int,
    *,
    by: Actor,
    at: datetime,
    job_id: int | None = None,
    progress: Progress = lambda done, total, message: None,
) -> int:
    """重新审查 of everybody whose figure was corrected and who was not yet looked at again; how many corrections.

    Started twice, or again after a crash, it does what is left. Before the season's first audit there is nothing to
    renew: that audit will see the corrected figures.
    """
    waiting = FollowUp.objects.filter(case__season_id=season_id, done_at__isnull=True)
    numbers = list(waiting.values_list("id", flat=True))
    run = _renewed(season_id, by, at, job_id, progress) if numbers else None
    with transaction.atomic():
        asked = list(
            FollowUp.objects.select_for_update(of=("self",))
            .filter(pk__in=numbers, done_at__isnull=True)
            .select_related("case")
            .order_by("id")
        )
        reasons = {one.case.student_id: f"{Kind(one.case.kind).chinese}：{one.what}" for one in asked}
        amended = amend_conclusions(run, reasons, by=by, at=at) if run else {}
        for one in asked:
            _close(one, amended.get(one.case.student_id), at)
        FollowUp.objects.bulk_update(asked, ["done_at", "is_compared", "told"])
        tell(season_id=season_id, notes=[_note(one) for one in asked], by=by, at=at)
    return len(asked)


def _renewed(season_id: int, by: Actor, at: datetime, job_id: int | None, progress: Progress) -> Run | None:
    rules = in_force(season_id)
    done = Run.objects.filter(season_id=season_id, purpose=Run.Purpose.TRIAL, state=Run.State.DONE)
    base = done.order_by("-id").first()
    if rules is None or base is None:
        return None
    return run_audit(rules.pk, by=by, at=at, now=at, base_id=base.pk, job_id=job_id, progress=progress)


def _close(one: FollowUp, amended: Amended | None, at: datetime) -> None:
    one.done_at = at
    if amended is not None:
        moved = what_changed(explanation(amended.before), explanation(amended.after))
        one.is_compared = True
        one.told = [[line.what, line.before, line.after] for line in moved]


def _note(one: FollowUp) -> Note:
    """What the student reads: what was corrected, and every line of the conclusion that moved."""
    moved = "；".join(TOLD["line"].format(what=what, before=before, after=after) for what, before, after in one.told)
    return Note(
        student_id=one.case.student_id,
        title=TOLD["title"].format(what=one.what),
        text=TOLD["moved" if moved else "same" if one.is_compared else "later"].format(
            what=one.what, before=one.before, after=one.after, moved=moved
        ),
        task=one.case.kind,
    )
