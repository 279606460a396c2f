"""教学计划格: plans as dense tables, so that a student's courses are looked up by (plan, slot) instead of walked.

A slot is one course of one plan. Tables have one row more than there are plans: the last row is "no plan known",
all padding, so that plan -1 needs no special case. Slots of a plan stand in the order of their course codes.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.foundation.codes import Assessment, Kind, Part, part_of
from biye.records.core.tables import Bools, Courses, Plans

_PART = np.array([[part_of(kind, how) for how in Assessment] for kind in Kind], np.int8)


@dataclass(frozen=True, slots=True)
class PlanGrid:
    """教学计划格: P+1 plans × S slots (or M modules), at least one of each; int16/int32, padding is -1 for positions and 0 for amounts.

    `derived` keeps what rules made of the plans, such as a selector's table; see `once`.
    """

    source: Plans
    courses: Courses
    course: npt.NDArray[np.int32]  # (P+1, S) position in courses, -1 padding
    valid: Bools  # (P+1, S)
    credits: npt.NDArray[np.int32]  # (P+1, S) tenths
    kind: npt.NDArray[np.int8]  # (P+1, S)
    assessment: npt.NDArray[np.int8]
    core: Bools
    degree: Bools
    part: npt.NDArray[np.int8]  # (P+1, S) foundation.codes.Part
    module: npt.NDArray[np.int16]  # (P+1, S) local module number, -1 none
    module_row: npt.NDArray[np.int32]  # (P+1, M) row in Plans.module_*, -1 padding
    module_credits: npt.NDArray[np.int32]  # (P+1, M) asked, tenths
    module_overflow: npt.NDArray[np.int16]  # (P+1, M) local module the surplus flows to, -1 none
    total_credits: npt.NDArray[np.int32]  # (P+1,) tenths, -1 not stated and not derivable
    slot_of: npt.NDArray[np.int16]  # (P+1, C) slot a result in course c counts for, -1 none
    substituted: Bools  # (P+1, C) is that by substitution?
    exam_subjects: list[str]
    exams_asked: Bools  # (P+1, E)
    derived: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def slots(self) -> int:
        """S, the widest plan."""
        return self.course.shape[1]

    def once[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """A table derived from the plans alone, made by the first who asks."""
        if key not in self.derived:
            self.derived[key] = make()
        found: T = self.derived[key]
        return found

    def part_is(self, part: Part) -> Bools:
        """Slots whose results arrive with this part (P+1, S)."""
        return self.valid & (self.part == part)


@lru_cache(maxsize=8)
def plan_grid(plans: Plans, courses: Courses) -> PlanGrid:
    """Lay the plans out once; everything later only looks up. The very same plans give the very same grid."""
    count, width = len(plans.code), len(courses.code)
    order = np.array(
        sorted(range(len(plans.slot_plan)), key=lambda i: (plans.slot_plan[i], courses.code[plans.slot_course[i]])),
        np.intp,
    )
    plan = plans.slot_plan[order]
    slot = _running_number(plan, count)
    size = int(slot.max(initial=0)) + 1

    def spread[K: np.signedinteger[Any]](values: npt.NDArray[Any], kind: type[K], empty: int = 0) -> npt.NDArray[K]:
        table: npt.NDArray[K] = np.full((count + 1, size), empty, kind)
        table[plan, slot] = values[order]
        return table

    course = spread(plans.slot_course, np.int32, -1)
    kind, assessment = spread(plans.slot_kind, np.int8), spread(plans.slot_assessment, np.int8)
    slot_of = np.full((count + 1, width), -1, np.int16)
    slot_of[plan, plans.slot_course[order]] = slot
    substituted = np.zeros((count + 1, width), bool)
    _fold_substitutions(plans, courses, slot_of, substituted)

    local = _running_number(plans.module_plan, count)
    modules = int(local.max(initial=0)) + 1
    module_row = np.full((count + 1, modules), -1, np.int32)
    module_row[plans.module_plan, local] = np.arange(len(local))
    module_credits = np.zeros((count + 1, modules), np.int32)
    module_credits[plans.module_plan, local] = plans.module_credits
    overflow = np.full((count + 1, modules), -1, np.int16)
    overflow[plans.module_plan, local] = np.append(local, -1)[plans.module_overflow]
    subjects = sorted(set(plans.exam_subject))
    asked = np.zeros((count + 1, len(subjects)), bool)
    asked[plans.exam_plan, [subjects.index(word) for word in plans.exam_subject]] = True
    return PlanGrid(
        source=plans,
        courses=courses,
        course=course,
        valid=course >= 0,
        credits=spread(plans.slot_credits, np.int32),
        kind=kind,
        assessment=assessment,
        core=spread(plans.slot_core, np.int8) == 1,
        degree=spread(plans.slot_degree, np.int8) == 1,
        part=_PART[kind, assessment],
        module=np.append(local, -1).astype(np.int16)[spread(plans.slot_module, np.int32, -1)],
        module_row=module_row,
        module_credits=module_credits,
        module_overflow=overflow,
        total_credits=_totals(plans.total_credits, module_credits),
        slot_of=slot_of,
        substituted=substituted,
        exam_subjects=subjects,
        exams_asked=asked,
    )


def _running_number(group: npt.NDArray[np.int32], groups: int) -> npt.NDArray[np.intp]:
    """0, 1, 2 … within each group, in the order given."""
    order = np.argsort(group, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(group, minlength=groups))))[:-1]
    number = np.empty(len(group), np.intp)
    number[order] = np.arange(len(group)) - starts[group[order]]
    return number


def _fold_substitutions(plans: Plans, courses: Courses, slot_of: npt.NDArray[np.int16], substituted: Bools) -> None:
    """A course taken instead of a plan course counts for that one's slot, unless it has a slot of its own.

    Where one course may stand for several, it stands for the one first in code order, whatever the order of rows.
    """
    rows = sorted(
        range(len(plans.substitution_taken)),
        key=lambda i: courses.code[plans.substitution_counts_as[i]],
        reverse=True,
    )
    own = slot_of >= 0
    for i in rows:
        taken, target = plans.substitution_taken[i], plans.substitution_counts_as[i]
        only = plans.substitution_plan[i]
        where = np.arange(len(slot_of) - 1) if only < 0 else np.array([only])
        where = where[(slot_of[where, target] >= 0) & own[where, target] & ~own[where, taken]]
        slot_of[where, taken] = slot_of[where, target]
        substituted[where, taken] = True


def _totals(stated: npt.NDArray[np.int32], module_credits: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The plan's own total, else the sum its modules ask, else not known."""
    sums = module_credits.sum(axis=1).astype(np.int32)
    stated = np.append(stated, -1).astype(np.int32)
    return np.where(stated >= 0, stated, np.where(sums > 0, sums, -1)).astype(np.int32)
