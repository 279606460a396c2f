"""草稿: invented facts while they can still be changed, one student at a time; turned into record tables at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.limits import OWN, Limit
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.rulebook import Rule
from biye.audit.core.sample.attempts import Attempts
from biye.audit.core.sample.cohort import Cohort
from biye.foundation.codes import Outcome, Part
from biye.records.core.tables import (
    Certificates,
    Coded,
    Courses,
    Exams,
    Fees,
    Flags,
    History,
    Photos,
    Plans,
    RecordTables,
    Sanctions,
    Students,
)
from biye.seasons.core.frame import Frame
from biye.seasons.core.school import School

# Columns of the students' sheet that are written for everybody.
WRITTEN = (
    *("student_no", "name", "sex", "birth_date", "ethnicity", "political_status", "identity_type", "identity_number"),
    *("exam_no", "telephone", "level", "mode", "entry", "major", "plan", "centre", "status", "suspended_terms"),
    "outside_system",
)


@dataclass(slots=True)
class Draft:
    """草稿: facts of n students as rows that can still be changed; `None` in place of rows: not imported for the student."""

    loaded: LoadedSeason
    frame: Frame
    cohort: Cohort
    plans: Plans
    courses: Courses
    attempts: Attempts
    exams: list[dict[str, tuple[Outcome, int, str]] | None]  # subject → outcome, score, reason of an exemption
    certificates: list[list[tuple[str, int, int]] | None]  # kind, score, day
    fees: list[list[tuple[str, int, int, int, int]] | None]  # kind, year, cents due, cents paid, day posted
    photos: list[tuple[int, int, str, int, int] | None]  # at CHSI, since, comparison, compared, specification
    sanctions: list[list[tuple[str, int, int]]] = field(default_factory=list)  # kind, imposed, lifted
    flags: list[list[tuple[str, int]]] = field(default_factory=list)  # flag, cleared
    history: list[list[tuple[int, str, str]]] = field(default_factory=list)  # season, conclusion, outcome
    blank: dict[str, set[int]] = field(default_factory=dict)  # column of students → rows where it is left empty
    _figures: dict[Limit, npt.NDArray[np.int32]] = field(default_factory=dict)

    @property
    def students(self) -> Students:
        """The students as they are so far."""
        return self.cohort.students

    @property
    def school(self) -> School:
        """The school."""
        return self.loaded.school

    def deadline(self, name: str | None) -> datetime:
        """When a calendar entry closes; of none, the last one to close, or the moment asked about."""
        if name is not None:
            return self.frame.calendar[name]
        return max(self.frame.calendar.values(), default=self.frame.at)

    def figure(self, limit: Limit, row: int) -> int:
        """A rule's limit for one student; of a plan's own figure, its total credits."""
        if limit not in self._figures:
            figures = limit._figures(self.students, self.frame)  # noqa: SLF001
            own = self.plans.total_credits[self.students.plan]
            self._figures[limit] = np.where(figures == OWN, own, figures)
        return int(self._figures[limit][row])


Trouble = Callable[[Draft, int, Rule], None]


def tables(draft: Draft) -> RecordTables:
    """The draft as record tables, parts marked as imported for whom there are rows."""
    results = draft.attempts.rows()
    students = draft.students
    grid = draft.attempts.grid
    covered = np.zeros(len(students), np.int32)
    slot = grid.slot_of[students.plan[results.student], results.course]
    part = grid.part[students.plan[results.student], np.maximum(slot, 0)].astype(np.int32)
    np.bitwise_or.at(covered, results.student[slot >= 0], 1 << part[slot >= 0])
    listed: tuple[tuple[Part, list[Any]], ...] = (
        (Part.EXAMS, draft.exams),
        (Part.CERTIFICATES, draft.certificates),
        (Part.FEES, draft.fees),
        (Part.PHOTOS, draft.photos),
        (Part.HISTORY, draft.history),
    )
    for number, rows in listed:
        covered[[bool(row) for row in rows]] |= 1 << number
    for number, rows in ((Part.SANCTIONS, draft.sanctions), (Part.FLAGS, draft.flags)):
        covered |= any(rows) << number  # such a sheet speaks for everybody, where there is one
    students.covered = covered
    students.filled = {name: np.ones(len(students), bool) for name in WRITTEN}
    for name, empty in draft.blank.items():
        students.filled[name][list(empty)] = False
    return RecordTables(
        students=students,
        plans=draft.plans,
        courses=draft.courses,
        results=results,
        exams=_exams(draft),
        certificates=_certificates(draft),
        fees=_fees(draft),
        sanctions=_sanctions(draft),
        flags=_flags(draft),
        photos=_photos(draft),
        history=_history(draft),
    )


def _flat(lists: list[Any], width: int) -> tuple[npt.NDArray[np.int32], list[list[Any]]]:
    """Students' rows one after another: whose they are, and their columns."""
    student = [row for row, facts in enumerate(lists) for _ in facts or ()]
    rows = [fact for facts in lists for fact in facts or ()]
    return np.array(student, np.int32), [list(column) for column in zip(*rows, strict=True)] or [
        [] for _ in range(width)
    ]


def _exams(draft: Draft) -> Exams:
    rows = [[(subject, *facts) for subject, facts in (exams or {}).items()] for exams in draft.exams]
    student, (subject, outcome, score, reason) = _flat(rows, 4)
    return Exams(student, Coded.of(subject), np.array(outcome, np.int8), np.array(score, np.int32), Coded.of(reason))


def _certificates(draft: Draft) -> Certificates:
    student, (kind, score, day) = _flat(draft.certificates, 3)
    return Certificates(student, Coded.of(kind), np.array(score, np.int32), np.array(day, np.int32))


def _fees(draft: Draft) -> Fees:
    student, (kind, year, due, paid, posted) = _flat(draft.fees, 5)
    cents = (np.array(due, np.int64), np.array(paid, np.int64))
    return Fees(student, Coded.of(kind), np.array(year, np.int16), *cents, np.array(posted, np.int32))


def _sanctions(draft: Draft) -> Sanctions:
    student, (kind, imposed, lifted) = _flat(draft.sanctions, 3)
    return Sanctions(student, Coded.of(kind), np.array(imposed, np.int32), np.array(lifted, np.int32))


def _flags(draft: Draft) -> Flags:
    student, (flag, cleared) = _flat(draft.flags, 2)
    return Flags(student, Coded.of(flag), np.array(cleared, np.int8))


def _photos(draft: Draft) -> Photos:
    student, (at_chsi, since, comparison, compared, spec) = _flat([[one] if one else [] for one in draft.photos], 5)
    return Photos(
        student,
        np.array(at_chsi, np.int8),
        np.array(since, np.int64),
        Coded.of(comparison),
        np.array(compared, np.int64),
        np.array(spec, np.int8),
    )


def _history(draft: Draft) -> History:
    student, (season, conclusion, outcome) = _flat(draft.history, 3)
    return History(student, np.array(season, np.int16), Coded.of(conclusion), Coded.of(outcome))
