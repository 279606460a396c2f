"""其他事实的构成: unified exams, certificates, fees, sanctions, flags, photos and earlier conclusions as tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.foundation.codes import Outcome
from biye.foundation.moments import UNKNOWN_MINUTE, day_number, minute_of
from biye.foundation.verdicts import Verdict
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Rows, Values
from biye.records.core.sheets.attainments import NO_SCORE
from biye.records.core.sheets.build_students import coded
from biye.records.core.sheets.known import Known, find_students
from biye.records.core.sheets.stacking import Positions, Stack, codes_of, content_of, keep_one_of_each
from biye.records.core.tables import (
    NO_DAY,
    Certificates,
    Coded,
    Exams,
    Fees,
    Flags,
    History,
    Photos,
    Sanctions,
)

Columns = dict[str, npt.NDArray[Any] | Values]


@dataclass(slots=True)
class Facts:
    """One kind's table, which of its rows wait for a yes, and the student of every row of the sheets."""

    table: Any
    asked: Rows
    students: Positions


def build_facts(kind: str, stack: Stack, known: Known) -> Facts:
    """The table of one kind, ordered by student and key."""
    maker = _MAKERS[kind]
    students = find_students(stack, known)
    columns, own = maker.columns(stack)
    rows = stack.good & own & (students >= 0)
    key = content_of((students, *(_comparable(columns[name]) for name in maker.key)))
    content = content_of([_comparable(column) for column in columns.values()])
    rows = keep_one_of_each(stack, rows, key, content) & stack.good
    picked = np.flatnonzero(rows)
    picked = picked[np.lexsort((key[picked], students[picked]))]
    made = {name: _finished(column, picked) for name, column in columns.items()}
    return Facts(maker.table(student=students[picked], **made), stack.asked[picked], students)


def _comparable(column: npt.NDArray[Any] | Values) -> npt.NDArray[Any]:
    return codes_of(column) if isinstance(column, Values) else column


def _finished(column: npt.NDArray[Any] | Values, picked: npt.NDArray[np.intp]) -> npt.NDArray[Any] | Coded:
    return coded(column.codes[picked], column.distinct) if isinstance(column, Values) else column[picked]


@dataclass(frozen=True, slots=True)
class _Maker:
    table: type
    key: tuple[str, ...]
    columns: Callable[[Stack], tuple[Columns, Rows]]


def _all(stack: Stack) -> Rows:
    return np.ones(len(stack), np.bool_)


def _days(stack: Stack, name: str) -> npt.NDArray[np.int32]:
    return stack[name].mapped(day_number).array(np.int32, NO_DAY)


def _exams(stack: Stack) -> tuple[Columns, Rows]:
    given = stack["score"]
    score = given.mapped(lambda pair: pair[1]).array(np.int32, NO_SCORE)
    worded = Values(given.codes, [None if pair is None else pair[0] for pair in given.distinct]).array(np.int8, -1)
    said = stack["outcome"].array(np.int8, -1)
    stack.complain((said >= 0) & (worded >= 0) & (said != worded), "outcome_differs", Severity.REFUSE, "score")
    outcome = np.where(said >= 0, said, worded).astype(np.int8)
    outcome[(outcome < 0) & stack["reason"].known] = Outcome.EXEMPT
    nothing = (outcome < 0) & (score < 0)
    stack.complain(nothing & stack.good, "outcome_missing", Severity.REFUSE, "outcome")
    columns: Columns = {"subject": stack["subject"], "outcome": outcome, "score": score, "reason": stack["reason"]}
    return columns, ~nothing


def _certificates(stack: Stack) -> tuple[Columns, Rows]:
    given = stack["score"]
    failed = np.array([bool(pair) and pair[0] in (Outcome.NOT_PASSED, Outcome.ABSENT) for pair in given.distinct])
    score = given.mapped(lambda pair: pair[1]).array(np.int32, NO_SCORE)
    left_out = failed[given.codes]
    stack.complain(left_out & stack.good, "certificate_not_passed", Severity.NOTE, "score")
    return {"kind": stack["kind"], "score": score, "obtained": _days(stack, "obtained_on")}, ~left_out


def _fees(stack: Stack) -> tuple[Columns, Rows]:
    due, paid = stack["due"].array(np.int64, -1), stack["paid"].array(np.int64, -1)
    arrears = stack["arrears"].array(np.int64, -1)
    cleared = stack["cleared"].array(np.int8, -1)
    nothing = (due < 0) & (arrears < 0) & (cleared < 0)
    stack.complain(nothing & stack.good, "fee_missing", Severity.REFUSE, "due")
    stack.complain((cleared == 0) & (due < 0) & (arrears < 1), "arrears_missing", Severity.REFUSE, "arrears")
    both = (due >= 0) & (paid >= 0) & (arrears >= 0)
    stack.complain(both & (np.maximum(due - paid, 0) != arrears), "arrears_differ", Severity.REFUSE, "arrears")
    owed = (cleared == 1) & (((due > paid) & (due >= 0) & (paid >= 0)) | (arrears > 0))
    stack.complain(owed, "cleared_differs", Severity.REFUSE, "cleared")
    # A sheet that states only what is owed: the debt is due and unpaid, no debt is nothing due.
    only_arrears = (due < 0) & (arrears >= 0)
    settled = (due < 0) & (arrears < 0) & (cleared == 1)
    due = np.where(only_arrears, arrears, np.where(settled, 0, due))
    paid = np.where(only_arrears | settled, 0, paid)
    paid = np.where((paid < 0) & (arrears >= 0) & (due >= 0), np.maximum(due - arrears, 0), paid)
    paid = np.where((paid < 0) & (cleared == 1), due, paid)
    return {
        "kind": stack["kind"],
        "year": stack["year"].array(np.int16, -1),
        "due": due,
        "paid": paid,
        "posted": _days(stack, "posted_on"),
    }, ~nothing


def _sanctions(stack: Stack) -> tuple[Columns, Rows]:
    imposed, lifted = _days(stack, "imposed_on"), _days(stack, "lifted_on")
    backwards = (lifted != NO_DAY) & (imposed != NO_DAY) & (lifted < imposed)
    stack.complain(backwards, "lifted_before_imposed", Severity.REFUSE, "lifted_on")
    return {"kind": stack["kind"], "imposed": imposed, "lifted": lifted}, _all(stack)


def _flags(stack: Stack) -> tuple[Columns, Rows]:
    return {"flag": stack["flag"], "cleared": stack["cleared"].array(np.int8, -1)}, _all(stack)


def _photos(stack: Stack) -> tuple[Columns, Rows]:
    def minutes(name: str) -> npt.NDArray[np.int64]:
        return stack[name].mapped(minute_of).array(np.int64, UNKNOWN_MINUTE)

    return {
        "at_chsi": stack["at_chsi"].array(np.int8, -1),
        "at_chsi_since": minutes("at_chsi_since"),
        "comparison": stack["comparison"],
        "compared": minutes("compared_at"),
        "specification": stack["specification"].array(np.int8, Verdict.UNKNOWN),
    }, _all(stack)


def _history(stack: Stack) -> tuple[Columns, Rows]:
    return {
        "season": stack["season"].array(np.int16, -1),
        "conclusion": stack["conclusion"],
        "outcome": stack["outcome"],
    }, _all(stack)


_MAKERS: dict[str, _Maker] = {
    "exams": _Maker(Exams, ("subject",), _exams),
    "certificates": _Maker(Certificates, ("kind", "obtained"), _certificates),
    "fees": _Maker(Fees, ("kind", "year"), _fees),
    "sanctions": _Maker(Sanctions, ("kind", "imposed"), _sanctions),
    "flags": _Maker(Flags, ("flag",), _flags),
    "photos": _Maker(Photos, (), _photos),
    "history": _Maker(History, ("season",), _history),
}
KINDS = tuple(_MAKERS)
