"""待改表: the rows that did not go in, as they came, with what is wrong beside them; mended, they are uploaded as they are."""

from collections.abc import Callable, Iterable

from biye.machinery.exchange.core.problems import Problem
from biye.machinery.exchange.core.table import REFUSED, Table
from biye.machinery.exchange.core.writer import Page

PROBLEMS_HEADING = "问题"


def mend_page(table: Table, sentence: Callable[[Problem], str], with_asked: bool) -> Page | None:
    """The refused rows of a sheet (and those that were asked about) in their own columns; None where there are none."""
    rows = [row for row in sorted(table.reasons) if with_asked or table.state[row] == REFUSED]
    if not rows:
        return None
    places = [place for place, heading in enumerate(table.shown) if heading != PROBLEMS_HEADING]
    headings = [table.shown[place] for place in places] + [PROBLEMS_HEADING]
    return Page(table.sheet or table.spec.label, headings, _rows(table, rows, places, sentence))


def _rows(table: Table, rows: list[int], places: list[int], sentence: Callable[[Problem], str]) -> Iterable[list[str]]:
    for row in rows:
        reasons = "；".join(dict.fromkeys(sentence(problem) for problem in table.reasons[row]))
        yield [table.body.columns[place].text(row) for place in places] + [reasons]
