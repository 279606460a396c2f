"""数据文件夹: every sheet of a folder read, recognised, checked and put together as record tables, without any database."""

from functools import partial
from pathlib import Path

import numpy as np

from biye.machinery.exchange.core.limits import DEFAULT, Limits
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.machinery.exchange.core.table import Rows
from biye.records.core.sheets import build_facts
from biye.records.core.sheets.build_grades import CourseFinder, build_grades
from biye.records.core.sheets.build_plans import PlanStacks, build_plans
from biye.records.core.sheets.build_students import build_students, check_students, find_plans
from biye.records.core.sheets.choices import FILE, read_choices
from biye.records.core.sheets.coverage import Coverage
from biye.records.core.sheets.known import Known
from biye.records.core.sheets.reading import Progress, Readings, read_files
from biye.records.core.sheets.recognise import WIDE
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.sheets.stacking import Stack
from biye.records.core.tables import Courses, Plans, RecordTables, Students

SUFFIXES = (".xlsx", ".xls", ".csv", ".dbf", ".txt")
_GRADE_KINDS = ("grades", WIDE.kind)


def read_folder(
    path: str | Path,
    *,
    school_sheets: SheetSettings,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
) -> tuple[RecordTables, list[Problem]]:
    """Record tables of all sheets in a folder, and every problem: refused rows are left out, asked ones are in.

    The order of files, sheets and rows changes nothing.
    """
    folder, problems = Path(path), Problems()
    choices = read_choices(folder, problems)
    files = []
    for file in sorted(folder.iterdir()):
        if not file.is_file() or file.name.startswith((".", "~$")) or file.name == FILE:
            continue
        if file.suffix.lower() in SUFFIXES:
            files.append((file.name, partial(_content, file, limits)))
        else:
            problems.add(Problem("file_ignored", Severity.NOTE, file.name))
    if not files:
        problems.add(Problem("folder_empty", Severity.REFUSE, folder.name))
    readings = read_files(files, school_sheets, choices, problems, limits=limits, progress=progress)
    tables = build_tables(readings, school_sheets)
    return tables, _listed(problems)


def _content(file: Path, limits: Limits) -> bytes:
    """At most one byte more than is allowed, which is enough to refuse it."""
    with file.open("rb") as stream:
        return stream.read(limits.file_bytes + 1)


def build_tables(readings: Readings, settings: SheetSettings) -> RecordTables:
    """Tables from nothing but these sheets."""
    stack = readings.stack
    plans, courses = build_plans(
        PlanStacks(*map(stack, ("plans", "plan_modules", "plan_courses", "plan_exams", "substitutions")))
    )
    people = stack("students")
    if not len(people):
        readings.problems.add(Problem("no_students", Severity.REFUSE))
    rows = check_students(people, settings)
    plan_at = {code: position for position, code in enumerate(plans.code)}
    students = build_students(people, rows, find_plans(people, plan_at))
    students.plan_codes = tuple(plans.code)
    known = known_from(students, plans, courses, _refused(people, rows))
    finder = CourseFinder(known)
    grades = build_grades(stack(*_GRADE_KINDS), known, finder)
    tables = RecordTables(students, plans, Courses(finder.code, finder.name), grades.results)
    coverage = Coverage(len(students), readings.in_hand)
    coverage.add(readings.of(*_GRADE_KINDS), grades.students, grades.courses, known)
    for kind in build_facts.KINDS:
        facts = build_facts.build_facts(kind, stack(kind), known)
        setattr(tables, kind, facts.table)
        coverage.add(readings.of(kind), facts.students)
    students.covered = coverage.result()
    return tables


def _refused(people: Stack, rows: Rows) -> frozenset[str]:
    """学号 that stand in the sheets, but not in the table."""
    numbers = people["student_no"].list()
    taken = {numbers[row] for row in np.flatnonzero(rows).tolist()}
    return frozenset(number for number in numbers if number is not None and number not in taken)


def known_from(students: Students, plans: Plans, courses: Courses, refused: frozenset[str]) -> Known:
    """What grades and facts may name, from tables."""
    return Known(
        students={number: position for position, number in enumerate(students.student_no)},
        names=students.name,
        student_plan=students.plan,
        refused_students=refused,
        course_code=courses.code,
        course_name=courses.name,
        slot_plan=plans.slot_plan,
        slot_course=plans.slot_course,
        slot_credits=plans.slot_credits,
        slot_kind=plans.slot_kind,
        slot_assessment=plans.slot_assessment,
    )


def _listed(problems: Problems) -> list[Problem]:
    """The problems kept, the gravest first, and a word on how many more there are."""
    order = list(Severity)
    listed = sorted(problems.listed, key=lambda problem: order.index(problem.severity))
    for severity, number in problems.unlisted.items():
        listed.append(Problem("more_problems", severity, count=number, details={"keep": len(problems.listed)}))
    return listed
