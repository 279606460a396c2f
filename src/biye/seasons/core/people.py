"""适用对象: which students a rule, a conclusion, a route or a season concerns; three-valued, as facts may be unknown."""

from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from biye.foundation.terms import UNKNOWN_TERM
from biye.foundation.verdicts import Truth, Verdicts, every, opposite, some
from biye.records.core.tables import Bools, Coded, Students
from biye.seasons.core.frame import Frame
from biye.seasons.core.shapes import Also, Strict, Term, Terms, Words

UNKNOWN_TERMS = -1
_TRUTH = np.array([Truth.FALSE, Truth.TRUE], np.uint8)


def _entries(value: Any) -> Any:
    return {"terms": value} if isinstance(value, str | list | tuple) else value


class Entries(Strict):
    """入学批次: named terms, or a range; from and until include their term, after and before do not."""

    terms: Terms = ()
    from_: Annotated[Term | None, Field(alias="from")] = None
    until: Term | None = None
    after: Term | None = None
    before: Term | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Entries":
        if not (self.terms or self.bounds()):
            raise PydanticCustomError("empty_entries", "no term named")
        return self

    def bounds(self) -> tuple[Term, ...]:
        """The terms a range ends at."""
        return tuple(bound for bound in (self.from_, self.until, self.after, self.before) if bound is not None)

    def holds(self, entry: npt.NDArray[np.int16]) -> Bools:
        """Does each term belong?"""
        inside = np.ones(len(entry), bool)
        if self.terms:
            inside = np.logical_or.reduce([entry == one for one in self.terms])
        if self.from_ is not None:
            inside &= entry >= self.from_
        if self.until is not None:
            inside &= entry <= self.until
        if self.after is not None:
            inside &= entry > self.after
        if self.before is not None:
            inside &= entry < self.before
        return inside


class People(Strict):
    """适用对象: every key given must hold."""

    level: Words = ()
    mode: Words = ()
    centre: Words = ()
    major: Words = ()
    plan: Words = ()
    status: Words = ()
    entry: Annotated[Entries | None, BeforeValidator(_entries), Also(("string", "array"))] = None
    within_study_limit: bool | None = None
    outside_system: bool | None = None
    all: tuple["People", ...] = ()
    any: tuple["People", ...] = ()
    no: Annotated["People | None", Field(alias="not")] = None

    def parts(self) -> tuple["People", ...]:
        """This selector and every one nested in it."""
        nested = (*self.all, *self.any, *((self.no,) if self.no is not None else ()))
        return (self, *(part for one in nested for part in one.parts()))


def belongs(people: People, students: Students, frame: Frame) -> Verdicts:
    """Is each student one of these people? Truth (n,); an unknown level, intake … gives UNKNOWN where it matters."""
    truths: list[Verdicts] = []
    if people.level:
        truths.append(_among(students.level, people.level))
    if people.mode:
        truths.append(_among(students.mode, people.mode))
    if people.centre:
        truths.append(_among(students.centre, people.centre))
    if people.major:
        truths.append(_among(students.major, people.major))
    if people.plan:
        truths.append(_among(Coded(students.plan, list(students.plan_codes)), people.plan))
    if people.status:
        truths.append(_among(students.status, people.status))
    if people.entry is not None:
        inside = _TRUTH[people.entry.holds(students.entry).view(np.uint8)]
        inside[students.entry == UNKNOWN_TERM] = Truth.UNKNOWN
        truths.append(inside)
    if people.within_study_limit is not None:
        within = within_study_limit(students, frame)
        truths.append(within if people.within_study_limit else opposite(within))
    if people.outside_system is not None:
        truths.append(_TRUTH[(students.outside_system == people.outside_system).view(np.uint8)])
    if people.all:
        truths.append(every([belongs(part, students, frame) for part in people.all]))
    if people.any:
        truths.append(some([belongs(part, students, frame) for part in people.any]))
    if people.no is not None:
        truths.append(opposite(belongs(people.no, students, frame)))
    if not truths:
        return np.full(len(students), Truth.TRUE, np.uint8)
    return truths[0] if len(truths) == 1 else every(truths)


def terms_studied(students: Students, frame: Frame) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """已学学期数: the least and the most terms between intake and season, suspension taken off where it does not count.

    Unknown suspension may be as long as the whole time; an unknown intake gives 0 and the largest number.
    """
    elapsed = frame.season_term - students.entry.astype(np.int32)
    suspended = students.suspended_terms.astype(np.int32)
    counts = _by_level(
        students, frame, {name: int(level.suspension_counts) for name, level in frame.school.levels.items()}
    )
    shorter = np.where(suspended == UNKNOWN_TERMS, 0, elapsed - suspended)
    least = np.where(counts == 1, elapsed, shorter)
    most = np.where((counts == 0) & (suspended != UNKNOWN_TERMS), shorter, elapsed)
    unknown = students.entry == UNKNOWN_TERM
    least[unknown], most[unknown] = 0, np.iinfo(np.int32).max
    return least, most


def within_study_limit(students: Students, frame: Frame) -> Verdicts:
    """未超出最长学习年限: Truth (n,)."""
    limit = _by_level(students, frame, {name: level.max_terms for name, level in frame.school.levels.items()})
    least, most = terms_studied(students, frame)
    truth = np.where(most <= limit, Truth.TRUE, np.where(least > limit, Truth.FALSE, Truth.UNKNOWN))
    return np.where(limit < 0, Truth.UNKNOWN, truth).astype(np.uint8)


def _by_level(students: Students, frame: Frame, values: dict[str, int]) -> npt.NDArray[np.int32]:
    """A figure of the school by each student's level; -1 where the level is unknown."""
    table = np.array([values.get(word, -1) for word in students.level.words] + [-1], np.int32)
    return table[students.level.codes]


def _among(column: Coded, words: tuple[str, ...]) -> Verdicts:
    truth = np.array(
        [Truth.TRUE if word in words else Truth.FALSE for word in column.words] + [Truth.UNKNOWN], np.uint8
    )
    return truth[column.codes]
