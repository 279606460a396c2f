"""一批学生: the facts one pass of the engine looks at. One student is a batch of one; a million are many batches."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from biye.audit.core.grades import Attempt, Cells, GradeGrid
from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import Part
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


@dataclass(frozen=True, slots=True)
class Ranking:
    """排名: place of each student within the group, for rules that need the whole population (rank.within)."""

    place: npt.NDArray[np.int32]  # 1 is first; 0 not ranked
    group_size: npt.NDArray[np.int32]


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
    ranking: dict[str, Ranking] = field(default_factory=dict)  # by rule id
    _cells: dict[Attempt, Cells] = field(default_factory=dict)
    _open: Bools | None = None

    @property
    def n(self) -> int:
        """How many students."""
        return len(self.students)

    def cells(self, attempt: Attempt = "best") -> Cells:
        """Grades by slot (n, S)."""
        if attempt not in self._cells:
            self._cells[attempt] = self.grades.rows(self.start, self.start + self.n, attempt)
        return self._cells[attempt]

    def again(self) -> npt.NDArray[np.uint8]:
        """Re-sits and retakes by slot (n, S)."""
        return self.grades.again(self.start, self.start + self.n)

    def covered(self, part: Part) -> Bools:
        """Was this part of the facts imported for the student? (n,)"""
        return (self.students.covered >> part & 1).astype(bool)

    def unknown_slots(self) -> Bools:
        """Slots without a result whose part was never imported: nobody can say yet (n, S)."""
        if self._open is None:
            plan = self.students.plan
            imported = self.students.covered[:, None] >> self.plans.part[plan] & 1
            self._open = self.plans.valid[plan] & ~self.cells().present & (imported == 0)
        return self._open


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
        return cls(
            verdict,
            np.broadcast_to(np.asarray(have, np.int32), n),
            np.broadcast_to(np.asarray(need, np.int32), n),
            np.broadcast_to(np.asarray(detail, np.int64), n),
        )
