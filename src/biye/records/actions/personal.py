"""个人信息: kept as the student says it, entry by entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from biye.foundation.actor import Actor
from biye.machinery.ledger.chain import record
from biye.records.models.facts import FactChange
from biye.records.models.personal import PersonalInfo
from biye.records.models.student import Student

# Entries that stand in the record too, because others ring up and write to them.
_IN_THE_RECORD = {"联系电话": "telephone", "电子邮箱": "email", "政治面貌": "political_status"}
_WIDTHS = {"telephone": 40, "email": 120, "political_status": 24}
_NOTHING = "无"


def save_personal(student_id: int, said: Mapping[str, Any], *, by: Actor, at: datetime) -> PersonalInfo:
    """保存个人信息: these entries take the place of what stood there; an empty one is taken away. The rest stays."""
    with transaction.atomic():
        student = Student.objects.select_for_update().get(pk=student_id)
        kept, _ = PersonalInfo.objects.get_or_create(student=student, defaults={"changed_at": at})
        before = {
            label: kept.said.get(label) for label, value in said.items() if kept.said.get(label) != (value or None)
        }
        if not before:
            return kept
        merged = {**kept.said, **said}
        kept.said, kept.changed_at = {label: value for label, value in merged.items() if value}, at
        kept.save()
        _into_the_record(student, {label: said[label] for label in before}, at)
        record(
            by=by,
            at=at,
            action="personal.saved",
            subject=f"student:{student.student_no}",
            before=before,
            after={label: kept.said.get(label) for label in before},
        )
    return kept


def _into_the_record(student: Student, said: Mapping[str, Any], at: datetime) -> None:
    columns = {
        column: "" if said[label] == _NOTHING else str(said[label])
        for label, column in _IN_THE_RECORD.items()
        if said.get(label)
    }
    fitting = {name: text for name, text in columns.items() if len(text) <= _WIDTHS[name]}
    if fitting and Student.objects.filter(pk=student.pk).exclude(**fitting).update(**fitting):
        FactChange.objects.create(student=student, at=at)
