"""成绩的读法: the results a rule over grades looks at, as numbers where they have one.

How a result was obtained and by what word it was given are seven bits, so what a rule makes of them is a table of 128
entries: the way, as the bit a selector's table has for it, and whether it is a word without a number. Where a rule speaks of
few courses only their columns are taken out of the grid, so K is those, or all S slots.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch
from biye.audit.core.bitsets import Bits, nonempty, pack, words
from biye.audit.core.grades import LOW, MAX_SCORE, PASSED, PRESENT, WAYS, Attempt, Cells, Scale
from biye.audit.core.plans import PlanGrid
from biye.audit.core.selectors import EVERY_COURSE, NO_RESULT, Selector, ways
from biye.audit.core.vocabulary import Params
from biye.foundation.codes import Mark, Obtained
from biye.records.core.tables import NO_SCORE, Bools

FEW = 4  # columns are taken out where they are at most one in so many
_NO_NUMBER = 1 << 7
Slots = npt.NDArray[np.intp]
Ints = npt.NDArray[np.int32]


class Graded(Params):
    """成绩的读法: which attempt counts, and what a grade given by a word counts."""

    attempt: Attempt = Field(default="best", description="取哪一次：best 最好、first 首次、last 最近")
    scale: str = Field(default="default", description="文字成绩按哪个成绩标准折算")


class GradedMany(Graded):
    """多门成绩的读法."""

    over: Selector = Field(default=EVERY_COURSE, description="哪些课程")
    words: Literal["as_number", "excluded"] = Field(default="as_number", description="文字成绩：折算，或不计")
    exempted: Literal["as_number", "excluded"] = Field(default="excluded", description="免修的课程：折算，或不计")


@dataclass(slots=True)
class Reading:
    """读出的成绩 of n students × K slots. A result counts if it is selected, stands, and is not left out by the rule.

    `slots`: which slots the K columns are, None for all in order. `open`: of the students in `open_rows` (k,), the
    selected slots whose results may still come (k, K). `word`: counted words that have no number, None if there are none.
    """

    packed: Ints
    selected: npt.NDArray[np.uint8]  # the selector's table
    counted: Bools
    word: Bools | None
    scale: Scale
    rescaled: bool  # do words count other numbers than in the grid?
    slots: Slots | None
    width: int  # S
    open_rows: Slots
    open: Bools

    @classmethod
    def of(cls, batch: Batch, params: Graded, chosen: Selector) -> "Reading":
        """Read the selected courses."""
        scale = batch.once(("scale", params.scale), lambda: _scale(batch, params.scale))
        cells, table = batch.cells(params.attempt), ways(chosen, batch.plans)
        packed, unsure, slots = cells.packed, cells.unsure, None
        columns = batch.plans.once(("columns", chosen), lambda: _columns(chosen, batch.plans))
        if columns.shape[1] * FEW <= batch.plans.slots:
            slots = batch.by_plan(columns)
            packed = np.take_along_axis(packed, slots, axis=1) * (slots >= 0)
            table = np.take_along_axis(table, columns, axis=1) * (columns >= 0)
            unsure = None if unsure is None else np.take_along_axis(unsure, slots, axis=1)
        selected = batch.by_plan(table)
        meaning = _meanings_of(batch, params, scale).take(Cells(packed, scale).low)
        counted = (meaning & selected) != 0
        if unsure is not None:
            counted &= ~unsure
        bare = meaning >= _NO_NUMBER
        word = bare & counted if bare.any() else None
        rescaled = scale.numbers.tobytes() != batch.grades.scale.numbers.tobytes()
        rows, open_ = np.empty(0, np.intp), np.empty((0, packed.shape[1]), bool)
        if batch.any_open(params.attempt):
            everybody = batch.open_slots(params.attempt)
            open_ = (everybody if slots is None else np.take_along_axis(everybody, slots, axis=1)) & (selected != 0)
            rows = np.flatnonzero(nonempty(pack(open_)))
            open_ = open_[rows]
        return cls(packed, selected, counted, word, scale, rescaled, slots, batch.plans.slots, rows, open_)

    @property
    def numbered(self) -> Bools:
        """Counted results that have a number."""
        return self.counted if self.word is None else self.counted & ~self.word

    @property
    def passed(self) -> Bools:
        """Results that have passed."""
        return (self.packed & PASSED) != 0

    @property
    def mark(self) -> Ints:
        """foundation.codes.Mark; meaningless where there is no result."""
        return self.packed & 15

    def missing(self) -> Bools:
        """Selected slots that have no result, and none to come."""
        missing = ((self.selected >> NO_RESULT).astype(bool)) & (self.packed < PRESENT)
        missing[self.open_rows] &= ~self.open
        return missing

    def waiting(self) -> Bools:
        """Who has selected results still to come (n,)."""
        waiting = np.zeros(len(self.packed), bool)
        waiting[self.open_rows] = self.open.any(axis=1)
        return waiting

    def taken(self) -> Bools:
        """Who has a selected result, counted or left out (n,)."""
        way = WAYS.take(Cells(self.packed, self.scale).low)
        return ((way & self.selected != 0) & (self.packed >= PRESENT)).any(axis=1)

    def numbers(self) -> Ints:
        """Hundredths (n, K), words by the rule's scale; of use only where `numbered`."""
        values = self.packed >> 7
        values &= MAX_SCORE
        if self.rescaled:
            mark = self.mark
            word = mark != Mark.NUMBER
            values[word] = self.scale.numbers[np.minimum(mark[word], len(Mark) - 1)]
        return values

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

    def waiting_slots(self) -> Bools | None:
        """The open slots of everybody (n, K), None if there are none."""
        if not len(self.open_rows):
            return None
        mask = np.zeros(self.packed.shape, bool)
        mask[self.open_rows] = self.open
        return mask


def _meanings_of(batch: Batch, params: Graded, scale: Scale) -> npt.NDArray[np.uint8]:
    words_, exempted = getattr(params, "words", ""), getattr(params, "exempted", "")
    return batch.once(
        ("meanings", params.scale, words_, exempted),
        lambda: _meanings(tuple(scale.numbers.tolist()), words_, exempted),
    )


def _scale(batch: Batch, name: str) -> Scale:
    stated = batch.frame.school.scale(name)
    return Scale.of(stated.pass_score, stated.numbers)


@cache
def _meanings(numbers: tuple[int, ...], words_: str, exempted: str) -> npt.NDArray[np.uint8]:
    """By a result's low bits: its way as a bit, nothing where the rule leaves it out; _NO_NUMBER for a bare word."""
    mark = np.arange(LOW + 1) & 15
    exempt = (1 << Obtained.EXEMPTION == WAYS) | (mark == Mark.EXEMPT)
    left_out = exempt & (exempted == "excluded")
    if words_ == "excluded":
        left_out |= (mark != Mark.NUMBER) & ~exempt
    bare = (mark != Mark.NUMBER) & (np.array([*numbers, *[NO_SCORE] * 16])[mark] == NO_SCORE)
    left_out |= 1 << NO_RESULT == WAYS
    return np.where(left_out, 0, WAYS | bare * _NO_NUMBER).astype(np.uint8)


def _columns(chosen: Selector, plans: PlanGrid) -> Slots:
    """The slots a selector may mean in each plan (P+1, K), -1 filling up; at least one column."""
    mask = ways(chosen, plans) != 0
    most = max(int(mask.sum(axis=1).max(initial=0)), 1)
    order = np.argsort(~mask, axis=1, kind="stable")[:, :most]
    return np.where(np.take_along_axis(mask, order, axis=1), order, -1)
