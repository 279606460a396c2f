"""审查规则: a rulebook as a school writes it (YAML), once its shape has been checked."""

from typing import Annotated

from pydantic import Field

from biye.audit.core.vocabulary import Params, RuleKind, kinds
from biye.seasons.core.people import People
from biye.seasons.core.shapes import Document, Source, Strict, When, Words


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
