"""课程选择: which courses of the plan a rule speaks of, by module, kind, assessment, name … and how they were obtained.

A selector becomes one table over plans: for each slot a bit for every way its result may have been obtained, and one
for "no result". What does not depend on the way has all bits or none, so most rules never look at single results.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from fnmatch import fnmatchcase
from functools import reduce
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch
from biye.audit.core.bitsets import Bits, pack
from biye.audit.core.grades import Attempt
from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import (
    ASSESSMENT_WORDS,
    KIND_WORDS,
    OBTAINED_WORDS,
    Assessment,
    Kind,
    Obtained,
    words_of,
)
from biye.records.core.tables import Bools
from biye.seasons.core.shapes import Strict, Words

Ways = npt.NDArray[np.uint8]
NO_RESULT = len(Obtained)
ALL_WAYS = (1 << (NO_RESULT + 1)) - 1


def _coded[E: IntEnum](table: dict[E, tuple[str, ...]]) -> Any:
    """A list of Chinese words read as codes; a single word will do."""
    codes = words_of(table)
    shown = ", ".join(words[0] for words in table.values())

    def read(value: Any) -> Any:
        listed = [value] if isinstance(value, str | IntEnum) else value
        if not isinstance(listed, list | tuple):
            raise PydanticCustomError("list_type", "not a list of words")
        unknown = [word for word in listed if not isinstance(word, IntEnum) and word not in codes]
        if unknown:
            raise PydanticCustomError("enum", "unknown word", {"expected": shown})
        return tuple(sorted({word if isinstance(word, IntEnum) else codes[word] for word in listed}))

    choice = {"enum": sorted(codes)}
    return BeforeValidator(read), WithJsonSchema({"anyOf": [choice, {"type": "array", "items": choice}]})


Kinds = Annotated[tuple[Kind, ...], *_coded(KIND_WORDS)]
Assessments = Annotated[tuple[Assessment, ...], *_coded(ASSESSMENT_WORDS)]
Obtaining = Annotated[tuple[Obtained, ...], *_coded(OBTAINED_WORDS)]


class Selector(Strict):
    """课程选择. Every key given must hold; within a key any word will do; `*` stands for any characters.

    `not` leaves out whatever meets any one of its keys: {not: {kind: 毕业论文, obtained: 免修}} is neither of them.
    """

    module: Words = Field(default=(), description="模块：代码或名称")
    kind: Kinds = Field(default=(), description="课程性质：必修、选修、实践、毕业论文")
    assessment: Assessments = Field(default=(), description="考核方式：考试、考查")
    core: bool | None = Field(default=None, description="是否主干课")
    degree: bool | None = Field(default=None, description="是否学位课")
    code: Words = Field(default=(), description="课程代码")
    name: Words = Field(default=(), description="课程名称")
    obtained: Obtaining = Field(default=(), description="取得方式：正考、补考、重修、免修、替代、学分互认")
    all: tuple["Selector", ...] = Field(default=(), description="各项同时成立")
    any: tuple["Selector", ...] = Field(default=(), description="任一项成立")
    no: Annotated["Selector | None", Field(alias="not", description="其中任何一项成立的都不算")] = None


EVERY_COURSE = Selector()


def ways(selector: Selector, plans: PlanGrid) -> Ways:
    """选择表 (P+1, S): by which ways of obtaining a slot is selected; 0 where it never is."""
    return plans.once(("ways", selector), lambda: _ways(selector, plans))


def _ways(selector: Selector, plans: PlanGrid) -> Ways:
    every = plans.valid * np.uint8(ALL_WAYS)
    return reduce(np.bitwise_and, _keys(selector, plans), every)


def _plain(selector: Selector, plans: PlanGrid) -> Bits | None:
    """The selection as bits (P+1, W) where it does not depend on results."""
    table = ways(selector, plans)
    return None if np.any((table != 0) & (table != ALL_WAYS)) else pack(table != 0)


def _keys(selector: Selector, plans: PlanGrid) -> list[Ways]:
    masks: list[Bools] = []
    if selector.module:
        masks.append(_in_module(selector.module, plans))
    if selector.kind:
        masks.append(np.isin(plans.kind, selector.kind))
    if selector.assessment:
        masks.append(np.isin(plans.assessment, selector.assessment))
    if selector.core is not None:
        masks.append(plans.core == selector.core)
    if selector.degree is not None:
        masks.append(plans.degree == selector.degree)
    if selector.code:
        masks.append(_named(plans.courses.code, selector.code)[plans.course])
    if selector.name:
        masks.append(_named(plans.courses.name, selector.name)[plans.course])
    keys = [mask * np.uint8(ALL_WAYS) for mask in masks]
    if selector.obtained:
        keys.append(np.full(plans.valid.shape, sum(1 << way for way in selector.obtained), np.uint8))
    if selector.all:
        keys.append(reduce(np.bitwise_and, (ways(part, plans) for part in selector.all)))
    if selector.any:
        keys.append(reduce(np.bitwise_or, (ways(part, plans) for part in selector.any)))
    if selector.no is not None:
        left_out = reduce(np.bitwise_or, _keys(selector.no, plans), np.zeros_like(plans.valid, np.uint8))
        keys.append(np.uint8(ALL_WAYS) & ~left_out)
    return keys


def _named(names: Iterable[str], patterns: tuple[str, ...]) -> Bools:
    """By position in `names`, with False at the end for position -1."""
    return np.array([*(any(fnmatchcase(name, pattern) for pattern in patterns) for name in names), False])


def _in_module(patterns: tuple[str, ...], plans: PlanGrid) -> Bools:
    source = plans.source
    rows = _named(source.module_code, patterns) | _named(source.module_name, patterns)
    by_module = np.concatenate([rows[plans.module_row], np.zeros((len(plans.module_row), 1), bool)], axis=1)
    return np.take_along_axis(by_module, plans.module.astype(np.intp), axis=1)


@dataclass(frozen=True, slots=True)
class Selection:
    """选中的课程 of n students, as bits (n, W): surely selected, and selected if an open slot turns out that way."""

    surely: Bits
    perhaps: Bits


def select(batch: Batch, selector: Selector, attempt: Attempt = "best") -> Selection:
    """选课: the slots of each student's plan the selector means."""
    return batch.once(("select", selector, attempt), lambda: _select(batch, selector, attempt))


def _select(batch: Batch, selector: Selector, attempt: Attempt) -> Selection:
    plain = batch.plans.once(("plain", selector), lambda: _plain(selector, batch.plans))
    if plain is not None:
        chosen = batch.by_plan(plain)
        return Selection(chosen, chosen)
    asked = batch.by_plan(ways(selector, batch.plans))
    result = asked & batch.way(attempt) != 0
    if not batch.any_open(attempt):
        surely = pack(result)
        return Selection(surely, surely)
    open_ = batch.open_slots(attempt)
    return Selection(pack(np.where(open_, asked == ALL_WAYS, result)), pack(np.where(open_, asked != 0, result)))
