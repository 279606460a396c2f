"""形状: pieces that school, season and rulebook files share. Unknown keys are refused everywhere."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from biye.foundation import amounts, moments, terms


def _words(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _score(value: Any) -> Any:
    return _exact(value, amounts.score, amounts.HUNDREDTHS, "not_a_score")


def _exact(value: Any, read: Any, scale: int, code: str) -> int:
    """Exact text (or a Decimal) as a scaled integer; a binary float is refused."""
    try:
        if isinstance(value, bool | float):
            raise ValueError("not exact")
        amount: int = read(value)
    except ValueError as error:
        raise PydanticCustomError(code, "not an exact number") from error
    if amount < 0:
        raise PydanticCustomError(code, "negative")
    return amount


def _term(value: Any) -> int:
    try:
        return terms.term(str(value))
    except ValueError as error:
        raise PydanticCustomError("not_a_term", "not a term") from error


def _moment(value: Any, info: ValidationInfo) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    zone = (info.context or {}).get("zone", moments.CHINA)
    try:
        return moments.moment(str(value), zone)
    except ValueError as error:
        code = "bare_date" if re.fullmatch(r"\s*\d{4}-\d{1,2}-\d{1,2}\s*", str(value)) else "not_a_moment"
        raise PydanticCustomError(code, "not a moment") from error


def _zone(value: Any) -> Any:
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise PydanticCustomError("not_a_zone", "no such zone") from error


@dataclass(frozen=True)
class Also:
    """In a JSON Schema: further shapes a value may be written in, beside the one it is read into."""

    shapes: tuple[str, ...]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The shape itself, or one of these plain types."""
        return {"anyOf": [*({"type": shape} for shape in self.shapes), handler(core)]}


def _text(shape: str, text: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": shape, "description": text, **more})


_MOMENT_TEXT = "时刻，如 2022-06-15 24:00（当日结束）；不可只写日期"
_TERM_TEXT = "学期，如 2020春"
TYPE_TEXTS = frozenset({"分数", _TERM_TEXT, _MOMENT_TEXT, "时区"})
_MOMENT_PATTERN = r"^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}$"

Words = Annotated[tuple[str, ...], BeforeValidator(_words), Also(("string",))]
Score = Annotated[int, BeforeValidator(_score), _text("number", "分数", minimum=0)]
Term = Annotated[int, BeforeValidator(_term), _text("string", _TERM_TEXT)]
Terms = Annotated[tuple[Term, ...], BeforeValidator(_words), Also(("string",))]
Moment = Annotated[datetime, BeforeValidator(_moment), _text("string", _MOMENT_TEXT, pattern=_MOMENT_PATTERN)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone), PlainSerializer(str), _text("string", "时区")]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Strict(BaseModel):
    """Unknown keys are refused. A shape never changes, so its hash is worked out once."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True)

    @cached_property
    def _digest(self) -> int:
        return hash(tuple(getattr(self, name) for name in type(self).model_fields))

    def __hash__(self) -> int:
        return self._digest


class Source(Strict):
    """依据: document id and clause."""

    document: str
    clause: str


class Document(Strict):
    """文件: a notice or regulation that clauses name; `short` is what a sentence calls it."""

    id: Identifier
    title: str
    short: str = "通知"


class When(Strict):
    """条件 over verdicts. Every key given must hold; each is three-valued, so an unknown fact keeps a row open.

    met: all are 符合 (or 不适用). not_met: all are 不符合. any_not_met / any_unknown: at least one is.
    """

    met: Words = ()
    not_met: Words = ()
    any_not_met: Words = ()
    any_unknown: Words = ()
    all: tuple["When", ...] = ()
    any: tuple["When", ...] = ()
    no: Annotated["When | None", Field(alias="not")] = None
    at_least: "AtLeast | None" = None

    def rules(self) -> frozenset[str]:
        """Every rule id the condition names, at any depth."""
        here = {*self.met, *self.not_met, *self.any_not_met, *self.any_unknown}
        if self.at_least is not None:
            here.update(self.at_least.of)
        inner = (*self.all, *self.any, *((self.no,) if self.no is not None else ()))
        return frozenset(here).union(*(part.rules() for part in inner))


class AtLeast(Strict):
    """至少几条: at least `n` of these rules are met."""

    n: int = Field(ge=1)
    of: Words
