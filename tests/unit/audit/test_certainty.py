"""符合 and 不符合 are final: whatever else is imported, only 待核实 changes."""

from dataclasses import fields, replace
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from biye.audit.core.vocabulary import kinds
from biye.foundation.codes import GRADE_PARTS, Part
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import Coded, RecordTables, take_rows
from tests import oracle_grades
from tests.oracle_facts import person
from tests.unit.audit.institution import frame
from tests.unit.audit.populations import population
from tests.unit.audit.sayings import rules
from tests.unit.audit.test_oracle import batch_of

STUDENTS, COURSES = 6, 6
PART_OF = {
    "exams": Part.EXAMS,
    "certificates": Part.CERTIFICATES,
    "fees": Part.FEES,
    "sanctions": Part.SANCTIONS,
    "flags": Part.FLAGS,
    "photos": Part.PHOTOS,
    "history": Part.HISTORY,
}


@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=True))
def test_what_is_decided_stays_decided(random: Random) -> None:
    before = population(random, STUDENTS, COURSES)
    after = everything_imported(random, before)
    asked = frame()
    earlier, later = batch_of(before, asked), batch_of(after, asked)
    for name, params in rules(random):
        first, second = (kinds()[name].measure(batch, params).verdict for batch in (earlier, later))
        decided = np.isin(first, (Verdict.MET, Verdict.NOT_MET))
        assert second[decided].tolist() == first[decided].tolist(), (name, params)


def everything_imported(random: Random, tables: RecordTables) -> RecordTables:
    """The same tables with rows for everything that was not imported, and nothing else."""
    new = population(random, STUDENTS, COURSES)
    covered = tables.students.covered
    merged: dict[str, Any] = {}
    for name, part in PART_OF.items():
        table, more = getattr(tables, name), getattr(new, name)
        wanted = (covered[more.student] >> part & 1) == 0
        if name in ("photos", "history"):  # one row a student, or a season; a second would contradict the first
            wanted &= ~np.isin(more.student, table.student)
        merged[name] = beside(table, take_rows(more, wanted))
    people = [person(tables, frame(), row) for row in range(STUDENTS)]
    to_come = {
        (one.row, one.slots[number].course) for one in people for number in oracle_grades.base(one, "best", frame())[1]
    }
    rows = zip(new.results.student.tolist(), new.results.course.tolist(), strict=True)
    results = take_rows(new.results, np.array([row in to_come for row in rows], bool))
    merged["results"] = beside(tables.results, results)
    every = sum(1 << part for part in (*PART_OF.values(), *GRADE_PARTS))
    return replace(tables, students=replace(tables.students, covered=covered | np.int32(every)), **merged)


def beside(table: Any, more: Any) -> Any:
    """The rows of both."""
    columns: dict[str, Any] = {}
    for column in fields(table):
        one, other = getattr(table, column.name), getattr(more, column.name)
        if isinstance(one, Coded):
            words = [part.word(row) for part in (one, other) for row in range(len(part.codes))]
            columns[column.name] = Coded.of(words)
        elif isinstance(one, tuple):
            columns[column.name] = one
        else:
            columns[column.name] = np.concatenate([one, other])
    return type(table)(**columns)
