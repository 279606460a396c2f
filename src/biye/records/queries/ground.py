"""底表: plans, courses and centres, which everybody's facts refer to; by plain rows, as they are few."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biye.machinery.columns.core.selecting import EVERYBODY, Who
from biye.machinery.columns.reading import Answers, Snapshot
from biye.records.core.tables import Courses, Plans

_MODULES = "id, plan_id, code, name, credits, COALESCE(overflow_to_id, 0)"
_SWAPS = "COALESCE(plan_id, 0), taken_id, counts_as_id"
_SLOTS = "plan_id, course_id, COALESCE(module_id, 0), credits, kind, assessment, is_core, is_degree"


@dataclass(frozen=True, slots=True)
class Ground:
    """底表 with the ids that facts name their rows by."""

    plans: Plans
    courses: Courses
    plan_ids: npt.NDArray[np.int32]
    course_ids: npt.NDArray[np.int32]
    centres: dict[int, str]


def load_ground(snapshot: Snapshot) -> Ground:
    """All of them."""
    return ground_of([snapshot.rows(query) for query in queries()])


def queries(who: Who = EVERYBODY, plan_ids: list[int] | None = None) -> list[str]:
    """What asks for everything, or for no more than these students and their plans need."""
    numbers = ", ".join(map(str, plan_ids or [])) or "NULL"
    plans, courses, centres = "IS NOT NULL", "", ""
    if plan_ids is not None:
        plans, courses = f"IN ({numbers})", _courses_of(who, numbers)
        centres = f" WHERE id IN (SELECT centre_id FROM records_student WHERE {who.condition('id')})"
    return [
        f"SELECT id, code, name FROM records_course{courses} ORDER BY id",
        f"SELECT id, code, COALESCE(total_credits, -1) FROM records_plan WHERE id {plans} ORDER BY id",
        f"SELECT {_MODULES} FROM records_planmodule WHERE plan_id {plans} ORDER BY id",
        f"SELECT {_SLOTS} FROM records_plancourse WHERE plan_id {plans} ORDER BY id",
        f"SELECT {_SWAPS} FROM records_substitution WHERE plan_id IS NULL OR plan_id {plans} ORDER BY id",
        f"SELECT plan_id, subject FROM records_planexam WHERE plan_id {plans} ORDER BY id",
        f"SELECT id, name FROM records_centre{centres} ORDER BY id",
    ]


def ground_of(answers: Answers) -> Ground:
    """What `queries` found."""
    course_rows, plan_rows, module_rows, slot_rows, swap_rows, exam_rows, centre_rows = answers
    course_ids = np.array([row[0] for row in course_rows], np.int32)
    plan_ids = np.array([row[0] for row in plan_rows], np.int32)
    plan_at = {one: at for at, one in enumerate(plan_ids.tolist())} | {0: -1}
    course_at = {one: at for at, one in enumerate(course_ids.tolist())}
    module_at = {row[0]: at for at, row in enumerate(module_rows)} | {0: -1}
    # A substitution for every plan may name courses that none of these students' plans or results has.
    swap_rows = [row for row in swap_rows if row[1] in course_at and row[2] in course_at]
    return Ground(
        plans=Plans(
            code=[row[1] for row in plan_rows],
            total_credits=_column([row[2] for row in plan_rows]),
            module_plan=_column([plan_at[row[1]] for row in module_rows]),
            module_code=[row[2] for row in module_rows],
            module_name=[row[3] for row in module_rows],
            module_credits=_column([row[4] for row in module_rows]),
            module_overflow=_column([module_at[row[5]] for row in module_rows]),
            slot_plan=_column([plan_at[row[0]] for row in slot_rows]),
            slot_course=_column([course_at[row[1]] for row in slot_rows]),
            slot_module=_column([module_at[row[2]] for row in slot_rows]),
            slot_credits=_column([row[3] for row in slot_rows]),
            slot_kind=_column([row[4] for row in slot_rows]).astype(np.int8),
            slot_assessment=_column([row[5] for row in slot_rows]).astype(np.int8),
            slot_core=_column([int(row[6]) for row in slot_rows]).astype(np.int8),
            slot_degree=_column([int(row[7]) for row in slot_rows]).astype(np.int8),
            substitution_plan=_column([plan_at[row[0]] for row in swap_rows]),
            substitution_taken=_column([course_at[row[1]] for row in swap_rows]),
            substitution_counts_as=_column([course_at[row[2]] for row in swap_rows]),
            exam_plan=_column([plan_at[row[0]] for row in exam_rows]),
            exam_subject=[row[1] for row in exam_rows],
        ),
        courses=Courses([row[1] for row in course_rows], [row[2] for row in course_rows]),
        plan_ids=plan_ids,
        course_ids=course_ids,
        centres={row[0]: row[1] for row in centre_rows},
    )


def _courses_of(who: Who, plans: str) -> str:
    return (
        f" WHERE id IN (SELECT course_id FROM records_plancourse WHERE plan_id IN ({plans})"
        f" UNION SELECT course_id FROM records_result WHERE {who.condition('student_id')}"
        f" UNION SELECT taken_id FROM records_substitution WHERE plan_id IN ({plans}) OR plan_id IS NULL)"
    )


def _column(values: list[int]) -> npt.NDArray[np.int32]:
    return np.array(values, np.int32)
