"""已知: whom and what the rows of a sheet may name: students, plans and courses, from other sheets or from the database."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from biye.foundation.codes import Kind
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Each
from biye.machinery.exchange.core.texts import key
from biye.records.core.sheets.stacking import Positions, Stack


@dataclass(slots=True)
class Known:
    """Positions by what people write. Positions of students and courses are those of the lists given."""

    students: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    student_plan: Positions = field(default_factory=lambda: np.empty(0, np.int32))
    refused_students: frozenset[str] = frozenset()
    course_code: list[str] = field(default_factory=list)
    course_name: list[str] = field(default_factory=list)
    slot_plan: Positions = field(default_factory=lambda: np.empty(0, np.int32))
    slot_course: Positions = field(default_factory=lambda: np.empty(0, np.int32))
    slot_credits: Positions = field(default_factory=lambda: np.empty(0, np.int32))
    slot_kind: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    slot_assessment: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))

    def slots_of(self, plans: Positions, courses: Positions) -> Positions:
        """The slot of each plan and course, -1 where the plan has no such course."""
        if not len(self.slot_plan):
            return np.full(len(plans), -1, np.int32)
        width = max(len(self.course_code), 1)
        keys = self.slot_plan.astype(np.int64) * width + self.slot_course
        order = np.argsort(keys)
        wanted = np.where((plans >= 0) & (courses >= 0), plans.astype(np.int64) * width + courses, -1)
        place = np.searchsorted(keys[order], wanted).clip(max=len(keys) - 1)
        slots = order[place]
        return np.where(keys[slots] == wanted, slots, -1).astype(np.int32)

    def thesis_of_plans(self) -> dict[int, list[int]]:
        """毕业论文: the thesis courses of each plan."""
        found: dict[int, list[int]] = {}
        for slot in np.flatnonzero(self.slot_kind == Kind.THESIS).tolist():
            found.setdefault(int(self.slot_plan[slot]), []).append(int(self.slot_course[slot]))
        return found


def find_students(stack: Stack, known: Known) -> Positions:
    """The student of each row, -1 where there is none; says who is unknown, and whose name is another."""
    numbers = stack["student_no"]
    lookup = np.array(
        [-1 if number is None else known.students.get(number, -1) for number in numbers.distinct], np.int32
    )
    students = lookup[numbers.codes]
    lost = np.array([number in known.refused_students for number in numbers.distinct], np.bool_)[numbers.codes]
    missing = (students < 0) & numbers.known
    stack.complain(missing & ~lost, "student_unknown", Severity.REFUSE, "student_no", Each.VALUE)
    stack.complain(missing & lost, "student_refused", Severity.REFUSE, "student_no", Each.VALUE)
    _compare_names(stack, students, known)
    return students


def _compare_names(stack: Stack, students: Positions, known: Known) -> None:
    if "name" not in stack:
        return
    names = stack["name"]
    rows = np.flatnonzero((students >= 0) & names.known)
    pairs = students[rows].astype(np.int64) * len(names.distinct) + names.codes[rows]
    distinct, place = np.unique(pairs, return_inverse=True)
    for index, pair in enumerate(distinct.tolist()):
        student, code = divmod(pair, len(names.distinct))
        if names.distinct[code] != known.names[student] and key(names.distinct[code]) != key(known.names[student]):
            alike = rows[place == index].tolist()
            stack.post(alike, "name_differs", Severity.ASK, "name", {"name": known.names[student]})
