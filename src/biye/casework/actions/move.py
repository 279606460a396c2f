"""办理一步: the one door through which a case changes state."""

from datetime import datetime
from typing import Any

from django.db import transaction

from biye.casework.core.transitions import Refusal, Situation, step
from biye.casework.core.words import Event, Kind, State, Who
from biye.casework.models.case import Case, Step
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record


def move(
    case: Case,
    event: Event,
    situation: Situation,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
    form: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> Case:
    """办理一步, with its step and its ledger entry in one transaction; the case as it is now.

    `seen` is the number of steps the actor saw: Refused("somebody_was_faster") when there are more by now.
    Refused with every reason when the table has no row for it.
    """
    with transaction.atomic():
        now = Case.objects.select_for_update().select_related("student").get(pk=case.pk)
        if seen is not None and seen != now.steps:
            raise Refused(_faster(now))
        answer = step(Kind(now.kind), State(now.state), event, Who(by.role), situation)
        if isinstance(answer, Refusal):
            raise Refused(*answer.reasons)
        before, now.state = now.state, answer.next.value
        now.steps, now.changed_at = now.steps + 1, at
        if form is not None:
            now.form = form
        now.save(update_fields=["state", "steps", "changed_at", "form"])
        Step.objects.create(
            case=now,
            number=now.steps,
            event=event.value,
            before=before,
            after=now.state,
            at=at,
            actor_id=by.user_id,
            actor_name=by.name,
            actor_role=by.role,
            reason=reason,
            detail=detail or {},
        )
        record(
            by=by,
            at=at,
            action=f"{now.kind}.{event.value}",
            subject=f"student:{now.student.student_no}",
            before={"state": before},
            after={"state": now.state, "case": now.pk, **(detail or {})},
            reason=reason,
        )
    return now


def _faster(case: Case) -> Reason:
    last = case.history.order_by("-number")[0]
    said = {"who": last.actor_name, "event": Event(last.event), "at": last.at, "state": State(case.state)}
    return Reason("somebody_was_faster", said)
