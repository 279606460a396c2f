"""形状: pieces that school, season and rulebook files share. Unknown keys are refused everywhere."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _words(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Strict(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(Strict):
    """依据: document id and clause."""

    document: str
    clause: str


class Document(Strict):
    """文件: a notice or regulation that clauses name; `short` is what a sentence calls it."""

    id: str
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


class AtLeast(Strict):
    """At least `n` of these rules are met."""

    n: int = Field(ge=1)
    of: Words
