"""列定义: what the columns of a sheet are called, what may stand in them, and how a text becomes a value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.texts import bare_heading, clean, heading

Parser = Callable[[str], Any]


class BadValue(Exception):
    """A text that is no value of its column, or one that needs a second look: then `kept` is the value all the same."""

    def __init__(self, code: str, severity: Severity = Severity.REFUSE, kept: Any = None, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.severity = severity
        self.kept = kept
        self.details = details


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """列: our name, the Chinese heading that is ours, the headings others use, and the parser.

    required: a blank is refused. private: shown masked. accepts and example stand in the documentation.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    parse: Parser = clean
    required: bool = False
    private: bool = False
    accepts: str = "文字"
    example: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading as it is compared, ours first."""
        return tuple(dict.fromkeys(heading(name) for name in (self.label, self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """表: one kind of sheet. needs: from each group one column must be there, which is also how the kind is recognised.

    hints: words in the name of file or sheet that speak for this kind.
    """

    kind: str
    label: str
    columns: tuple[ColumnSpec, ...]
    needs: tuple[tuple[str, ...], ...]
    hints: tuple[str, ...] = ()
    remark: str = ""

    def __getitem__(self, name: str) -> ColumnSpec:
        return next(column for column in self.columns if column.name == name)

    def with_aliases(self, more: Mapping[str, Iterable[str]]) -> "SheetSpec":
        """The same with a school's own headings, by our name or our heading of the column."""
        if not more:
            return self
        columns = tuple(
            replace(column, aliases=(*column.aliases, *more.get(column.name, ()), *more.get(column.label, ())))
            for column in self.columns
        )
        return replace(self, columns=columns)

    def match(self, headings: list[tuple[str, ...]]) -> "Match":
        """Which of our columns stand where; `headings` holds for each column the ways to read its heading."""
        rank = {name: (order, column.name) for column in self.columns for order, name in enumerate(column.headings)}
        found: dict[str, tuple[int, int]] = {}
        twice: list[int] = []
        for place, ways in enumerate(headings):
            way = next((way for way in ways if way in rank), None)
            if way is None:
                continue
            order, name = rank[way]
            if name not in found:
                found[name] = (order, place)
            elif order < found[name][0]:
                twice.append(found[name][1])
                found[name] = (order, place)
            else:
                twice.append(place)
        return Match(self, {name: place for name, (_, place) in found.items()}, twice)


@dataclass(frozen=True, slots=True)
class Match:
    """How a spec fits a sheet's headings: our columns by place, and places whose column was there already."""

    spec: SheetSpec
    places: dict[str, int]
    twice: list[int]

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """The groups of which no column is there."""
        return [group for group in self.spec.needs if not any(name in self.places for name in group)]


def ways(*levels: str) -> tuple[str, ...]:
    """The ways to read a heading of several rows, the fullest first: all rows joined, the lowest alone, without brackets."""
    parts = list(dict.fromkeys(level for level in levels if level.strip()))
    if not parts:
        return ()
    joined, lowest = "".join(parts), parts[-1]
    return tuple(
        dict.fromkeys(filter(None, (heading(joined), bare_heading(joined), heading(lowest), bare_heading(lowest))))
    )
