"""成绩的构成: long and wide grade sheets as one table of attempts, each with its student and course."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from biye.foundation.codes import Mark, Obtained
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Each, Rows
from biye.machinery.exchange.core.texts import heading, key
from biye.records.core.sheets.attainments import NO_SCORE, STUDENT, Grade
from biye.records.core.sheets.known import Known, find_students
from biye.records.core.sheets.recognise import WIDE, course_named
from biye.records.core.sheets.stacking import Positions, Stack, alike, content_of
from biye.records.core.tables import Results

STUDENT_COLUMNS = frozenset(column.name for column in STUDENT)
_AGAIN = (("resit", Obtained.RESIT), ("retake", Obtained.RETAKE))


@dataclass(slots=True)
class Grades:
    """成绩 with what only the database needs: the sequence of an attempt, and whether somebody must say yes first."""

    results: Results
    sequence: Positions
    asked: Rows
    students: Positions  # of every row of the sheets, -1 unknown
    courses: Positions  # likewise; -1 also in the layout of one column a course


class CourseFinder:
    """找课程: a course by code, else by name, else by the student's plan; unknown codes become new courses."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.code: list[str] = list(known.course_code)
        self.name: list[str] = list(known.course_name)
        self._by_code = {code: position for position, code in enumerate(self.code)}
        self._by_name: dict[str, list[int]] = {}
        for position, name in enumerate(self.name):
            self._by_name.setdefault(key(name), []).append(position)

    @property
    def headings(self) -> dict[str, int]:
        """Codes and unambiguous names as column headings are compared."""
        names = {heading(self.name[places[0]]): places[0] for places in self._by_name.values() if len(places) == 1}
        return names | {heading(code): place for code, place in self._by_code.items()}

    def by_code(self, code: str, name: str | None) -> tuple[int, bool]:
        """The course of a code, made if there is none; and whether it is new."""
        found = self._by_code.get(code)
        if found is not None:
            return found, False
        position = self._by_code[code] = len(self.code)
        self.code.append(code)
        self.name.append(name or code)
        return position, True

    def by_name(self, name: str) -> list[int]:
        """All courses of a name."""
        return self._by_name.get(key(name), [])


def build_grades(stack: Stack, known: Known, courses: CourseFinder) -> Grades:
    """Every attempt of every sheet, in the order of student, course, term, way and sequence."""
    students = find_students(stack, known)
    long = np.array([table.spec.kind == "grades" for table in stack.tables], np.bool_)[stack.table_of]
    course = _find_courses(stack, long, students, known, courses)
    _compare_with_plans(stack, students, course, known)
    grades = stack["grade"]
    stack.complain(long & stack.good & ~grades.known & ~_any_again(stack), "grade_missing", Severity.REFUSE, "grade")
    pieces = [_piece(stack, students, course, grades, stack["obtained"].array(np.int8, Obtained.FIRST))]
    for name, way in _AGAIN:
        if name in stack:
            pieces.append(_piece(stack, students, course, stack[name], np.full(len(stack), way, np.int8)))
    pieces += _wide_pieces(stack, students, courses.headings)
    entries = [np.concatenate(lines) for lines in zip(*pieces, strict=True)]
    kept = _one_of_each(stack, entries)
    student, place, score, mark, obtained, term, sequence, row = (line[kept] for line in entries)
    order = np.lexsort((sequence, obtained, term, place, student))
    results = Results(
        student[order].astype(np.int32),
        place[order].astype(np.int32),
        score[order].astype(np.int32),
        mark[order].astype(np.int8),
        obtained[order].astype(np.int8),
        term[order].astype(np.int16),
    )
    return Grades(results, sequence[order].astype(np.int32), stack.asked[row[order]], students, course)


def _any_again(stack: Stack) -> Rows:
    present = np.zeros(len(stack), np.bool_)
    for name, _ in _AGAIN:
        present |= stack[name].known
    return present


def _find_courses(stack: Stack, long: Rows, students: Positions, known: Known, courses: CourseFinder) -> Positions:
    codes, names = stack["course_code"], stack["course_name"]
    pairs = codes.codes.astype(np.int64) * len(names.distinct) + names.codes
    distinct, place = np.unique(pairs, return_inverse=True)
    found = np.full(len(distinct), -1, np.int32)
    new, other_name, many, lost, none = (np.zeros(len(distinct), np.bool_) for _ in range(5))
    for index, pair in enumerate(distinct.tolist()):
        code, name = codes.distinct[pair // len(names.distinct)], names.distinct[pair % len(names.distinct)]
        if code:
            found[index], new[index] = courses.by_code(code, name)
            other_name[index] = bool(name) and not new[index] and key(name) != key(courses.name[found[index]])
        elif name:
            places = courses.by_name(name)
            found[index] = places[0] if len(places) == 1 else -1
            many[index], lost[index] = len(places) > 1, not places
        else:
            none[index] = True
    course = found[place]
    good = stack.good & long
    course = _by_plan(stack, course, students, known, many[place] & good, none[place] & good, courses)
    stack.complain(lost[place] & good, "course_unknown", Severity.REFUSE, "course_name", Each.VALUE)
    stack.complain(new[place] & good, "course_in_no_plan", Severity.ASK, "course_code", Each.VALUE)
    stack.complain(other_name[place] & good, "course_name_differs", Severity.NOTE, "course_name")
    return course


def _by_plan(
    stack: Stack, course: Positions, students: Positions, known: Known, many: Rows, none: Rows, courses: CourseFinder
) -> Positions:
    """Rows whose course only the student's plan can tell: a name that several courses bear, or a thesis without either."""
    if not (many.any() or none.any()):
        return course
    course = course.copy()
    # Without a course a row may be a thesis: where it has a title, or its whole sheet holds nothing but theses.
    only_theses = [not any(name in table for name in ("course_code", "course_name")) for table in stack.tables]
    thesis = none & (stack["title"].known | np.array(only_theses, np.bool_)[stack.table_of])
    theses = known.thesis_of_plans()
    slots = set(zip(known.slot_plan.tolist(), known.slot_course.tolist(), strict=True))
    names = stack["course_name"].list()
    for row in np.flatnonzero(many | thesis).tolist():
        plan = int(known.student_plan[students[row]]) if students[row] >= 0 else -1
        if many[row]:
            options = [place for place in courses.by_name(names[row]) if (plan, place) in slots]
        else:
            options = theses.get(plan, [])
        if len(options) == 1:
            course[row] = options[0]
    stack.complain(many & (course < 0), "course_ambiguous", Severity.REFUSE, "course_name")
    stack.complain(thesis & (course < 0) & (students >= 0), "thesis_not_in_plan", Severity.REFUSE, "title")
    stack.complain(none & ~thesis, "course_missing", Severity.REFUSE, "course_name")
    return course


def _compare_with_plans(stack: Stack, students: Positions, course: Positions, known: Known) -> None:
    """Credits, kind and assessment of a grade sheet are only compared: the plan is what counts."""
    if not any(name in stack for name in ("credits", "kind", "assessment")) or not len(known.slot_plan):
        return
    plans = np.where(students >= 0, known.student_plan[students] if len(known.student_plan) else -1, -1)
    slots = known.slots_of(plans, course)
    columns: tuple[tuple[str, Any], ...] = (
        ("credits", known.slot_credits),
        ("kind", known.slot_kind),
        ("assessment", known.slot_assessment),
    )
    for name, said in columns:
        given = stack[name].array(np.int32, -1)
        differs = (slots >= 0) & (given >= 0) & (said[slots] != given) & stack.good
        stack.complain(differs, "differs_from_plan", Severity.NOTE, name)


Piece = tuple[np.ndarray, ...]
"""student, course, score, mark, obtained, term, sequence, row: one entry an attempt."""


def _piece(stack: Stack, students: Positions, course: Positions, grades: Any, obtained: Any) -> Piece:
    rows = np.flatnonzero(stack.good & grades.known & (students >= 0) & (course >= 0))
    score = grades.mapped(_score).array(np.int32, NO_SCORE)
    mark = grades.mapped(_mark).array(np.int8, 0)
    term = stack["term"].array(np.int16, -1)
    sequence = stack["sequence"].array(np.int32, 1)
    return (*(line[rows] for line in (students, course, score, mark, obtained, term, sequence)), rows)


def _wide_pieces(stack: Stack, students: Positions, courses: dict[str, int]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for table in stack.tables:
        mine = students[start : start + len(table)]
        has_any = np.zeros(len(table), np.bool_)
        for column in table.spec.columns if table.spec.kind == WIDE.kind else ():
            if column.name in STUDENT_COLUMNS:
                continue
            grades = table[column.name]
            has_any |= grades.known
            rows = np.flatnonzero(table.good & grades.known & (mine >= 0))
            lines = (
                mine[rows],
                np.full(len(rows), course_named(column.label, courses), np.int32),
                grades.mapped(_score).array(np.int32, NO_SCORE)[rows],
                grades.mapped(_mark).array(np.int8, 0)[rows],
                np.full(len(rows), Obtained.FIRST, np.int8),
                np.full(len(rows), -1, np.int16),
                np.ones(len(rows), np.int32),
                rows + start,
            )
            pieces.append(lines)
        if table.spec.kind == WIDE.kind:
            table.complain(table.good & ~has_any, "row_without_grades", Severity.NOTE)
        start += len(table)
    return pieces


def _one_of_each(stack: Stack, entries: list[np.ndarray]) -> Rows:
    """The same attempt twice stays once; two different ones of the same name refuse each other's rows."""
    student, course, score, mark, obtained, term, sequence, row = entries
    disputed, repeated = alike(
        content_of((student, course, term, obtained, sequence)), score.astype(np.int64) * len(Mark) + mark
    )
    for marked, code, severity in (
        (disputed, "attempts_differ", Severity.REFUSE),
        (repeated, "same_row_twice", Severity.NOTE),
    ):
        rows = np.zeros(len(stack), np.bool_)
        rows[row[marked]] = True
        stack.complain(rows, code, severity, "grade" if "grade" in stack else "")
    kept: Rows = ~repeated & stack.good[row]
    return kept


def _score(grade: Grade) -> int:
    return grade.score


def _mark(grade: Grade) -> Mark:
    return grade.mark
