"""表头: where the headings of a sheet stand: below titles, in up to three rows, joined."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from biye.machinery.exchange.core.cells import Sheet
from biye.machinery.exchange.core.columns import ways

_LOOK = 30
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading rows of a sheet: first one and number of them, and for each column how it reads and how it looks."""

    first: int
    depth: int
    ways: list[tuple[str, ...]]
    shown: list[str]

    @property
    def body(self) -> int:
        """The first row below."""
        return self.first + self.depth


def find_headings(sheet: Sheet, known: AbstractSet[str]) -> Headings | None:
    """The rows that hold the most known headings; the upper and the fewer on a tie. None where no row holds any."""
    best, most = None, 0
    look = [sheet.row_texts(row) for row in range(min(len(sheet), _LOOK))]
    telling = [any(way in known for text in texts for way in ways(text)) for texts in look]
    for first in range(len(look)):
        for depth in range(1, min(_DEEPEST, len(look) - first) + 1):
            if not any(telling[first : first + depth]):
                continue
            levels = list(zip(*look[first : first + depth], strict=True))
            read = [ways(*column) for column in levels]
            matched = len({way for column in read for way in column if way in known})
            if matched > most:
                shown = ["".join(dict.fromkeys(text.strip() for text in column if text.strip())) for column in levels]
                best, most = Headings(first, depth, read, shown), matched
    return best
