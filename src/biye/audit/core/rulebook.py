"""审查规则: a rulebook as a school writes it (YAML), once its shape has been checked."""

from functools import cache
from typing import Annotated, Any, Literal, cast

from pydantic import Field, create_model

from biye.audit.core.vocabulary import Params, RuleKind, kinds
from biye.seasons.core.people import People
from biye.seasons.core.shapes import Document, Identifier, Source, Strict, When, Words


class RuleHead(Strict):
    """规则: which rule, for whom, from which clause, whose office; what every kind of rule says."""

    id: Identifier
    label: str
    rule: str
    for_: Annotated[People | None, Field(alias="for")] = None
    source: Source
    office: str
    effect: str = ""  # e.g. 只影响学位，不影响毕业


class Rule(RuleHead):
    """规则, with what its kind lets it say."""

    params: Params

    @property
    def kind(self) -> RuleKind:
        """The kind this rule is of."""
        return kinds()[self.rule]

    @classmethod
    def from_entry(cls, entry: RuleHead, kind: RuleKind) -> "Rule":
        """From an entry as it is written, head and parameters side by side."""
        params = kind.params.model_construct(**{name: getattr(entry, name) for name in kind.params.model_fields})
        head = {name: getattr(entry, name) for name in RuleHead.model_fields}
        return cls(**head, params=params)


@cache
def entry_model(name: str) -> type[RuleHead]:
    """The shape of a rule of this kind as it is written in a rulebook."""
    kind = kinds()[name]
    title = "".join(part.capitalize() for part in name.replace("_", ".").split("."))
    written: Any = {"__base__": (kind.params, RuleHead), "__doc__": kind.measure.__doc__, "rule": Literal[name]}
    return cast("type[RuleHead]", create_model(title, **written))


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
