"""成绩格: every student's attempts folded into one number a plan slot, whatever order the rows arrive in.

The number packs, from high to low: present, passed, score (14 bits, hundredths), how obtained (inverted, 3 bits),
mark (4 bits). The largest number is the best attempt, so folding is a maximum and needs neither sorting nor grouping.
`first` and `last` put the moment of the attempt above it.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import PASSING_MARKS, Mark, Obtained
from biye.records.core.tables import NO_SCORE, Bools

Attempt = Literal["best", "first", "last"]
Ints = npt.NDArray[np.int32]
MAX_SCORE = (1 << 14) - 1
BLOCK = 1 << 15  # rows folded at a time, so that what is in between stays in the processor's cache
RETAKE = 256  # one retake in `again`; a re-sit is one
PRESENT, PASSED = 1 << 22, 1 << 21
_PAYLOAD = (1 << 23) - 1
LOW = 0x7F  # how obtained and mark
_BLANK = 1  # a row that says nothing yet: less than any result, more than no row


@dataclass(frozen=True, slots=True)
class Scale:
    """成绩标准: the pass mark, and what a word grade counts as a number (hundredths, NO_SCORE: no number)."""

    pass_score: int
    numbers: Ints  # by Mark

    @classmethod
    def of(cls, pass_score: int, words: dict[Mark, int]) -> "Scale":
        """From the pass mark and the words that count as numbers, in hundredths."""
        numbers = np.full(len(Mark), NO_SCORE, np.int32)
        for mark, value in words.items():
            numbers[mark] = value
        return cls(pass_score, numbers)


_PASSES = np.isin(np.arange(len(Mark)), PASSING_MARKS)
# By the low bits of a result: how it was obtained, as a bit; without a result, the bit after those.
WAYS = np.minimum(1 << (7 - (np.arange(LOW + 1) >> 4)), 1 << len(Obtained)).astype(np.uint8)


class GradeGrid:
    """成绩格: n students × S slots of packed attempts; rows are added in any order and any number of pieces."""

    def __init__(self, plans: PlanGrid, plan: Ints, scale: Scale, attempts: frozenset[Attempt]) -> None:
        self.plans, self.plan, self.scale = plans, plan, scale
        self.blank = False  # has any row said nothing?
        size = len(plan) * plans.slots
        best: frozenset[Attempt] = frozenset({"best"})
        self._cells: dict[Attempt, npt.NDArray[np.signedinteger[Any]]] = {
            attempt: np.zeros(size, np.int32 if attempt == "best" else np.int64) for attempt in attempts | best
        }
        self._again = np.zeros(size, np.uint16)
        self._rows = np.zeros(size if len(self._cells) > 1 else 0, np.uint16)
        self._undated = np.zeros(len(self._rows), bool)
        courses = plans.slot_of.shape[1]
        # One look-up a row: the slot, and one bit that says whether it is by substitution.
        self._slot = (plans.slot_of.astype(np.int16) | plans.substituted * np.int16(_SUBSTITUTED)).ravel()
        self._plan_start = (plan % len(plans.slot_of)).astype(np.intp) * courses

    def add(
        self,
        student: Ints,
        course: Ints,
        score: Ints,
        mark: npt.NDArray[np.int8],
        obtained: npt.NDArray[np.int8],
        term: npt.NDArray[np.int16],
    ) -> None:
        """Fold these rows in. A row whose course is in no slot of the student's plan leaves no trace here.

        A row with neither score nor word (NUMBER and NO_SCORE) leaves the slot open, unless another row fills it.
        """
        for start in range(0, len(student), BLOCK):
            rows = slice(start, start + BLOCK)
            self._add(student[rows], course[rows], score[rows], mark[rows], obtained[rows], term[rows])

    def _add(
        self,
        student: Ints,
        course: Ints,
        score: Ints,
        mark: npt.NDArray[np.int8],
        obtained: npt.NDArray[np.int8],
        term: npt.NDArray[np.int16],
    ) -> None:
        slot = self._slot.take(self._plan_start.take(student) + course)
        inside = slot >= 0
        if not inside.all():
            student, slot, score, mark = student[inside], slot[inside], score[inside], mark[inside]
            obtained, term = obtained[inside], term[inside]
        obtained = _obtained(slot, mark, obtained)
        cell = student * np.intp(self.plans.slots) + (slot & _SLOT)
        packed = self._pack(score, mark, obtained)
        blank = packed == _BLANK
        self.blank = self.blank or bool(blank.any())
        np.maximum.at(self._cells["best"], cell, packed)
        if len(self._cells) > 1:
            self._by_moment(cell, packed, obtained, term)
        again = (obtained == Obtained.RESIT) | (obtained == Obtained.RETAKE)
        if blank.any():
            again &= ~blank
        if again.any():
            once = np.where(obtained[again] == Obtained.RETAKE, RETAKE, 1).astype(np.uint16)
            np.add.at(self._again, cell[again], once)

    def packed(
        self, student: Ints, course: Ints, score: Ints, mark: npt.NDArray[np.int8], obtained: npt.NDArray[np.int8]
    ) -> Ints:
        """Rows as the grid packs them, 0 for a course without a slot: by it the row that stands is found again."""
        slot = self._slot.take(self._plan_start.take(student) + course)
        return np.where(slot >= 0, self._pack(score, mark, _obtained(slot, mark, obtained)), 0)

    def _by_moment(
        self, cell: npt.NDArray[np.intp], packed: Ints, obtained: npt.NDArray[np.int8], term: npt.NDArray[np.int16]
    ) -> None:
        """First and last attempts; within a term re-sits follow the examination, and retakes follow those."""
        result = packed != _BLANK
        cell, packed, obtained, term = cell[result], packed[result], obtained[result], term[result]
        moment = term.astype(np.int64) * 8 + obtained + 8
        for attempt, cells in self._cells.items():
            if attempt != "best":
                when = moment if attempt == "last" else (1 << 20) - moment
                np.maximum.at(cells, cell, when << 23 | packed)
        np.add.at(self._rows, cell, np.uint16(1))
        self._undated[cell[term < 0]] = True

    def _pack(self, score: Ints, mark: npt.NDArray[np.int8], obtained: npt.NDArray[np.int8]) -> Ints:
        packed = 7 - obtained.astype(np.int32)
        packed <<= 4
        packed |= mark
        value = np.minimum(score, MAX_SCORE).astype(np.int32, copy=False)
        passed = value >= self.scale.pass_score
        word = mark != Mark.NUMBER
        if word.any():
            marks = mark[word]
            value[word] = np.maximum(self.scale.numbers[marks], 0)
            passed[word] = _PASSES[marks]
        packed |= passed * np.int32(PASSED)
        packed |= value << 7
        packed |= PRESENT
        packed[value < 0] = _BLANK
        return packed

    def rows(self, start: int, stop: int, attempt: Attempt = "best") -> "Cells":
        """The cells of students start … stop-1."""
        width = self.plans.slots
        part = slice(start * width, stop * width)
        cells = self._cells[attempt][part].reshape(stop - start, width)
        if attempt == "best":
            return Cells(cells.astype(np.int32, copy=False), self.scale)
        unsure = (self._undated[part] & (self._rows[part] > 1)).reshape(stop - start, width)
        return Cells((cells & _PAYLOAD).astype(np.int32), self.scale, unsure if unsure.any() else None)

    def again(self, start: int, stop: int) -> npt.NDArray[np.uint16]:
        """Re-sits and retakes taken, by slot, for students start … stop-1: a re-sit is 1, a retake RETAKE."""
        width = self.plans.slots
        return self._again[start * width : stop * width].reshape(stop - start, width)


_SLOT, _SUBSTITUTED = (1 << 13) - 1, 1 << 13


def _obtained(
    slot: npt.NDArray[np.int16], mark: npt.NDArray[np.int8], obtained: npt.NDArray[np.int8]
) -> npt.NDArray[np.int8]:
    """A course taken in place of another is 替代; the word 免修 is a way of obtaining the course, too."""
    substituted = slot > _SLOT
    exempt = (mark == Mark.EXEMPT) & (obtained == Obtained.FIRST)
    if not (substituted.any() or exempt.any()):
        return obtained
    changed = obtained.copy()
    changed[exempt] = Obtained.EXEMPTION
    changed[substituted] = Obtained.SUBSTITUTE
    return changed


@dataclass(frozen=True, slots=True)
class Cells:
    """成绩单元: packed attempts (n, S), unpacked on demand. `unsure`: attempts that cannot be put in order, if any."""

    packed: Ints
    scale: Scale
    unsure: Bools | None = None

    @property
    def present(self) -> Bools:
        """Has a result, passed or not."""
        return self.packed >= PRESENT

    @property
    def blank(self) -> Bools:
        """Has nothing but rows that say nothing."""
        return self.packed == _BLANK

    @property
    def passed(self) -> Bools:
        """Passed by number or by word."""
        return (self.packed & PASSED) != 0

    @property
    def low(self) -> npt.NDArray[np.uint8]:
        """How obtained (inverted) and by what mark, the low seven bits, to look things up by; see WAYS."""
        return (self.packed & LOW).astype(np.uint8)

    def any_unsure(self) -> bool:
        """Is there any slot whose attempts cannot be put in order?"""
        return self.unsure is not None
