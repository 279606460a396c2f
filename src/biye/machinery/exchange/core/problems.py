"""问题: what is wrong with an import, each with its place, value, reason code and severity; all of them, never only the first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """轻重: a refused row stays out, an asked one needs a person's yes, a note only informs."""

    REFUSE = "refuse"
    ASK = "ask"
    NOTE = "note"


_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: one thing that is wrong. Row 0 means the whole sheet; `value` is already masked where it is private."""

    code: str
    severity: Severity
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    details: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    count: int = 1  # rows alike that this one stands for


class Problems:
    """问题清单: counts every problem and keeps the first `keep` of each severity in full."""

    def __init__(self, keep: int = 10_000) -> None:
        self._keep = keep
        self._listed: list[Problem] = []
        self._kept: Counter[Severity] = Counter()
        self.counts: Counter[tuple[Severity, str]] = Counter()

    def add(self, problem: Problem) -> None:
        """One more problem, counted always and kept while there is room."""
        self.counts[problem.severity, problem.code] += problem.count
        if self._kept[problem.severity] < self._keep:
            self._kept[problem.severity] += 1
            self._listed.append(problem)

    def extend(self, problems: "Problems") -> None:
        """Another list after this one; what it did not keep is counted here too."""
        counted = Counter(problems.counts)
        for problem in problems.listed:
            counted[problem.severity, problem.code] -= problem.count
            self.add(problem)
        self.counts.update({key: number for key, number in counted.items() if number > 0})

    def count(self, severity: Severity) -> int:
        """How many problems of one severity there are, kept or not."""
        return sum(number for (kind, _), number in self.counts.items() if kind is severity)

    def has_room(self, severity: Severity) -> bool:
        """Is one more of this severity still kept in full?"""
        return self._kept[severity] < self._keep

    def count_only(self, severity: Severity, code: str, number: int) -> None:
        """Count problems that are not kept."""
        self.counts[severity, code] += number

    @property
    def listed(self) -> list[Problem]:
        """The problems kept in full, in the order in which they were found."""
        return list(self._listed)

    @property
    def unlisted(self) -> dict[Severity, int]:
        """How many problems are counted but not listed, by severity."""
        shown: Counter[Severity] = Counter()
        for problem in self._listed:
            shown[problem.severity] += problem.count
        return {kind: left for kind in Severity if (left := self.count(kind) - shown[kind])}
