"""成绩的读法: the results a rule over grades looks at, as numbers where they have one.

Where a rule speaks of few courses only their columns are taken out of the grid, so K is those, or all S slots.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch
from biye.audit.core.bitsets import Bits, pack, unpack, words
from biye.audit.core.grades import Attempt, Cells, Scale
from biye.audit.core.plans import PlanGrid
from biye.audit.core.selectors import EVERY_COURSE, Selector, select, ways
from biye.audit.core.vocabulary import Params
from biye.foundation.codes import Mark, Obtained
from biye.records.core.tables import Bools

FEW = 4  # columns are taken out where they are at most one in so many
Slots = npt.NDArray[np.intp]


class Graded(Params):
    """成绩的读法: which attempt counts, and what a grade given by a word counts."""

    attempt: Attempt = Field(default="best", description="取哪一次：best 最好、first 首次、last 最近")
    scale: str = Field(default="default", description="文字成绩按哪个成绩标准折算")


class GradedMany(Graded):
    """多门成绩的读法."""

    over: Selector = Field(default=EVERY_COURSE, description="哪些课程")
    words: Literal["as_number", "excluded"] = Field(default="as_number", description="文字成绩：折算，或不计")
    exempted: Literal["as_number", "excluded"] = Field(default="excluded", description="免修的课程：折算，或不计")


@dataclass(frozen=True)
class Reading:
    """读出的成绩 of n students × K slots. `slots`: which slots the K columns are (n, K), None for all of them in order."""

    cells: Cells
    slots: Slots | None
    width: int  # S
    scale: Scale
    surely: Bools  # surely selected
    perhaps: Bools  # selected, or may turn out to be
    open: Bools  # may turn out to be selected, with whatever result

    @classmethod
    def of(cls, batch: Batch, params: Graded, chosen: Selector) -> "Reading":
        """Read the selected courses."""
        scale = batch.frame.school.scale(params.scale)
        by_mark = Scale.of(scale.pass_score, scale.numbers)
        cells, selection = batch.cells(params.attempt), select(batch, chosen, params.attempt)
        width = batch.plans.slots
        surely = unpack(selection.surely, width)
        perhaps = surely if selection.perhaps is selection.surely else unpack(selection.perhaps, width)
        open_ = perhaps & batch.open_slots(params.attempt) if batch.any_open(params.attempt) else np.zeros_like(surely)
        columns = batch.plans.once(("columns", chosen), lambda: _columns(chosen, batch.plans))
        if columns.shape[1] * FEW > width:
            return cls(cells, None, width, by_mark, surely, perhaps, open_)
        slots = columns[batch.plan]
        inside = slots >= 0
        packed, surely, perhaps, open_ = (
            np.take_along_axis(part, slots, axis=1) * inside for part in (cells.packed, surely, perhaps, open_)
        )
        return cls(Cells(packed, cells.scale), slots, width, by_mark, surely, perhaps, open_)

    @cached_property
    def known(self) -> Bools:
        """Selected slots whose result is there and stands."""
        return self.surely & self.cells.present & ~self.open

    @cached_property
    def missing(self) -> Bools:
        """Selected slots that have no result, and none to come."""
        return self.surely & ~self.cells.present & ~self.open

    @cached_property
    def numbers(self) -> npt.NDArray[np.int32]:
        """Hundredths, words by the rule's scale; NO_SCORE where there is no number."""
        return self.cells.numbers(self.scale.numbers)

    def left_out(self, params: GradedMany) -> Bools:
        """Results that do not count, given by a word or by exemption."""
        mark = self.cells.mark
        exempt = (mark == Mark.EXEMPT) | (self.cells.obtained == Obtained.EXEMPTION)
        left = exempt if params.exempted == "excluded" else np.zeros_like(exempt)
        if params.words == "excluded":
            left = left | ((mark != Mark.NUMBER) & ~exempt)
        return left

    def bits(self, mask: Bools) -> Bits:
        """A mask (n, K) as the bits of the slots it means (n, W)."""
        if self.slots is None:
            return pack(mask)
        bits = np.zeros((len(mask), words(self.width)), np.uint64)
        rows = np.arange(len(mask))
        for column in range(mask.shape[1]):
            slot = np.maximum(self.slots[:, column], 0)
            bits[rows, slot >> 6] |= mask[:, column].astype(np.uint64) << (slot & 63).astype(np.uint64)
        return bits


def _columns(chosen: Selector, plans: PlanGrid) -> Slots:
    """The slots a selector may mean in each plan (P+1, K), -1 filling up; at least one column."""
    mask = ways(chosen, plans) != 0
    most = max(int(mask.sum(axis=1).max(initial=0)), 1)
    order = np.argsort(~mask, axis=1, kind="stable")[:, :most]
    return np.where(np.take_along_axis(mask, order, axis=1), order, -1)
