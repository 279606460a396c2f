"""导入接线: which table of the database each kind of sheet fills, and record tables as rows of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from biye.foundation.moments import UNKNOWN_MINUTE, from_day_number, from_minute
from biye.foundation.verdicts import Verdict
from biye.machinery.exchange.merging import Key, Values, Wiring
from biye.records.core.tables import NO_DAY, Coded, Results
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import (
    Certificate,
    ChsiPhoto,
    Fee,
    Flag,
    PastConclusion,
    Result,
    Sanction,
    UnifiedExam,
)
from biye.records.models.plan import Plan, PlanCourse, PlanExam, PlanModule, Substitution
from biye.records.models.student import Student

Row = tuple[Key, Values]

STUDENT_TEXTS = (
    "exam_no",
    "name",
    "ethnicity",
    "political_status",
    "telephone",
    "email",
    "level",
    "mode",
    "major_code",
    "major",
    "class_name",
    "status",
)
STUDENT_VALUES = (
    *STUDENT_TEXTS,
    "sex",
    "birth_date",
    "identity_type",
    "identity_number",
    "entry",
    "suspended_terms",
    "is_outside_system",
    "centre_id",
    "plan_id",
)

WIRINGS: dict[str, Wiring] = {
    wiring.table: wiring
    for wiring in (
        Wiring("centres", "学习中心", Centre, ("name",), ("code",), "name", numbered=False),
        Wiring("courses", "课程", Course, ("code",), ("name",), "code", numbered=False),
        Wiring("plans", "教学计划", Plan, ("code",), ("total_credits",), "code", numbered=False),
        Wiring(
            "plan_modules", "计划模块", PlanModule, ("plan_id", "code"), ("name", "credits"), "plan_id", numbered=False
        ),
        Wiring(
            "module_overflow",
            "模块溢出",
            PlanModule,
            ("plan_id", "code"),
            ("overflow_to_id",),
            "plan_id",
            numbered=False,
        ),
        Wiring(
            "plan_courses",
            "计划课程",
            PlanCourse,
            ("plan_id", "course_id"),
            ("module_id", "credits", "kind", "assessment", "is_core", "is_degree"),
            "plan_id",
            numbered=False,
        ),
        Wiring("plan_exams", "计划统考", PlanExam, ("plan_id", "subject"), (), "plan_id", numbered=False),
        Wiring(
            "substitutions",
            "课程替代",
            Substitution,
            ("plan_id", "taken_id", "counts_as_id"),
            (),
            "plan_id",
            numbered=False,
        ),
        Wiring("students", "学生", Student, ("student_no",), STUDENT_VALUES, "student_no"),
        Wiring(
            "results",
            "成绩",
            Result,
            ("student_id", "course_id", "term", "obtained", "sequence"),
            ("score", "mark"),
            "student_id",
        ),
        Wiring("exams", "统考", UnifiedExam, ("student_id", "subject"), ("outcome", "score", "reason"), "student_id"),
        Wiring("certificates", "证书", Certificate, ("student_id", "kind", "obtained_on"), ("score",), "student_id"),
        Wiring("fees", "交费", Fee, ("student_id", "kind", "year"), ("due", "paid", "posted_on"), "student_id"),
        Wiring("sanctions", "处分", Sanction, ("student_id", "kind", "imposed_on"), ("lifted_on",), "student_id"),
        Wiring("flags", "标记", Flag, ("student_id", "flag"), ("is_cleared",), "student_id"),
        Wiring(
            "photos",
            "学信网照片",
            ChsiPhoto,
            ("student_id",),
            ("at_chsi", "at_chsi_since", "comparison", "compared_at", "specification"),
            "student_id",
            # The photo check and its desk write it too; a sheet that does not speak of it changes nothing.
            kept=("specification",),
        ),
        Wiring(
            "history", "往季结论", PastConclusion, ("student_id", "season"), ("conclusion", "outcome"), "student_id"
        ),
    )
}


def rows_of(kind: str, table: Any, student_keys: Sequence[Any]) -> list[Row]:
    """A fact table's rows by the wiring of its kind; `student_keys` turns positions into keys."""
    wiring = WIRINGS[kind]
    columns = [_COLUMNS[kind][name](table) for name in (*wiring.key, *wiring.values) if name != "student_id"]
    students = [student_keys[position] for position in table.student.tolist()]
    width = len(wiring.key)
    return [(row[:width], row[width:]) for row in zip(students, *columns, strict=True)]


def result_rows(
    table: Results, sequence: Sequence[int], student_keys: Sequence[Any], course_keys: Sequence[Any]
) -> list[Row]:
    """成绩 as rows."""
    columns: tuple[Any, ...] = (table.term, table.obtained, sequence, table.score, table.mark)
    students = [student_keys[position] for position in table.student.tolist()]
    courses = [course_keys[position] for position in table.course.tolist()]
    listed = [column if isinstance(column, list) else column.tolist() for column in columns]
    return [(row[:5], row[5:]) for row in zip(students, courses, *listed, strict=True)]


def words(column: Coded) -> list[str]:
    """A word column as texts, blank where unknown."""
    texts = [*column.words, ""]
    return [texts[code] for code in column.codes.tolist()]


def days(column: Any) -> list[date | None]:
    """Day numbers as dates."""
    return [None if day == NO_DAY else from_day_number(day) for day in column.tolist()]


def minutes(column: Any) -> list[datetime | None]:
    """Minutes as moments."""
    return [None if minute == UNKNOWN_MINUTE else from_minute(minute) for minute in column.tolist()]


def truths(column: Any) -> list[bool | None]:
    """1, 0 and -1 as yes, no and unknown."""
    return [None if value < 0 else bool(value) for value in column.tolist()]


def _plain(name: str) -> Callable[[Any], list[Any]]:
    return lambda table: getattr(table, name).tolist()


def _of(change: Callable[[Any], list[Any]], name: str) -> Callable[[Any], list[Any]]:
    return lambda table: change(getattr(table, name))


def _amounts(name: str) -> Callable[[Any], list[Any]]:
    return lambda table: [None if value < 0 else value for value in getattr(table, name).tolist()]


def _specifications(table: Any) -> list[Any]:
    return [None if value == Verdict.UNKNOWN else value for value in table.specification.tolist()]


_COLUMNS: dict[str, dict[str, Callable[[Any], list[Any]]]] = {
    "exams": {
        "subject": _of(words, "subject"),
        "outcome": _plain("outcome"),
        "score": _plain("score"),
        "reason": _of(words, "reason"),
    },
    "certificates": {"kind": _of(words, "kind"), "obtained_on": _of(days, "obtained"), "score": _plain("score")},
    "fees": {
        "kind": _of(words, "kind"),
        "year": _plain("year"),
        "due": _plain("due"),
        "paid": _amounts("paid"),
        "posted_on": _of(days, "posted"),
    },
    "sanctions": {
        "kind": _of(words, "kind"),
        "imposed_on": _of(days, "imposed"),
        "lifted_on": _of(days, "lifted"),
    },
    "flags": {"flag": _of(words, "flag"), "is_cleared": _of(truths, "cleared")},
    "photos": {
        "at_chsi": _of(truths, "at_chsi"),
        "at_chsi_since": _of(minutes, "at_chsi_since"),
        "comparison": _of(words, "comparison"),
        "compared_at": _of(minutes, "compared"),
        "specification": _specifications,
    },
    "history": {
        "season": _plain("season"),
        "conclusion": _of(words, "conclusion"),
        "outcome": _of(words, "outcome"),
    },
}
