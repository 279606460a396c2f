"""关键字段修改: cause, new value, date of the legal change, and the evidence the school asks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from biye.casework.core.fields import (
    BIRTH,
    ETHNICITY,
    NAME,
    NUMBER,
    PHOTO,
    SEX,
    SEXES,
    Record,
    number_remarks,
)
from biye.foundation import identity
from biye.foundation.errors import Reason
from biye.foundation.ethnicities import ETHNICITIES, ethnicity
from biye.foundation.identity import DOCUMENT_WORDS

ANY_FIELD = "其他"
LONGEST_NAME = 80
PHOTO_AGAIN = "重新采集毕业照片"
_DOCUMENTS = {word: document for document, words in DOCUMENT_WORDS.items() for word in words}


class Cause(StrEnum):
    """修改原因: the law changed something, or somebody typed it wrongly."""

    CHANGED = "changed"
    ENTERED_WRONG = "entered_wrong"

    @property
    def chinese(self) -> str:
        """What people read."""
        return {"changed": "依法变更", "entered_wrong": "登记错误"}[self.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """申请的修改: what a correction asks for, as values; `old` is what the record said when it was begun."""

    field: str
    old: str
    new: str
    cause: Cause | None
    changed_on: date | None
    explanation: str = ""

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Asked":
        """As a case keeps it."""
        cause, day = str(form.get("cause", "")), str(form.get("changed_on", ""))
        return cls(
            field=str(form.get("field", "")),
            old=str(form.get("old", "")),
            new=str(form.get("new", "")),
            cause=Cause(cause) if cause else None,
            changed_on=day_of(day),
            explanation=str(form.get("explanation", "")),
        )

    @property
    def form(self) -> dict[str, str]:
        """As a case keeps it."""
        return {
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "cause": self.cause.value if self.cause else "",
            "changed_on": self.changed_on.isoformat() if self.changed_on else "",
            "explanation": self.explanation,
        }


def day_of(text: str) -> date | None:
    """A day written as 1990-01-01; None where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def values_of(field: str, record: Record) -> str:
    """What the record says in a key field, as people write it."""
    return {
        NAME: record.name,
        SEX: SEXES.get(record.sex, ""),
        BIRTH: record.birth_date.isoformat() if record.birth_date else "",
        ETHNICITY: record.ethnicity,
        NUMBER: record.identity_number,
        PHOTO: "",
    }[field]


def tidy(field: str, text: str) -> str:
    """A new value in the form in which it is kept; what cannot be read stays as it was written."""
    plain = text.strip()
    if field == NUMBER:
        return identity.normal(plain)
    if field == ETHNICITY:
        return ethnicity(plain) or plain
    if field == BIRTH:
        return plain.replace("/", "-").replace(".", "-")
    return plain


def needed(field: str, listed: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """证明材料 of a field as the school lists them."""
    return tuple(listed.get(field, listed.get(ANY_FIELD, ())))


def missing(field: str, listed: Mapping[str, Sequence[str]], given: Collection[str]) -> tuple[str, ...]:
    """What is still to be handed in."""
    return tuple(item for item in needed(field, listed) if item not in given)


def problems(asked: Asked, key_fields: Collection[str], *, today: date, officer_numbers: bool) -> tuple[Reason, ...]:
    """Everything that keeps an application from being complete, at once."""
    if asked.field not in key_fields:
        return (Reason("correction_not_a_key_field", {"field": asked.field or "（未选择）"}),)
    found = list(_value_problems(asked, today, officer_numbers=officer_numbers))
    if asked.cause is None:
        found.append(Reason("correction_cause_missing"))
    if asked.cause is Cause.CHANGED and asked.changed_on is None:
        found.append(Reason("correction_day_missing"))
    if asked.changed_on is not None and asked.changed_on > today:
        found.append(Reason("correction_day_ahead", {"day": asked.changed_on.isoformat()}))
    if asked.cause is Cause.ENTERED_WRONG and not asked.explanation.strip():
        found.append(Reason("correction_explanation_missing"))
    return tuple(found)


def _value_problems(asked: Asked, today: date, *, officer_numbers: bool) -> tuple[Reason, ...]:
    if asked.field == PHOTO:
        return ()
    if not asked.new:
        return (Reason("correction_new_missing", {"field": asked.field}),)
    if asked.new == asked.old:
        return (Reason("correction_same", {"field": asked.field}),)
    if asked.field == NAME and (len(asked.new) > LONGEST_NAME or any(sign.isdigit() for sign in asked.new)):
        return (Reason("correction_bad_name"),)
    if asked.field == SEX and asked.new not in SEXES.values():
        return (Reason("correction_bad_sex"),)
    if asked.field == ETHNICITY and asked.new not in ETHNICITIES.values():
        return (Reason("correction_bad_ethnicity", {"new": asked.new}),)
    if asked.field == BIRTH:
        day = day_of(asked.new)
        return () if day is not None and day < today else (Reason("correction_bad_day"),)
    if asked.field == NUMBER:
        remarks = number_remarks(identity.read(asked.new), officer_numbers=officer_numbers)
        return tuple(Reason("correction_bad_number", {"why": why}) for why in remarks)
    return ()


def warnings(asked: Asked, record: Record) -> tuple[str, ...]:
    """What whoever checks the evidence should look at: a new value that will not agree with the identity number.

    Codes: new_birth_differs, new_sex_differs.
    """
    number = asked.new if asked.field == NUMBER else record.identity_number
    read = identity.read(number, None if asked.field == NUMBER else _DOCUMENTS.get(record.identity_type))
    born = asked.new if asked.field == BIRTH else values_of(BIRTH, record)
    sex = asked.new if asked.field == SEX else values_of(SEX, record)
    found = []
    if asked.field in (BIRTH, NUMBER) and read.birth and born and read.birth.isoformat() != born:
        found.append("new_birth_differs")
    if asked.field in (SEX, NUMBER) and read.sex and sex and SEXES[read.sex] != sex:
        found.append("new_sex_differs")
    return tuple(found)
