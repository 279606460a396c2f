"""What a sheet may say always fits into its column."""

from typing import Any

import pytest
from django.db import models

from biye.machinery.exchange.core.columns import BadValue, ColumnSpec
from biye.records.actions.import_wiring import WIRINGS
from biye.records.actions.import_writing import codes_for
from biye.records.core.sheets.attainments import MOST
from biye.records.core.sheets.build_plans import code_from
from biye.records.core.sheets.recognise import KINDS
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import UnifiedExam

# Kind of sheet, its column, table, column of the table; where both bear one name nothing need be said.
ELSEWHERE = {
    ("students", "centre"): ("centres", "name"),
    ("students", "plan"): ("plans", "code"),
    ("plans", "plan"): ("plans", "code"),
    ("plan_modules", "plan"): ("plans", "code"),
    ("plan_modules", "module"): ("plan_modules", "code"),
    ("plan_modules", "module_name"): ("plan_modules", "name"),
    ("plan_courses", "plan"): ("plans", "code"),
    ("plan_courses", "course_code"): ("courses", "code"),
    ("plan_courses", "course_name"): ("courses", "name"),
    ("plan_courses", "module"): ("plan_modules", "code"),
    ("plan_exams", "plan"): ("plans", "code"),
    ("substitutions", "plan"): ("plans", "code"),
    ("substitutions", "taken"): ("courses", "code"),
    ("substitutions", "counts_as"): ("courses", "code"),
    ("grades", "course_code"): ("courses", "code"),
    ("grades", "course_name"): ("courses", "name"),
}


def texts() -> list[tuple[str, ColumnSpec, int]]:
    """Text columns of sheets with the length of the table's column."""
    found = []
    for spec in KINDS.values():
        for column in spec.columns:
            table, name = ELSEWHERE.get((spec.kind, column.name), (spec.kind, column.name))
            fields = (
                {field.name: field for field in WIRINGS[table].model._meta.local_concrete_fields}
                if table in WIRINGS
                else {}
            )
            field = fields.get(name)
            if isinstance(field, models.CharField) and field.max_length and takes(column, "甲"):
                found.append((f"{spec.kind} {column.name}", column, field.max_length))
    return found


def takes(column: ColumnSpec, text: str) -> bool:
    try:
        value: Any = column.parse(text)
    except BadValue as bad:
        value = bad.kept
    return isinstance(value, str)


@pytest.mark.parametrize(("column", "longest"), [pytest.param(*rest, id=name) for name, *rest in texts()])
def test_texts_fit(column: ColumnSpec, longest: int) -> None:
    assert (takes(column, "甲" * longest), takes(column, "甲" * (longest + 1))) == (True, False)


def test_no_text_column_is_forgotten() -> None:
    assert len(texts()) == 38


def test_scores_fit_small_integers() -> None:
    assert MOST <= 32_767
    assert isinstance(UnifiedExam._meta.get_field("score"), models.SmallIntegerField)
    for text, fits in (("299.99", True), ("300", True), ("300.01", False)):
        try:
            KINDS["exams"]["score"].parse(text)
            taken = True
        except BadValue:
            taken = False
        assert taken == fits


def test_codes_made_from_names_fit_and_differ() -> None:
    longest = Course._meta.get_field("code").max_length
    names = ["课" * 40, "课" * 41, "课" * 60 + "甲", "课" * 60 + "乙"]
    codes = [code_from(name) for name in names]
    assert codes[0] == names[0]
    assert len(set(codes)) == 4
    assert max(map(len, codes)) == longest
    centres = codes_for(["站" * 50 + letter for letter in "甲乙丙"], {"站" * 28})
    assert len(set(centres)) == 3
    assert max(map(len, centres)) <= Centre._meta.get_field("code").max_length
