"""规则词汇: which kinds of rule there are. A new kind is one function with a parameter class, registered here by `kind`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.grades import Attempt
from biye.foundation.verdicts import Verdict


class Unit(StrEnum):
    """计量单位 of have and need, by which they are written out."""

    CREDITS = "credits"  # tenths
    SCORE = "score"  # hundredths
    COUNT = "count"
    PERCENT = "percent"  # hundredths of a percent
    TERMS = "terms"
    MONEY = "money"  # yuan, rounded up
    CODE = "code"  # a code the kind explains itself


class Needs(StrEnum):
    """所需事实: parts of the records a kind looks at, so that nothing else is loaded."""

    GRADES = "grades"
    RETAKES = "retakes"
    EXAMS = "exams"
    CERTIFICATES = "certificates"
    FEES = "fees"
    SANCTIONS = "sanctions"
    FLAGS = "flags"
    PHOTOS = "photos"
    HISTORY = "history"
    IDENTITY = "identity"
    FILLED = "filled"
    RANKING = "ranking"


IfNone = Literal["unknown", "met", "not_met"]
"""无可审查时: what a rule answers that found nothing to look at; nothing is taken for granted unless a rulebook says so."""


def answer(if_none: IfNone) -> Verdict:
    """The verdict a rulebook gives for nothing."""
    return Verdict[if_none.upper()]


def _some(value: object) -> object:
    # pydantic's own lower bound counts only the items that were right, and complains twice.
    if isinstance(value, list | tuple) and not value:
        raise PydanticCustomError("too_short", "empty", {"min_length": 1})
    return value


NotEmpty = BeforeValidator(_some)
"""不可为空: a list with something in it."""


class Params(BaseModel):
    """规则参数: what one kind of rule lets a rulebook say; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True)

    def attempts(self) -> frozenset[Attempt]:
        """Which attempts beside the best the rule looks at."""
        attempt: Attempt = getattr(self, "attempt", "best")
        return frozenset({attempt})


@dataclass(frozen=True, slots=True)
class RuleKind:
    """规则种类."""

    name: str
    unit: Unit
    needs: frozenset[Needs]
    params: type[Params]
    measure: Callable[[Batch, Any], Measured]


_KINDS: dict[str, RuleKind] = {}
_MODULES = (
    "credits",
    "courses",
    "choices",
    "grades",
    "exams",
    "fees",
    "standing",
    "photos",
    "records",
    "history",
    "ranks",
)


def kind[F: Callable[[Batch, Any], Measured]](name: str, unit: Unit, *needs: Needs) -> Callable[[F], F]:
    """Register a rule function `(batch, params) -> Measured` under its name; the annotation of `params` is its parameter class."""

    def register(measure: F) -> F:
        params = get_type_hints(measure)["params"]
        _KINDS[name] = RuleKind(name, unit, frozenset(needs), params, measure)
        return measure

    return register


@cache
def kinds() -> dict[str, RuleKind]:
    """Every kind of rule by name."""
    for module in _MODULES:
        import_module(f"biye.audit.core.rules.{module}")
    return _KINDS
