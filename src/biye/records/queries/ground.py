"""底表: plans, courses and centres, which everybody's facts refer to; by plain rows, as they are few."""

import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from biye.machinery.columns.core.selecting import NONE, Dialect, Numbers
from biye.machinery.columns.reading import Snapshot
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


def load_ground(snapshot: Snapshot, refers: Numbers = NONE) -> Ground:
    """All of them, or those that `plans`, `courses` and `centres` name, with the courses of these plans."""
    texts = snapshot.rows(_query(snapshot.dialect, of_few=bool(refers)), refers)[0]
    return _ground_of(texts)


@lru_cache
def _query(dialect: Dialect, *, of_few: bool) -> str:
    """What asks for it: a row with a text for each table."""
    courses, plan, of_plan, centres = "", "id IS NOT NULL", "plan_id IS NOT NULL", ""
    if of_few:
        plan, of_plan = dialect.listed.format("id", "plans"), dialect.listed.format("plan_id", "plans")
        courses = _courses_of(dialect, of_plan)
        centres = f" WHERE {dialect.listed.format('id', 'centres')}"
    tables = [
        ("id, code, name", f"records_course{courses}"),
        ("id, code, COALESCE(total_credits, -1)", f"records_plan WHERE {plan}"),
        (_MODULES, f"records_planmodule WHERE {of_plan}"),
        (_SLOTS, f"records_plancourse WHERE {of_plan}"),
        (_SWAPS, f"records_substitution WHERE plan_id IS NULL OR {of_plan}"),
        ("plan_id, subject", f"records_planexam WHERE {of_plan}"),
        ("id, name", f"records_centre{centres}"),
    ]
    return "SELECT " + ", ".join(dialect.rows.format(*table) for table in tables)


@lru_cache(maxsize=16)
def _ground_of(answers: tuple[str, ...]) -> Ground:
    """What the query found; the very same for the same answer, so that what was made of it once is of use again."""
    course_rows, plan_rows, module_rows, slot_rows, swap_rows, exam_rows, centre_rows = map(json.loads, answers)
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


def _courses_of(dialect: Dialect, of_plan: str) -> str:
    return (
        f" WHERE {dialect.listed.format('id', 'courses')}"
        f" OR id IN (SELECT course_id FROM records_plancourse WHERE {of_plan}"
        f" UNION ALL SELECT taken_id FROM records_substitution WHERE {of_plan} OR plan_id IS NULL)"
    )


def _column(values: list[int]) -> npt.NDArray[np.int32]:
    return np.array(values, np.int32)
