"""成绩格: every student's attempts folded into one number a plan slot, whatever order the rows arrive in.

The number packs, from high to low: present, passed, score (14 bits, hundredths), how obtained (inverted, 3 bits),
mark (4 bits). The largest number is the best attempt, so folding is a maximum and needs neither sorting nor grouping.
`first` and `last` put the moment of the attempt above it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import PASSING_MARKS, Mark, Obtained
from biye.records.core.tables import NO_SCORE, Bools

Attempt = Literal["best", "first", "last"]
MAX_SCORE = (1 << 14) - 1
_PRESENT, _PASSED = 1 << 22, 1 << 21
_PAYLOAD = (1 << 23) - 1


@dataclass(frozen=True, slots=True)
class Scale:
    """成绩标准: the pass mark, and what a word grade counts as a number (hundredths, NO_SCORE: no number)."""

    pass_score: int
    numbers: npt.NDArray[np.int32]  # by Mark

    @classmethod
    def of(cls, pass_score: int, words: dict[Mark, int]) -> "Scale":
        """From the pass mark and the words that count as numbers, in hundredths."""
        numbers = np.full(len(Mark), NO_SCORE, np.int32)
        for mark, value in words.items():
            numbers[mark] = value
        return cls(pass_score, numbers)


_PASSES = np.isin(np.arange(len(Mark)), PASSING_MARKS)


class GradeGrid:
    """成绩格: n students × S slots of packed attempts; rows are added in any order and any number of pieces."""

    def __init__(self, plans: PlanGrid, plan: npt.NDArray[np.int32], scale: Scale, attempts: frozenset[Attempt]) -> None:
        self.plans, self.plan, self.scale = plans, plan, scale
        self._cells = {
            attempt: np.zeros(len(plan) * plans.slots, np.int32 if attempt == "best" else np.int64)
            for attempt in attempts | {"best"}
        }
        self._again = np.zeros(len(plan) * plans.slots, np.uint8)

    def add(
        self,
        student: npt.NDArray[np.int32],
        course: npt.NDArray[np.int32],
        score: npt.NDArray[np.int32],
        mark: npt.NDArray[np.int8],
        obtained: npt.NDArray[np.int8],
        term: npt.NDArray[np.int16],
    ) -> None:
        """Fold these rows in. A row whose course is in no slot of the student's plan leaves no trace here."""
        plan = self.plan[student]
        slot = self.plans.slot_of[plan, course]
        by_substitution = self.plans.substituted[plan, course]
        if by_substitution.any():
            obtained = np.where(by_substitution, Obtained.SUBSTITUTE, obtained).astype(np.int8)
        inside = slot >= 0
        if not inside.all():
            student, slot, score, mark = student[inside], slot[inside], score[inside], mark[inside]
            obtained, term = obtained[inside], term[inside]
        cell = student * np.intp(self.plans.slots) + slot
        packed = self._pack(score, mark, obtained)
        np.maximum.at(self._cells["best"], cell, packed)
        for attempt, cells in self._cells.items():
            if attempt != "best":
                when = term.astype(np.int64) * 8 + obtained + 8
                when = when if attempt == "last" else (1 << 20) - when
                np.maximum.at(cells, cell, when << 23 | packed)
        again = (obtained == Obtained.RESIT) | (obtained == Obtained.RETAKE)
        if again.any():
            np.add.at(self._again, cell[again], np.uint8(1))

    def _pack(
        self, score: npt.NDArray[np.int32], mark: npt.NDArray[np.int8], obtained: npt.NDArray[np.int8]
    ) -> npt.NDArray[np.int32]:
        number = mark == Mark.NUMBER
        value = np.where(number, score, self.scale.numbers[mark])
        passed = np.where(number, score >= self.scale.pass_score, _PASSES[mark])
        value = np.clip(value, 0, MAX_SCORE)
        return (_PRESENT | passed * _PASSED | value << 7 | (7 - obtained.astype(np.int32)) << 4 | mark).astype(np.int32)

    def rows(self, start: int, stop: int, attempt: Attempt = "best") -> "Cells":
        """The cells of students start … stop-1."""
        width = self.plans.slots
        cells = self._cells[attempt][start * width : stop * width].reshape(stop - start, width)
        return Cells((cells & _PAYLOAD).astype(np.int32, copy=False), self.scale)

    def again(self, start: int, stop: int) -> npt.NDArray[np.uint8]:
        """Re-sits and retakes taken, by slot, for students start … stop-1."""
        width = self.plans.slots
        return self._again[start * width : stop * width].reshape(stop - start, width)


@dataclass(frozen=True, slots=True)
class Cells:
    """成绩单元: packed attempts (n, S), unpacked on demand; 0 is no result."""

    packed: npt.NDArray[np.int32]
    scale: Scale

    @property
    def present(self) -> Bools:
        """Has a result, passed or not."""
        return self.packed != 0

    @property
    def passed(self) -> Bools:
        """Passed by number or by word."""
        return (self.packed & _PASSED) != 0

    @property
    def mark(self) -> npt.NDArray[np.int32]:
        """foundation.codes.Mark; meaningless where not present."""
        return self.packed & 15

    @property
    def obtained(self) -> npt.NDArray[np.int32]:
        """foundation.codes.Obtained; meaningless where not present."""
        return 7 - (self.packed >> 4 & 7)

    def numbers(self, scale: Scale | None = None) -> npt.NDArray[np.int32]:
        """Scores in hundredths, word grades by `scale` (or the grid's own); NO_SCORE where there is no number."""
        mark = self.mark
        value = np.where(mark == Mark.NUMBER, self.packed >> 7 & MAX_SCORE, (scale or self.scale).numbers[mark])
        return np.where(self.present, value, NO_SCORE).astype(np.int32)
