"""更正: what was found wrong and decided is written into the record, so that the next audit sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.codes import Mark, Outcome
from biye.foundation.errors import Reason, Refused
from biye.foundation.identity import mask
from biye.machinery.ledger.chain import record
from biye.records.actions.shown_changes import students_changed
from biye.records.models.facts import FactChange, Fee, Result, UnifiedExam
from biye.records.models.student import Student

# Columns of a status record that a decision may change.
COLUMNS = frozenset(
    {
        "name",
        "sex",
        "birth_date",
        "ethnicity",
        "identity_type",
        "identity_number",
        "exam_no",
        "level",
        "mode",
        "major",
        "class_name",
        "status",
    }
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """更正的一项: what it was and what it is; None where there was nothing."""

    before: Any
    after: Any

    @property
    def is_changed(self) -> bool:
        """Is it anything else now?"""
        return bool(self.before != self.after)


def correct_record(
    student_id: int,
    column: str,
    value: str | int | date | None,
    *,
    seen: str | int | date | None,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Corrected:
    """更正学籍 in one column. `seen`: what stood there when it was decided.

    Refused: record_changed_meanwhile where it says something else by now, and not the new value either. The row is no
    longer its import's, so that an import cannot be taken back from under a decision.
    """
    if column not in COLUMNS:
        raise ValueError(column)
    with transaction.atomic():
        student = Student.objects.select_for_update().get(pk=student_id)
        before = getattr(student, column)
        if before not in (seen, value):
            raise Refused(Reason("record_changed_meanwhile", {"now": _said(column, before) or "（空）"}))
        setattr(student, column, value)
        student.batch_id = None
        student.save(update_fields=[column, "batch_id"])
        _written(student, {column: _said(column, before)}, {column: _said(column, value)}, by, at, reason)
    return Corrected(before, value)


def correct_result(
    student_id: int,
    course_id: int,
    *,
    term: int,
    obtained: int,
    score: int,
    mark: Mark,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Corrected:
    """更正成绩: one attempt at one course, or an attempt that was missing; score in hundredths."""
    values = {"score": score, "mark": int(mark)}
    with transaction.atomic():
        student = Student.objects.select_for_update().get(pk=student_id)
        where = {"student": student, "course_id": course_id, "term": term, "obtained": obtained}
        found = Result.objects.filter(**where).order_by("sequence")
        before = found.values("score", "mark").first()
        if before is None:
            Result.objects.create(**where, **values)
        else:
            sequence = found.values_list("sequence", flat=True)[0]
            found.filter(sequence=sequence).update(**values, batch_id=None)
        course = {"course": course_id, "term": term, "obtained": obtained}
        _written(student, {**course, **before} if before else None, {**course, **values}, by, at, reason)
    return Corrected(before, values)


def correct_exam(
    student_id: int,
    subject: str,
    *,
    outcome: Outcome,
    score: int,
    exemption: str = "",
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Corrected:
    """更正统考: one subject, passed, exempt with why, or not."""
    values = {"outcome": int(outcome), "score": score, "reason": exemption}
    with transaction.atomic():
        student = Student.objects.select_for_update().get(pk=student_id)
        before = UnifiedExam.objects.filter(student=student, subject=subject).values(*values).first()
        UnifiedExam.objects.update_or_create(student=student, subject=subject, defaults={**values, "batch_id": None})
        said = {"subject": subject}
        _written(student, {**said, **before} if before else None, {**said, **values}, by, at, reason)
    return Corrected(before, values)


def correct_fee(student_id: int, fee_id: int, *, paid: int, by: Actor, at: datetime, reason: str = "") -> Corrected:
    """更正交费: what was paid of one kind and year, in cents. Refused: no_such_fee."""
    with transaction.atomic():
        student = Student.objects.select_for_update().get(pk=student_id)
        fee = Fee.objects.filter(student=student, pk=fee_id).first()
        if fee is None:
            raise Refused(Reason("no_such_fee"))
        before, fee.paid, fee.batch_id = fee.paid, paid, None
        fee.save(update_fields=["paid", "batch_id"])
        said = {"fee": fee.kind, "year": fee.year}
        _written(student, {**said, "paid": before}, {**said, "paid": paid}, by, at, reason)
    return Corrected(before, paid)


def _written(
    student: Student, before: Mapping[str, Any] | None, after: Mapping[str, Any], by: Actor, at: datetime, reason: str
) -> None:
    """The audit is told, and so is the ledger."""
    FactChange.objects.create(student=student, at=at)
    subject = f"student:{student.student_no}"
    record(by=by, at=at, action="record.corrected", subject=subject, before=before, after=after, reason=reason)
    students_changed((student.pk,), at=at, by=by)


def _said(column: str, value: Any) -> str:
    """As the ledger tells it: identity numbers never in full."""
    return mask(str(value)) if column == "identity_number" else str(value if value is not None else "")
