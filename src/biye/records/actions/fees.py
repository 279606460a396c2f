"""交费登记: fees marked as paid in full by list, each with its trace and its student audited again."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.foundation.moments import CHINA
from biye.machinery.ledger.chain import Said, record_many
from biye.records.actions.shown_changes import students_changed
from biye.records.models.facts import FactChange, Fee

MANY = 1000


def mark_fees_paid(
    fee_ids: Collection[int], *, students: Collection[int], posted_on: date, by: Actor, at: datetime
) -> int:
    """登记交清 of these students' fees; how many were open until now. Refused: fee_day_ahead, nothing_to_mark.

    The rows are no longer their import's, so that an import cannot be taken back from under what was marked.
    """
    if posted_on > at.astimezone(CHINA).date():
        raise Refused(Reason("fee_day_ahead"))
    marked = 0
    wanted = sorted(set(fee_ids))
    for start in range(0, len(wanted), MANY):
        with transaction.atomic():
            marked += _mark(wanted[start : start + MANY], set(students), posted_on, by, at)
    if not marked:
        raise Refused(Reason("nothing_to_mark"))
    return marked


def _mark(part: list[int], students: set[int], posted_on: date, by: Actor, at: datetime) -> int:
    rows = Fee.objects.select_for_update(of=("self",)).filter(pk__in=part).select_related("student").order_by("pk")
    fees = [fee for fee in rows if fee.student_id in students and (fee.paid is None or fee.paid < fee.due)]
    said = [
        Said(
            action="mark_fee_paid",
            subject=f"student:{fee.student.student_no}",
            before={"kind": fee.kind, "paid": fee.paid},
            after={"kind": fee.kind, "paid": fee.due, "posted_on": posted_on},
        )
        for fee in fees
    ]
    for fee in fees:
        fee.paid, fee.posted_on, fee.batch_id = fee.due, posted_on, None
    Fee.objects.bulk_update(fees, ["paid", "posted_on", "batch_id"])
    concerned = Counter(fee.student_id for fee in fees)
    FactChange.objects.bulk_create([FactChange(student_id=student, at=at) for student in concerned])
    if fees:
        record_many(said, by=by, at=at)
        students_changed(set(concerned), at=at, by=by)
    return len(fees)
