"""学生的构成: student sheets as the table of students."""

from typing import Any

import numpy as np
import numpy.typing as npt

from biye.foundation.identity import DOCUMENT_WORDS, Document, pack
from biye.foundation.moments import day_number
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Each, Rows
from biye.records.core.sheets import students as sheet
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.sheets.stacking import Positions, Stack, codes_of, content_of, keep_one_of_each
from biye.records.core.tables import NO_DAY, Coded, Students

_WORD_COLUMNS = ("level", "mode", "status")


def check_students(stack: Stack, settings: SheetSettings) -> Rows:
    """Everything about student rows that needs no other sheet; gives the rows that may go in, one a 学号."""
    for table in stack.tables:
        sheet.check(table)
    for name in _WORD_COLUMNS:
        known = settings.words.get(name)
        if known:
            values = stack[name]
            strange = np.array([value is not None and value not in known for value in values.distinct], np.bool_)
            stack.complain(
                strange[values.codes] & stack.good,
                "word_unknown",
                Severity.ASK,
                name,
                Each.VALUE,
                words="、".join(known),
            )
    said = [codes_of(stack[column.name]) for column in sheet.SPEC.columns]
    rows = keep_one_of_each(stack, stack.good, codes_of(stack["student_no"]).astype(np.int64), content_of(said))
    _note_two_records(stack, rows)
    return rows


def _note_two_records(stack: Stack, rows: Rows) -> None:
    """One person with two status records is nothing wrong, but worth knowing."""
    numbers = codes_of(stack["identity_number"])
    known = rows & stack["identity_number"].known
    counts = np.bincount(numbers[known], minlength=int(numbers.max(initial=0)) + 1)
    stack.complain(known & (counts[numbers] > 1), "person_with_two_records", Severity.NOTE, "identity_number")


def find_plans(stack: Stack, plan_at: dict[str, int]) -> Positions:
    """The plan of each row, -1 where none is named or the named one is not known."""
    values = stack["plan"]
    lookup = np.array([-1 if name is None else plan_at.get(name, -1) for name in values.distinct], np.int32)
    plans = lookup[values.codes]
    each = Each.VALUE if plan_at else Each.SHEET
    stack.complain((plans < 0) & values.known & stack.good, "plan_unknown", Severity.ASK, "plan", each)
    return plans


def picked_order(stack: Stack, rows: Rows) -> npt.NDArray[np.intp]:
    """Rows in the order of their 学号."""
    numbers = stack["student_no"].list()
    return np.array(sorted(np.flatnonzero(rows).tolist(), key=lambda row: numbers[row]), np.intp)


def build_students(stack: Stack, rows: Rows, plans: Positions) -> Students:
    """The table of students in the order of their 学号."""
    numbers = stack["student_no"].list()
    picked = picked_order(stack, rows)

    def column(name: str) -> Any:
        return stack[name].rows(picked)

    def words(name: str) -> Coded:
        return coded(column(name).codes, column(name).distinct)

    identity_words = [
        None if kind is None else DOCUMENT_WORDS[Document(kind)][0] for kind in stack["identity_type"].distinct
    ]
    table = Students(
        key=np.arange(len(picked), dtype=np.int64),
        student_no=[numbers[row] for row in picked.tolist()],
        name=column("name").list(),
        level=words("level"),
        mode=words("mode"),
        centre=words("centre"),
        status=words("status"),
        major=words("major"),
        entry=column("entry").array(np.int16, -1),
        plan=plans[picked],
        suspended_terms=column("suspended_terms").array(np.int16, -1),
        birth_day=column("birth_date").mapped(day_number).array(np.int32, NO_DAY),
        sex=column("sex").array(np.int8, 0),
        identity_type=coded(column("identity_type").codes, identity_words),
        identity=column("identity_number").mapped(pack).array(np.dtype("S18").type, b""),
        outside_system=column("outside_system").array(np.bool_, False),
        covered=np.zeros(len(picked), np.int32),
    )
    table.filled = {spec.name: column(spec.name).known for spec in sheet.SPEC.columns if spec.name in stack}
    return table


def coded(codes: Positions, distinct: list[Any]) -> Coded:
    """A word column from positions among words, of which the first is "unknown" and several may be alike."""
    words = sorted({word for word in distinct if word is not None})
    position = {word: index for index, word in enumerate(words)}
    lookup = np.array([-1 if word is None else position[word] for word in distinct], np.int32)
    return Coded(lookup[codes].astype(np.int32), words)
