"""审查规则: a rulebook as a school writes it (YAML), once its shape has been checked."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from biye.audit.core.vocabulary import Params, RuleKind, kinds
from biye.seasons.core.people import People


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
    """文件: a notice or regulation that clauses name."""

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


class Rule(Strict):
    """规则: which rule, for whom, which limit, from which clause, whose office."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    rule: str
    for_: Annotated[People | None, Field(alias="for")] = None
    source: Source
    office: str
    effect: str = ""  # e.g. 只影响学位，不影响毕业
    params: Params

    @property
    def kind(self) -> RuleKind:
        """The kind this rule is of."""
        return kinds()[self.rule]


class ConclusionRow(Strict):
    """审查结论: given when its condition holds; `unless` names rows that go before it. Order says nothing."""

    give: str
    for_: Annotated[People | None, Field(alias="for")] = None
    when: When
    unless: Words = ()
    favourable: bool = False
    source: Source | None = None


class Rulebook(Strict):
    """审查规则."""

    rulebook: str
    document: Document
    documents: tuple[Document, ...] = ()
    rules: tuple[Rule, ...]
    conclusions: tuple[ConclusionRow, ...] = ()
