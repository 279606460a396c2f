"""准备导入: what the files say, checked against each other and the database; nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from biye.foundation.identity import DOCUMENT_WORDS
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.machinery.exchange.core.table import ASKED, REFUSED, Each, Rows
from biye.records.core.sheets import build_facts
from biye.records.core.sheets.build_grades import CourseFinder, Grades, build_grades
from biye.records.core.sheets.build_plans import PlanStacks, build_plans
from biye.records.core.sheets.build_students import check_students, find_plans, picked_order
from biye.records.core.sheets.coverage import Coverage
from biye.records.core.sheets.known import Known
from biye.records.core.sheets.reading import Load, Progress, Readings, read_files
from biye.records.core.sheets.recognise import WIDE
from biye.records.core.sheets.settings import Choice, SheetSettings
from biye.records.core.sheets.stacking import Stack
from biye.records.core.tables import Courses, Plans
from biye.records.queries.import_keys import ImportKeys, add_students, import_keys, plan_slots

_GRADE_KINDS = ("grades", WIDE.kind)


@dataclass(slots=True)
class Prepared:
    """备妥的导入. Positions: students and plans of the database first, then those that only the sheets have."""

    readings: Readings
    keys: ImportKeys
    plans: Plans
    courses: Courses  # of the plan sheets
    course_code: list[str]
    course_name: list[str]
    plan_code: list[str]
    student_no: list[str]
    student_rows: list[dict[str, Any]]  # blank is None: it leaves what is there
    grades: Grades
    facts: dict[str, build_facts.Facts]
    coverage: Coverage
    hold_asked: bool

    @property
    def problems(self) -> Problems:
        """Every problem found."""
        return self.readings.problems


def read_upload(
    files: Iterable[tuple[str, Load]],
    settings: SheetSettings,
    choices: Mapping[str, Choice],
    progress: Progress | None = None,
) -> Readings:
    """The files as tables; the long part, which needs no transaction. Courses only help to recognise headings."""
    keys = import_keys()
    names = [*keys.course_code, *keys.course_name]
    return read_files(files, settings, choices, Problems(), names, progress=progress)


def prepare(readings: Readings, settings: SheetSettings, *, hold_asked: bool) -> Prepared:
    """Check against each other and the database. With `hold_asked` rows to be looked at stay out, like refused ones."""
    keys = import_keys()
    stack = readings.stack
    kinds = ("plans", "plan_modules", "plan_courses", "plan_exams", "substitutions")
    plans, courses = build_plans(PlanStacks(*map(stack, kinds)), frozenset(keys.plan_code))
    add_students(keys, _numbers(readings))
    people = stack("students")
    plan_code = [*keys.plan_code, *(code for code in plans.code if code not in set(keys.plan_code))]
    plan_at = {code: position for position, code in enumerate(plan_code)}
    rows = check_students(people, settings)
    plan_of_row = find_plans(people, plan_at)
    _check_centres(people, keys)
    if hold_asked:
        rows = rows & ~people.asked
    known, student_no = _known(keys, people, rows, plan_of_row, plans, courses, plan_at)
    finder = CourseFinder(known)
    grades = build_grades(stack(*_GRADE_KINDS), known, finder)
    coverage = Coverage(len(student_no), readings.in_hand, ASKED if hold_asked else REFUSED)
    coverage.add(readings.of(*_GRADE_KINDS), grades.students, grades.courses, known)
    facts = {}
    for kind in build_facts.KINDS:
        facts[kind] = build_facts.build_facts(kind, stack(kind), known)
        coverage.add(readings.of(kind), facts[kind].students)
    return Prepared(
        readings,
        keys,
        plans,
        courses,
        finder.code,
        finder.name,
        plan_code,
        student_no,
        _student_rows(people, rows, plan_of_row),
        grades,
        facts,
        coverage,
        hold_asked,
    )


def _numbers(readings: Readings) -> set[str]:
    return {
        number
        for item in readings.in_hand
        for number in item.table["student_no"].distinct
        if number is not None and "student_no" in item.table
    }


def _check_centres(people: Stack, keys: ImportKeys) -> None:
    """A centre that is not known will be made; the first import brings them all, later ones are asked about."""
    values = people["centre"]
    new = np.array([name is not None and name not in keys.centre_id for name in values.distinct], np.bool_)
    severity, each = (Severity.ASK, Each.VALUE) if keys.centre_id else (Severity.NOTE, Each.SHEET)
    people.complain(new[values.codes] & people.good, "centre_new", severity, "centre", each)


def _known(
    keys: ImportKeys,
    people: Stack,
    rows: Rows,
    plan_of_row: Any,
    plans: Plans,
    courses: Courses,
    plan_at: dict[str, int],
) -> tuple[Known, list[str]]:
    """What grades and facts may name: the database and these sheets together; where both speak, the sheets."""
    numbers = people["student_no"].list()
    names = people["name"].list()
    student_at = {number: position for position, number in enumerate(keys.student_no)}
    student_no, student_name = list(keys.student_no), list(keys.student_name)
    student_plan = list(keys.student_plan)
    for row in picked_order(people, rows).tolist():
        position = student_at.setdefault(numbers[row], len(student_no))
        if position == len(student_no):
            student_no.append(numbers[row])
            student_name.append(names[row])
            student_plan.append(int(plan_of_row[row]))
        else:
            student_name[position] = names[row]
            student_plan[position] = int(plan_of_row[row]) if plan_of_row[row] >= 0 else student_plan[position]
    course_code, course_name = list(keys.course_code), list(keys.course_name)
    course_at = {code: position for position, code in enumerate(course_code)}
    for code, name in zip(courses.code, courses.name, strict=True):
        if course_at.setdefault(code, len(course_code)) == len(course_code):
            course_code.append(code)
            course_name.append(name)
    slots = _slots(keys, plans, courses, plan_at, course_at)
    known = Known(
        students=student_at,
        names=student_name,
        student_plan=np.array(student_plan, np.int32),
        refused_students=frozenset(number for number in numbers if number is not None and number not in student_at),
        course_code=course_code,
        course_name=course_name,
        slot_plan=slots[0],
        slot_course=slots[1],
        slot_credits=slots[2],
        slot_kind=slots[3].astype(np.int8),
        slot_assessment=slots[4].astype(np.int8),
    )
    return known, student_no


def _slots(
    keys: ImportKeys, plans: Plans, courses: Courses, plan_at: dict[str, int], course_at: dict[str, int]
) -> np.ndarray:
    old = plan_slots(keys)
    plan = np.array([plan_at[code] for code in plans.code], np.int32)
    course = np.array([course_at[code] for code in courses.code], np.int32)
    new = np.array(
        [
            plan[plans.slot_plan] if len(plan) else plans.slot_plan,
            course[plans.slot_course] if len(course) else plans.slot_course,
            plans.slot_credits,
            plans.slot_kind,
            plans.slot_assessment,
        ],
        np.int32,
    )
    width = len(course_at) + 1
    superseded = np.isin(old[0].astype(np.int64) * width + old[1], new[0].astype(np.int64) * width + new[1])
    return np.concatenate((old[:, ~superseded], new), axis=1)


def _student_rows(people: Stack, rows: Rows, plan_of_row: Any) -> list[dict[str, Any]]:
    """Rows of students by column of the table; centre by name and plan by position."""
    picked = picked_order(people, rows)
    columns: dict[str, list[Any]] = (
        {spec.name: people[spec.name].rows(picked).list() for spec in people.tables[0].spec.columns}
        if people.tables
        else {}
    )
    if not columns:
        return []
    columns["identity_type"] = [DOCUMENT_WORDS[kind][0] if kind else None for kind in columns["identity_type"]]
    columns["is_outside_system"] = columns.pop("outside_system")
    columns["plan"] = [int(position) if position >= 0 else None for position in plan_of_row[picked]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def problems_of(prepared: Prepared) -> list[Problem]:
    """Problems kept in full, the gravest first."""
    order = list(Severity)
    return sorted(prepared.problems.listed, key=lambda problem: order.index(problem.severity))
