"""限值: the figures a rule compares with, as a school writes them; exact integers, one for each student.

A limit is a number, the plan's (or level's) own figure, a table by level, mode, intake or centre, or a list of steps
for some people and some time. Numbers become scaled integers when they are read: a binary float is refused, as is a
number with more places than the scale holds.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Discriminator, Field, RootModel, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch
from biye.foundation.amounts import HUNDREDTHS, TENTHS, scaled
from biye.foundation.codes import MARK_WORDS, Mark, words_of
from biye.foundation.terms import term
from biye.foundation.verdicts import Truth
from biye.records.core.tables import Bools, Students
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People, belongs
from biye.seasons.core.shapes import Source, Strict

NOT_STATED = -1
OWN = -2
_WORD = -10  # a grade word is _WORD - its Mark
_MARKS = words_of(MARK_WORDS)
_LARGEST = np.iinfo(np.int32).max

Ints = npt.NDArray[np.int32]
Figure = Annotated[int, WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})]


class Step(Strict):
    """限值的一段: a value for some people, and from … until (both days included) where it changed."""

    for_: Annotated[People | None, Field(alias="for")] = None
    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    value: Figure
    source: Source | None = None


def _shape(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return "by"
    return "steps" if isinstance(raw, list | tuple) else "figure"


class Limit(
    RootModel[
        Annotated[
            Annotated[Figure, Tag("figure")]
            | Annotated[dict[str, Figure], Tag("by")]
            | Annotated[tuple[Step, ...], Tag("steps")],
            Discriminator(_shape),
        ]
    ]
):
    """限值. `scale`: parts of one unit; `own_word`: how a rulebook says "the plan's own figure", where it may."""

    model_config = {"frozen": True}
    scale: ClassVar[int] = 1
    own_word: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _exact(cls, raw: Any) -> Any:
        if isinstance(raw, Mapping | list | tuple) and not raw:
            raise PydanticCustomError("too_short", "empty", {"min_length": 1})
        if isinstance(raw, Mapping):
            return {str(key): cls._figure(value) for key, value in raw.items()}
        if isinstance(raw, list | tuple):
            return [cls._step(step) for step in raw]
        return cls._figure(raw)

    @classmethod
    def _step(cls, raw: Any) -> Any:
        if isinstance(raw, Mapping) and "value" in raw:
            return {**raw, "value": cls._figure(raw["value"])}
        return raw

    @classmethod
    def _figure(cls, raw: Any) -> int:
        if cls.own_word is not None and raw == cls.own_word:
            return OWN
        try:
            if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
                raise ValueError("not exact")
            figure = scaled(cls._text(raw), cls.scale)
        except ValueError as error:
            raise PydanticCustomError("decimal_parsing", "not an exact number of this unit") from error
        if not 0 <= figure <= _LARGEST:
            raise PydanticCustomError("decimal_parsing", "out of range")
        return figure

    @classmethod
    def _text(cls, raw: str | int | Decimal) -> str | int | Decimal:
        return raw

    def __hash__(self) -> int:
        root = self.root
        return hash(tuple(sorted(root.items())) if isinstance(root, dict) else root)

    def each(self, batch: Batch, own: Ints | None = None) -> Ints:
        """The limit of every student (n,), NOT_STATED where there is none; `own` is the plan's or level's own figure."""
        figures = self._figures(batch.students, batch.frame)
        if own is None or (isinstance(self.root, int) and self.root != OWN):
            return figures
        return own if isinstance(self.root, int) else np.where(figures == OWN, own, figures)

    def lacking(self, students: Students, frame: Frame) -> Bools:
        """Which students have no limit, or two different ones (n,); a mistake of the rulebook where they are concerned."""
        return self._figures(students, frame) == NOT_STATED

    def terms(self) -> tuple[int, ...]:
        """Intakes the table names, for whoever wants to try each."""
        return _terms(self.root) if isinstance(self.root, dict) else ()

    def _figures(self, students: Students, frame: Frame) -> Ints:
        if isinstance(self.root, int):
            return np.full(len(students), self.root, np.int32)
        if isinstance(self.root, dict):
            return _by_column(self.root, students, frame)
        return self._by_step(self.root, students, frame)

    def _by_step(self, steps: tuple[Step, ...], students: Students, frame: Frame) -> Ints:
        """Steps have no order: where two may hold and differ, nobody can say which."""
        day = frame.at.astimezone(frame.school.zone).date()
        least, most = np.full(len(students), _LARGEST, np.int32), np.full(len(students), -_LARGEST, np.int32)
        surely = np.zeros(len(students), bool)
        for step in steps:
            if (step.from_ is not None and day < step.from_) or (step.until is not None and day > step.until):
                continue
            people = step.for_ or People()
            truth = belongs(people, students, frame)
            may = truth != Truth.FALSE
            least[may] = np.minimum(least[may], step.value)
            most[may] = np.maximum(most[may], step.value)
            surely |= truth == Truth.TRUE
        return np.where(surely & (least == most), least, np.int32(NOT_STATED))


def _terms(table: Mapping[str, int]) -> tuple[int, ...]:
    """The keys as intakes; empty unless every one is."""
    try:
        return tuple(term(key) for key in table)
    except ValueError:
        return ()


def _by_column(table: Mapping[str, int], students: Students, frame: Frame) -> Ints:
    """By the column the keys are words of: intake, level, mode, else centre."""
    if terms := _terms(table):
        figures = np.full(len(students), NOT_STATED, np.int32)
        for intake, figure in zip(terms, table.values(), strict=True):
            figures[students.entry == intake] = figure
        return figures
    if all(key in frame.school.levels for key in table):
        column = students.level
    else:
        column = students.mode if all(key in frame.school.modes for key in table) else students.centre
    by_code = [table.get(word, NOT_STATED) for word in column.words]
    return np.array([*by_code, NOT_STATED], np.int32)[column.codes]


class CreditLimit(Limit):
    """学分限值, tenths; `plan` is the plan's own figure."""

    scale = TENTHS
    own_word = "plan"


class ScoreLimit(Limit):
    """分数限值, hundredths."""

    scale = HUNDREDTHS


class GradeLimit(ScoreLimit):
    """成绩限值: a score in hundredths, or a word such as 良."""

    @classmethod
    def _figure(cls, raw: Any) -> int:
        return _WORD - _MARKS[raw] if isinstance(raw, str) and raw in _MARKS else super()._figure(raw)

    @property
    def word(self) -> Mark | None:
        """The word asked for, where one word is asked of everybody."""
        return Mark(_WORD - self.root) if isinstance(self.root, int) and self.root <= _WORD else None

    def split(self, batch: Batch, numbers: Ints) -> tuple[Ints, Ints]:
        """The score asked (words by `numbers`, indexed by Mark; NOT_STATED where they have none) and the word's Mark (0: none)."""
        figures = self.each(batch)
        word = figures <= _WORD
        marks = np.where(word, _WORD - figures, Mark.NUMBER.value).astype(np.int32)
        return np.where(word, numbers[marks], figures).astype(np.int32), marks


class CountLimit(Limit):
    """个数限值."""


class CourseCountLimit(CountLimit):
    """门数限值; `plan` is as many as the plan has."""

    own_word = "plan"


class TermLimit(Limit):
    """学期数限值; `level` is the school's own figure for the level."""

    own_word = "level"


class ShareLimit(Limit):
    """比例限值, hundredths of a percent: 30, "30%" or 12.5."""

    scale = HUNDREDTHS

    @classmethod
    def _text(cls, raw: str | int | Decimal) -> str | int | Decimal:
        return raw.strip().rstrip("%％") if isinstance(raw, str) else raw
