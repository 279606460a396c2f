"""审查计数: how many students got which conclusion and which verdict, in all and by centre; what the season page shows.

Counted from stored columns, so that a run that was judged and one that was put together from two are counted alike.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.engine import SEVERAL, UNDECIDED, Programme
from biye.foundation.verdicts import Truth, Verdict
from biye.records.core.tables import Coded

Longs = npt.NDArray[np.int64]
OFFSET = 2  # SEVERAL and UNDECIDED are negative


@dataclass(frozen=True, slots=True)
class Group:
    """一组学生 that are alike in all these columns; `count` says how many they are."""

    centre: Coded
    candidate: Longs
    inside: Longs
    conclusion: Longs
    not_met: Longs
    unknown: Longs
    not_required: Longs
    count: Longs


@dataclass(slots=True)
class Tally:
    """计数 of a run, added up group by group."""

    programme: Programme
    total: int = 0
    scope: Longs = field(default_factory=lambda: np.zeros((3, 3), np.int64))  # inside × candidate
    conclusions: dict[str, Longs] = field(default_factory=dict)  # centre → by conclusion + OFFSET, candidates only
    verdicts: dict[str, Longs] = field(default_factory=dict)  # centre → (R, 4), candidates only

    def add(self, group: Group) -> None:
        """Count these too."""
        self.total += int(group.count.sum())
        np.add.at(self.scope, (group.inside, group.candidate), group.count)
        chosen = group.candidate == Truth.TRUE
        centres, place = np.unique(group.centre.codes[chosen], return_inverse=True)
        count, size = group.count[chosen], len(centres)
        width = len(next(iter(self.programme.books.values())).conclusions) + OFFSET
        given = _counted(place * width + group.conclusion[chosen] + OFFSET, count, size * width).reshape(size, width)
        by_rule = [
            _counted(place * 4 + _verdict(group, chosen, number), count, size * 4).reshape(size, 4)
            for number in range(len(self.programme.rules))
        ]
        for at, code in enumerate(centres.tolist()):
            centre = group.centre.words[code] if code >= 0 else ""
            self.conclusions[centre] = self.conclusions.get(centre, 0) + given[at]
            self.verdicts[centre] = self.verdicts.get(centre, 0) + np.stack([rule[at] for rule in by_rule])

    def plain(self) -> dict[str, Any]:
        """As it is kept with the run; keys in a fixed order."""
        rules = [rule.id for rule in self.programme.rules]
        gives = [row.give for row in next(iter(self.programme.books.values())).conclusions]
        centres = sorted(self.conclusions)
        return {
            "students": self.total,
            "inside": int(self.scope[Truth.TRUE].sum()),
            "candidates": int(self.scope[:, Truth.TRUE].sum()),
            "candidate_unknown": int(self.scope[:, Truth.UNKNOWN].sum()),
            "to_clean_up": int(self.scope[Truth.TRUE, Truth.FALSE]),
            "conclusions": _named(
                sum((self.conclusions[one] for one in centres), np.zeros(len(gives) + OFFSET, np.int64)), gives
            ),
            "rules": _by_rule(sum((self.verdicts[one] for one in centres), np.zeros((len(rules), 4), np.int64)), rules),
            "centres": {
                one: {
                    "conclusions": _named(self.conclusions[one], gives),
                    "rules": _by_rule(self.verdicts[one], rules),
                }
                for one in centres
            },
        }


def _counted(place: Longs, count: Longs, size: int) -> Longs:
    return np.bincount(place, weights=count, minlength=size).astype(np.int64)


def _verdict(group: Group, chosen: npt.NDArray[np.bool_], number: int) -> Longs:
    """Each student's verdict on one rule."""
    verdict = np.full(int(chosen.sum()), Verdict.MET, np.int64)
    for bits, meaning in (
        (group.not_met, Verdict.NOT_MET),
        (group.unknown, Verdict.UNKNOWN),
        (group.not_required, Verdict.NOT_REQUIRED),
    ):
        verdict[(bits[chosen] >> number & 1) == 1] = meaning
    return verdict


def _named(given: Longs, gives: list[str]) -> dict[str, int]:
    """By the conclusion's own words; `undecided` and `several` are no conclusions."""
    named = {
        "undecided": int(given[UNDECIDED + OFFSET]),
        "several": int(given[SEVERAL + OFFSET]),
        **dict.fromkeys(gives, 0),
    }
    for at, give in enumerate(gives):
        named[give] += int(given[at + OFFSET])
    return named


def _by_rule(verdicts: Longs, rules: list[str]) -> dict[str, dict[str, int]]:
    return {
        rule: {verdict.name.lower(): int(verdicts[at, verdict]) for verdict in Verdict} for at, rule in enumerate(rules)
    }
