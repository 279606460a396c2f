"""依据的事实: the facts of one student among many, looked up when an explanation goes beyond the stored numbers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from biye.audit.core.batch import Batch
from biye.audit.core.bitsets import Counts, unpack
from biye.audit.core.pipeline import Population
from biye.audit.core.plans import PlanGrid
from biye.audit.core.rules.credits import module_credits
from biye.foundation.codes import GRADE_PARTS, Part
from biye.records.core.tables import Bools, Results, take_rows

Slots = npt.NDArray[np.intp]


@dataclass
class Evidence:
    """依据的事实 of a population."""

    population: Population
    _last: tuple[int, Batch] | None = None

    @property
    def plans(self) -> PlanGrid:
        """The plans as the audit laid them out."""
        return self.population.plans

    @cached_property
    def passed(self) -> Bools:
        """Slots whose best result has passed, for everybody (n, S)."""
        return self.population.grades.rows(0, len(self.population)).passed

    @cached_property
    def _everybody(self) -> Batch:
        return self.population.batch(0, len(self.population))

    @cached_property
    def _open(self) -> Bools:
        return unpack(self._everybody.open(), self.plans.slots)

    @cached_property
    def _by_module(self) -> Counts:
        return module_credits(self._everybody, self._everybody.passed())

    @cached_property
    def _results(self) -> Results:
        results = self.population.tables.results
        return take_rows(results, np.argsort(results.student, kind="stable"))

    @cached_property
    def _first_results(self) -> list[int]:
        """Where each student's attempts begin, and at the end where the last one's end."""
        found: list[int] = np.searchsorted(self._results.student, np.arange(len(self.population) + 1)).tolist()
        return found

    def plan(self, row: int) -> int:
        """Position of the student's plan, -1 where it is not known."""
        return int(self.population.tables.students.plan[row])

    def valid(self, row: int) -> Slots:
        """The slots of the student's plan."""
        return np.flatnonzero(self.plans.valid[self.plan(row)])

    def not_passed(self, row: int, among: Bools | None = None) -> list[int]:
        """Slots of the plan not passed yet, of those in `among` (S,) only."""
        open_ = self.plans.valid[self.plan(row)] & ~self.passed[row]
        return np.flatnonzero(open_ if among is None else open_ & among).tolist()

    def credits(self, row: int) -> npt.NDArray[np.int32]:
        """Credits of each slot of the student's plan, tenths (S,)."""
        credits: npt.NDArray[np.int32] = self.plans.credits[self.plan(row)]
        return credits

    def earned(self, row: int) -> int:
        """Credits earned, tenths."""
        return int(self.credits(row)[self.passed[row]].sum())

    def results(self, row: int) -> Results:
        """The student's attempts, in the order they were recorded."""
        return take_rows(self._results, np.arange(self._first_results[row], self._first_results[row + 1]))

    def batch(self, row: int) -> Batch:
        """The student as a batch of one; the last one asked for is kept."""
        if self._last is None or self._last[0] != row:
            self._last = (row, self.population.batch(row, row + 1))
        return self._last[1]

    def open_slots(self, row: int) -> Bools:
        """Slots whose results may still come (S,)."""
        open_: Bools = self._open[row]
        return open_

    def module_credits(self, row: int) -> list[int]:
        """Credits earned in each module of the student's plan, nothing flowing, tenths."""
        found: list[int] = self._by_module[row].tolist()
        return found

    def is_covered(self, row: int, part: Part) -> bool:
        """Was this part of the facts imported for the student?"""
        return bool(self.population.tables.students.covered[row] >> part & 1)

    def parts_lacking(self, row: int) -> list[Part]:
        """Parts of the grades that nobody has imported for the student although the plan has such courses."""
        mine = self.plans.part[self.plan(row)][self.valid(row)]
        return [part for part in GRADE_PARTS if (mine == part).any() and not self.is_covered(row, part)]

    def code(self, row: int, slot: int) -> str:
        """The code of a slot's course."""
        return self.plans.courses.code[int(self.plans.course[self.plan(row), slot])]

    def name(self, row: int, slot: int) -> str:
        """The name of a slot's course."""
        return self.plans.courses.name[int(self.plans.course[self.plan(row), slot])]
