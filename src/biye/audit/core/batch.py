"""一批学生: the facts one pass of the engine looks at. One student is a batch of one; a million are many batches."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.bitsets import Bits, pack, unpack, words
from biye.audit.core.grades import WAYS, Attempt, Cells, GradeGrid
from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import GRADE_PARTS, Part
from biye.foundation.verdicts import Verdicts
from biye.records.core.tables import (
    Bools,
    Certificates,
    Exams,
    Fees,
    Flags,
    History,
    Photos,
    Sanctions,
    Students,
)
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People, belongs


@dataclass(frozen=True, slots=True)
class Ranking:
    """排名: how each student stands in the group, for rules that need the whole population (rank.within).

    Least and most, because somebody whose facts are open may or may not belong, and may come before or behind.
    """

    ahead_least: npt.NDArray[np.int32]  # members surely ahead
    ahead_most: npt.NDArray[np.int32]  # … and those who may be
    size_least: npt.NDArray[np.int32]  # members of the group
    size_most: npt.NDArray[np.int32]
    member: Verdicts  # Truth: is the student one of those compared?

    def rows(self, start: int, stop: int) -> "Ranking":
        """The students of rows start … stop-1."""
        return Ranking(*(getattr(self, column.name)[start:stop] for column in fields(self)))


@dataclass(slots=True)
class Batch:
    """一批学生: n students in rows; child tables name them by row number within this batch."""

    frame: Frame
    students: Students
    plans: PlanGrid
    grades: GradeGrid
    start: int  # row of the first student within `grades`
    exams: Exams = field(default_factory=Exams)
    certificates: Certificates = field(default_factory=Certificates)
    fees: Fees = field(default_factory=Fees)
    sanctions: Sanctions = field(default_factory=Sanctions)
    flags: Flags = field(default_factory=Flags)
    photos: Photos = field(default_factory=Photos)
    history: History = field(default_factory=History)
    ranking: dict[Any, Ranking] = field(default_factory=dict)  # by the parameters of the rule
    _known: dict[Any, Any] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many students."""
        return len(self.students)

    @property
    def plan(self) -> npt.NDArray[np.int32]:
        """Position of each student's plan; -1, the grid's padding row, where it is not known (n,)."""
        return self.students.plan

    def by_plan[T: np.generic](self, table: npt.NDArray[T]) -> npt.NDArray[T]:
        """What a table over plans (P+1, …) holds for each student (n, …)."""
        return table.take(self.students.plan, axis=0)

    def once[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """What several rules ask for, made by the first."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def belongs(self, people: People) -> Verdicts:
        """Truth (n,) of being one of these people."""
        return self.once(people, lambda: belongs(people, self.students, self.frame))

    def covered(self, part: Part) -> Bools:
        """Was this part of the facts imported for the student? (n,)"""
        return (self.students.covered >> part & 1).astype(bool)

    @property
    def plan_known(self) -> Bools:
        """Is the student's plan known? (n,)"""
        return self.once("plan_known", lambda: self.plan >= 0)

    def cells(self, attempt: Attempt = "best") -> Cells:
        """Grades by slot (n, S)."""
        return self.once(("cells", attempt), lambda: self.grades.rows(self.start, self.start + self.n, attempt))

    def again(self) -> npt.NDArray[np.uint16]:
        """Re-sits (low byte) and retakes (high byte) by slot (n, S)."""
        return self.grades.again(self.start, self.start + self.n)

    def present(self) -> Bits:
        """Slots with a result (n, W)."""
        return self.once("present", lambda: pack(self.cells().present))

    def passed(self) -> Bits:
        """Slots whose best result has passed (n, W)."""
        return self.once("passed", lambda: pack(self.cells().passed))

    def open(self) -> Bits:
        """未定的课程: slots whose result may still come, as its part was never imported or a row says nothing (n, W)."""
        return self.once("open", self._open)

    def _open(self) -> Bits:
        """Parts are looked at one by one only where somebody's grades are not all imported."""
        blank = self.grades.blank
        missing = ~self.students.covered & _GRADES
        if not blank and not missing.any():
            return np.zeros((self.n, words(self.plans.slots)), np.uint64)
        parts = self.plans.once("parts", lambda: np.stack([pack(self.plans.part_is(part)) for part in GRADE_PARTS]))
        open_ = np.zeros((self.n, parts.shape[-1]), np.uint64)
        for number, part in enumerate(GRADE_PARTS):
            lacks = (missing >> part & 1).astype(bool)
            open_[lacks] |= parts[number].take(self.plan[lacks], axis=0)
        open_ &= ~self.present()
        if blank:
            open_ |= pack(self.cells().blank)
        return open_

    def any_open(self, attempt: Attempt = "best") -> bool:
        """Is any slot of any student open?"""
        return self.once(("any_open", attempt), lambda: bool(self.open().any()) or self.cells(attempt).any_unsure())

    def open_slots(self, attempt: Attempt = "best") -> Bools:
        """Open slots as a mask (n, S); for first and last also those whose attempts cannot be put in order."""
        return self.once(("open", attempt), lambda: self._open_slots(attempt))

    def _open_slots(self, attempt: Attempt) -> Bools:
        open_ = unpack(self.open(), self.plans.slots)
        unsure = self.cells(attempt).unsure
        return open_ if unsure is None else open_ | unsure

    def way(self, attempt: Attempt = "best") -> npt.NDArray[np.uint8]:
        """How each slot's result was obtained, as a bit; 1 << len(Obtained) where there is none (n, S)."""
        return self.once(("way", attempt), lambda: WAYS.take(self.cells(attempt).low))


_GRADES = np.int32(sum(1 << part for part in GRADE_PARTS))


@dataclass(frozen=True, slots=True)
class Measured:
    """审查意见列: what one rule found for n students. Units of have and need are the rule kind's own.

    `detail` is a bit set the kind explains itself with (which subjects are missing …); 0 where it needs none.
    """

    verdict: npt.NDArray[np.uint8]
    have: npt.NDArray[np.int32]
    need: npt.NDArray[np.int32]
    detail: npt.NDArray[np.int64]

    @classmethod
    def of(
        cls,
        verdict: npt.NDArray[np.uint8],
        have: npt.ArrayLike = 0,
        need: npt.ArrayLike = 0,
        detail: npt.ArrayLike = 0,
    ) -> "Measured":
        """Spread scalars over the students."""
        n = len(verdict)
        return cls(verdict, _column(have, np.int32, n), _column(need, np.int32, n), _column(detail, np.int64, n))


def _column(values: npt.ArrayLike, kind: type[np.signedinteger[Any]], n: int) -> npt.NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values.astype(kind, copy=False)
    return np.full(n, values, kind)
