"""选课组: n courses of each group, a course that could count for several counting for one.

Whether everybody can be given enough is Hall's condition: for every set of groups, the passed courses that fit any of
them are at least as many as they ask together. The largest lack over all sets is exactly how many courses are missing
(min-cut of the assignment), so no order of courses, rules or students matters.
"""

from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.bitsets import Bits, Counts, count, unpack
from biye.audit.core.intervals import decided, where_known
from biye.audit.core.selectors import Selector, select
from biye.audit.core.vocabulary import Needs, NotEmpty, Params, Unit, kind
from biye.seasons.core.shapes import Strict

MOST_GROUPS = 8


class Group(Strict):
    """选课组: so many of these courses."""

    courses: Selector = Field(description="组内的课程")
    n: int = Field(ge=1, description="至少通过几门")
    label: str = Field(default="", description="组的名称")


class CoursesChoose(Params):
    """各组各选几门."""

    groups: Annotated[tuple[Group, ...], NotEmpty] = Field(
        max_length=MOST_GROUPS, description="选课组，每门课只计入一组"
    )


@kind("courses.choose", Unit.COUNT, Needs.GRADES)
def courses_choose(batch: Batch, params: CoursesChoose) -> Measured:
    """任选课程: n of each group, assigned so that no order of reading changes the result.

    have: courses that can be counted at once; need: courses asked of all groups together (n,). detail: a set of groups
    (bit g, group g) that together lack the most courses, the smallest such set. 待核实: no plan is known, or what was not
    imported decides. Source: rulebook vocabulary, issue section 2.
    """
    asked = np.array([group.n for group in params.groups])
    chosen = [select(batch, group.courses) for group in params.groups]
    lacks, groups = shortfall(batch.passed(), [one.surely for one in chosen], asked)
    open_ = lacks
    if batch.any_open():
        open_, _ = shortfall(batch.passed() | batch.open(), [one.perhaps for one in chosen], asked)
    verdict = where_known(batch.plan_known, decided(lacks == 0, open_ > 0))
    return Measured.of(verdict, asked.sum() - lacks, asked.sum(), groups)


def shortfall(done: Bits, groups: list[Bits], asked: npt.NDArray[np.intp]) -> tuple[Counts, npt.NDArray[np.int64]]:
    """How many courses are missing (n,), and the smallest set of groups (as bits) that misses that many."""
    reach = _reach(done, groups)
    sets = np.arange(len(reach))
    demand = ((sets[:, None] >> np.arange(len(groups)) & 1) @ asked).astype(np.int32)
    # Sets in the order of their size and number, so that the first largest lack is the smallest set.
    order = np.lexsort((sets, np.bitwise_count(sets)))
    lacks = demand[order, None] - reach[order]
    worst = lacks.argmax(axis=0)
    return np.take_along_axis(lacks, worst[None], axis=0)[0], sets[order][worst]


def _reach(done: Bits, groups: list[Bits]) -> Counts:
    """For every set of groups, how many done courses fit any of them (2^G, n)."""
    exactly = [done]
    for group in groups:
        exactly = [bits & ~group for bits in exactly] + [bits & group for bits in exactly]
    within = np.stack([count(bits) for bits in exactly])
    total = within.sum(axis=0, dtype=np.int32)
    for number in range(len(groups)):
        halves = within.reshape(-1, 2, 1 << number, within.shape[-1])
        halves[:, 1] += halves[:, 0]
    # `within` counts courses that fit no group outside the set; what fits the set is all but those of its complement.
    return total - within[::-1]


def assignment(passed: npt.NDArray[np.bool_], groups: list[npt.NDArray[np.bool_]], asked: list[int]) -> dict[int, int]:
    """One assignment, slot → group, for explaining a single student: as many as can be, first slots and groups first.

    Every group's seats are filled by augmenting paths in the order of slots, so the same facts give the same answer.
    """
    seated: dict[int, int] = {}

    def seat(slot: int, tried: set[int]) -> bool:
        for number, group in enumerate(groups):
            if not group[slot] or number in tried:
                continue
            tried.add(number)
            sitting = sorted(other for other, place in seated.items() if place == number)
            if len(sitting) < asked[number] or any(seat(other, tried) for other in sitting):
                seated[slot] = number
                return True
        return False

    for slot in np.flatnonzero(passed):
        seat(int(slot), set())
    return seated


def assigned(batch: Batch, params: CoursesChoose, row: int) -> dict[int, int]:
    """计入: which passed slot of one student counts for which group of the rule."""
    slots = batch.plans.slots
    groups = [unpack(select(batch, group.courses).surely[row], slots) for group in params.groups]
    return assignment(unpack(batch.passed()[row], slots), groups, [group.n for group in params.groups])
