"""教学计划的构成: plan sheets as tables of plans, modules, courses, exams and substitutions."""

from collections.abc import Collection
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Each
from biye.machinery.exchange.core.texts import fold, key
from biye.records.core.sheets.stacking import Stack, codes_of, content_of, keep_one_of_each
from biye.records.core.tables import Courses, Plans

_CODE_LENGTH = 40


@dataclass(slots=True)
class PlanStacks:
    """The five kinds of plan sheets."""

    plans: Stack
    modules: Stack
    courses: Stack
    exams: Stack
    substitutions: Stack


def build_plans(stacks: PlanStacks, known: Collection[str] = ()) -> tuple[Plans, Courses]:
    """Plans and courses in the order of their codes, so that the order of sheets and rows changes nothing.

    known: plans that are there already, of which a substitution may speak without their sheets.
    """
    courses = _courses(stacks)
    course_at = {code: position for position, code in enumerate(courses.code)}
    plans = Plans()
    named = {
        name
        for stack in (stacks.plans, stacks.modules, stacks.courses, stacks.exams)
        for name, good in zip(stack["plan"].list(), stack.good.tolist(), strict=True)
        if good and name
    }
    named.update(name for name in stacks.substitutions["plan"].distinct if name in known)
    plans.code = sorted(named)
    plan_at = {code: position for position, code in enumerate(plans.code)}
    _totals(stacks.plans, plans, plan_at)
    module_at = _modules(stacks, plans, plan_at)
    _slots(stacks.courses, plans, plan_at, course_at, module_at)
    _exams(stacks.exams, plans, plan_at)
    _substitutions(stacks.substitutions, plans, plan_at, course_at)
    return plans, courses


def _course_codes(stack: Stack) -> list[str | None]:
    """Each row's course code; a course without one is known by its name."""
    pairs = zip(stack["course_code"].list(), stack["course_name"].list(), strict=True)
    return [code or (code_from(name) if name else None) for code, name in pairs]


def code_from(name: str) -> str:
    """A code for what has only a name: the name itself, or its beginning with a number of its own where it is long."""
    folded = fold(name)
    if len(folded) <= _CODE_LENGTH:
        return folded
    return f"{folded[: _CODE_LENGTH - 9]}-{crc32(folded.encode()):08x}"


def _courses(stacks: PlanStacks) -> Courses:
    stack = stacks.courses
    names: dict[str, str] = {}
    other_name = np.zeros(len(stack), np.bool_)
    rows = zip(_course_codes(stack), stack["course_name"].list(), stack.good.tolist(), strict=True)
    for row, (code, name, good) in enumerate(rows):
        if good and code:
            known = names.setdefault(code, name or code)
            other_name[row] = bool(name) and key(name or "") != key(known)
    stack.complain(other_name, "course_name_differs", Severity.NOTE, "course_name")
    for name in ("taken", "counts_as"):
        for code, good in zip(stacks.substitutions[name].list(), stacks.substitutions.good.tolist(), strict=True):
            if good and code:
                names.setdefault(code, code)
    codes = sorted(names)
    return Courses(codes, [names[code] for code in codes])


def _totals(stack: Stack, plans: Plans, plan_at: dict[str, int]) -> None:
    plans.total_credits = np.full(len(plans.code), -1, np.int32)
    rows = keep_one_of_each(
        stack, stack.good, codes_of(stack["plan"]).astype(np.int64), content_of([codes_of(stack["total_credits"])])
    )
    names, totals = stack["plan"].list(), stack["total_credits"].list()
    for row in np.flatnonzero(rows).tolist():
        plans.total_credits[plan_at[names[row]]] = totals[row]


def _modules(stacks: PlanStacks, plans: Plans, plan_at: dict[str, int]) -> dict[tuple[int, str], int]:
    """Module rows; a module that only courses name asks for nothing. Gives module rows by plan and by code or name."""
    stack = stacks.modules
    named = zip(stack["module"].list(), stack["module_name"].list(), strict=True)
    codes = [code or (code_from(name) if name else None) for code, name in named]
    unnamed = np.array([code is None for code in codes], np.bool_)
    stack.complain(unnamed & stack.good, "blank", Severity.REFUSE, "module")
    places: dict[str | None, int] = {}
    keys = content_of(
        [codes_of(stack["plan"]), np.array([places.setdefault(code, len(places)) for code in codes], np.int32)]
    )
    content = content_of([codes_of(stack[name]) for name in ("module_name", "credits", "overflow")])
    rows = keep_one_of_each(stack, stack.good, keys, content)
    described: dict[tuple[int, str], tuple[str, int, str | None, int]] = {}
    columns = [stack[name].list() for name in ("plan", "module_name", "credits", "overflow")]
    for row in np.flatnonzero(rows).tolist():
        plan, name, credits, overflow = (column[row] for column in columns)
        code = str(codes[row])
        described[plan_at[plan], code] = (name or code, credits or 0, overflow, row)
    by_name = {(plan, name): (plan, code) for (plan, code), (name, *_) in described.items()}
    courses = stacks.courses
    for plan, module, good in zip(courses["plan"].list(), courses["module"].list(), courses.good.tolist(), strict=True):
        if good and module and (plan_at[plan], module) not in by_name:
            described.setdefault((plan_at[plan], module), (module, 0, None, -1))
    order = sorted(described)
    row_of = {place: row for row, place in enumerate(order)}
    find = {alias: row_of[place] for alias, place in by_name.items()} | row_of
    plans.module_plan = np.array([plan for plan, _ in order], np.int32)
    plans.module_code = [code for _, code in order]
    plans.module_name = [described[place][0] for place in order]
    plans.module_credits = np.array([described[place][1] for place in order], np.int32)
    plans.module_overflow = np.full(len(order), -1, np.int32)
    lost = np.zeros(len(stack), np.bool_)
    for place in order:
        overflow, row = described[place][2:]
        if overflow:
            target = find.get((place[0], overflow), -1)
            plans.module_overflow[row_of[place]] = target if target != row_of[place] else -1
            lost[row] = target in (-1, row_of[place])
    stack.complain(lost, "overflow_unknown", Severity.ASK, "overflow")
    return find


def _slots(
    stack: Stack,
    plans: Plans,
    plan_at: dict[str, int],
    course_at: dict[str, int],
    module_at: dict[tuple[int, str], int],
) -> None:
    codes = _course_codes(stack)
    good = stack.good
    plan = np.array([plan_at.get(name, -1) if name else -1 for name in stack["plan"].list()], np.int32)
    course = np.array([course_at.get(code, -1) if code else -1 for code in codes], np.int32)
    keys = plan.astype(np.int64) * (len(course_at) + 1) + course
    said = ("module", "credits", "kind", "assessment", "core", "degree")
    rows = keep_one_of_each(stack, good, keys, content_of([codes_of(stack[name]) for name in said]))
    picked = np.flatnonzero(rows)
    picked = picked[np.lexsort((course[picked], plan[picked]))]
    modules = stack["module"].list()
    plans.slot_plan, plans.slot_course = plan[picked], course[picked]
    plans.slot_module = np.array(
        [module_at.get((int(plan[row]), modules[row]), -1) for row in picked.tolist()], np.int32
    )
    plans.slot_credits = stack["credits"].array(np.int32, 0)[picked]
    plans.slot_kind = stack["kind"].array(np.int8, 0)[picked]
    plans.slot_assessment = stack["assessment"].array(np.int8, 0)[picked]
    plans.slot_core = stack["core"].array(np.int8, 0)[picked]
    plans.slot_degree = stack["degree"].array(np.int8, 0)[picked]


def _exams(stack: Stack, plans: Plans, plan_at: dict[str, int]) -> None:
    pairs = {
        (plan_at[plan], subject)
        for plan, subject, good in zip(stack["plan"].list(), stack["subject"].list(), stack.good.tolist(), strict=True)
        if good
    }
    plans.exam_plan = np.array([plan for plan, _ in sorted(pairs)], np.int32)
    plans.exam_subject = [subject for _, subject in sorted(pairs)]


def _substitutions(stack: Stack, plans: Plans, plan_at: dict[str, int], course_at: dict[str, int]) -> None:
    names = stack["plan"].list()
    lost = np.array([name is not None and name not in plan_at for name in names], np.bool_)
    stack.complain(lost, "plan_unknown", Severity.REFUSE, "plan", Each.VALUE)
    found = {
        (plan_at[plan] if plan else -1, course_at[taken], course_at[counts_as])
        for plan, taken, counts_as, good in zip(
            names, stack["taken"].list(), stack["counts_as"].list(), stack.good.tolist(), strict=True
        )
        if good
    }
    rows = np.array(sorted(found), np.int32).reshape(-1, 3)
    plans.substitution_plan, plans.substitution_taken, plans.substitution_counts_as = rows.T.copy()
