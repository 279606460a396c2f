"""最近的办法: for a finding that is not met the least that would mend it; for one that is 待核实 who has to import what.

Fixes look at facts. They never depend on the order of courses, rules or rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from biye.audit.core.explain.evidence import Evidence
from biye.audit.core.explain.figures import Stored
from biye.audit.core.explain.phrases import FIXES, OWNED, PARTS, PHRASES
from biye.audit.core.explain.shapes import Fix
from biye.audit.core.explain.speaker import Speaker
from biye.audit.core.rulebook import Rule
from biye.audit.core.vocabulary import Needs
from biye.foundation.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a mender looks at: the rule, its numbers, whose they are, and where the facts are."""

    rule: Rule
    stored: Stored
    row: int
    evidence: Evidence
    speaker: Speaker

    @property
    def params(self) -> Any:
        """The rule's parameters."""
        return self.rule.params

    @property
    def plan(self) -> int:
        """The student's plan."""
        return self.evidence.plan(self.row)

    def says(self, key: str, **values: object) -> str:
        """A phrase of the catalogue, with the office that owns the rule."""
        return FIXES[key].format(office=self.speaker.office(self.rule.office), **values)


Mender = Callable[[Shortfall], tuple[Fix, ...]]
MENDERS: dict[str, Mender] = {}


def mends(*kinds: str) -> Callable[[Mender], Mender]:
    """Register a mender for these kinds of rule."""

    def register(mender: Mender) -> Mender:
        for kind in kinds:
            MENDERS[kind] = mender
        return mender

    return register


def fixes(rule: Rule, stored: Stored, row: int, evidence: Evidence, speaker: Speaker) -> tuple[Fix, ...]:
    """The nearest ways to mend one finding that is 不符合 or 待核实."""
    found = Shortfall(rule, stored, row, evidence, speaker)
    return _to_import(found) if stored.verdict is Verdict.UNKNOWN else MENDERS[rule.rule](found)


def _to_import(found: Shortfall) -> tuple[Fix, ...]:
    if Needs.GRADES in found.rule.kind.needs and found.plan >= 0:
        by_office: dict[str, list[str]] = {}
        for part in found.evidence.parts_lacking(found.row):
            by_office.setdefault(_owner(found, part.name), []).append(PARTS[part.name])
        if by_office:
            return tuple(
                Fix(FIXES["import_grades"].format(parts=PHRASES["and"].join(parts), office=office))
                for office, parts in by_office.items()
            )
    return (Fix(found.says("import_other")),)


def _owner(found: Shortfall, part: str) -> str:
    """The office that owns a part of the grades, by the fields it names; else the rule's own."""
    offices = found.speaker.loaded.school.offices
    for field in OWNED[part]:
        for name, office in offices.items():
            if field in office.fields:
                return found.speaker.office(name)
    return found.speaker.office(found.rule.office)
