"""数据范围: which parts of the facts are known for whom after an import.

A missing row means "has none" only where its part was imported. A sheet that is `listed` speaks for the students in
it, one that is `complete` for everyone. A sheet of grades that says by no name which part it holds speaks for all parts
of the grades, except those for which there is a sheet of their own. A refused row leaves its part open for its student.
"""

import numpy as np
import numpy.typing as npt

from biye.foundation.codes import Assessment, Kind, part_of
from biye.machinery.exchange.core.table import REFUSED
from biye.records.core.sheets.known import Known
from biye.records.core.sheets.reading import InHand
from biye.records.core.sheets.recognise import WIDE
from biye.records.core.sheets.stacking import Positions

Bits = npt.NDArray[np.int32]


class Coverage:
    """Bits of parts, gathered sheet by sheet."""

    def __init__(self, students: int, in_hand: list[InHand], held: int = REFUSED) -> None:
        """`held`: the state from which on a row does not go in."""
        self._held = held
        self.everyone = 0
        self._covered: Bits = np.zeros(students, np.int32)
        self._open: Bits = np.zeros(students, np.int32)
        self._named = {part for item in in_hand if item.is_marked for part in item.parts}

    def add(
        self, items: list[InHand], students: Positions, courses: Positions | None = None, known: Known | None = None
    ) -> None:
        """The sheets of one kind; `students` (and for grades `courses`) of every row, -1 unknown."""
        start = 0
        for item in items:
            end = start + len(item.table)
            mine = students[start:end]
            bits = self._bits(item)
            if item.coverage == "complete":
                self._covered |= bits
                self.everyone |= bits
            else:
                self._covered[mine[mine >= 0]] |= bits
            refused = (item.table.state >= self._held) & (mine >= 0)
            open_bits = np.full(len(mine), bits, np.int32)
            if courses is not None and known is not None and item.kind != WIDE.kind:
                open_bits = _bits_of_courses(mine, courses[start:end], known, open_bits)
            np.bitwise_or.at(self._open, mine[refused], open_bits[refused])
            start = end

    def result(self, before: Bits | int = 0) -> Bits:
        """What is known of every student, with what was known before."""
        return (before | self._covered) & ~self._open

    def _bits(self, item: InHand) -> int:
        parts = set(item.parts)
        if item.kind in ("grades", WIDE.kind) and not item.is_marked:
            parts -= self._named
        return sum(1 << part for part in parts)


def _bits_of_courses(students: Positions, courses: Positions, known: Known, otherwise: Bits) -> Bits:
    plans = np.where(students >= 0, known.student_plan[students] if len(known.student_plan) else -1, -1)
    slots = known.slots_of(plans, courses)
    if not len(known.slot_plan):
        return otherwise
    part = np.array([[part_of(kind, way) for way in Assessment] for kind in Kind], np.int32)
    bits = 1 << part[known.slot_kind[slots], known.slot_assessment[slots]]
    return np.where(slots >= 0, bits, otherwise).astype(np.int32)
