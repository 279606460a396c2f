"""数值的说法: for every kind of rule what the stored numbers of a finding say, as values for the catalogue's sentences.

A teller takes only what a run stores (verdict, have, need, detail), the rule's parameters and the plan's names, never facts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from biye.audit.core.explain.names import Names
from biye.audit.core.explain.wording import figure
from biye.audit.core.vocabulary import Unit
from biye.foundation.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Stored:
    """存下的数值: what a run keeps of one rule and student."""

    verdict: Verdict
    have: int
    need: int
    detail: int


@dataclass(slots=True)
class Told:
    """说法: values for the sentences, and which of a kind's sentences is meant."""

    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    have: str = ""
    need: str = ""


Teller = Callable[[Any, Stored, int, Names], Told]
TELLERS: dict[str, Teller] = {}


def tells(*kinds: str) -> Callable[[Teller], Teller]:
    """Register a teller for these kinds of rule."""

    def register(teller: Teller) -> Teller:
        for kind in kinds:
            TELLERS[kind] = teller
        return teller

    return register


def plain(stored: Stored, unit: Unit) -> dict[str, str]:
    """have, need and the gap between them."""
    return {
        "have": figure(stored.have, unit),
        "need": figure(stored.need, unit),
        "gap": figure(abs(stored.need - stored.have), unit),
    }
