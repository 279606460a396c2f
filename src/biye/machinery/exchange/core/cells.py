"""单元格: a sheet as columns of texts, each different text kept once.

A spreadsheet repeats itself: 200,000 grade rows hold some hundred different marks. Everything that follows (cleaning,
parsing, complaining) therefore looks at each different text once, and at rows only by number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
BLANK = 0
_FIFTEEN_DIGITS = 1e15
_EPOCH = date(1899, 12, 30)
_DAYS_1904 = 1462
_MERGED_AREA = 5_000_000  # cells; beyond it merged ranges are decoration, or an attack


class Numbered[Key](dict[Key, int]):
    """Numbers keys in order of first appearance."""

    def __missing__(self, content: Key) -> int:
        number = self[content] = len(self)
        return number


@dataclass(slots=True)
class Column:
    """列: row by row a position in a list of texts; position 0 is always the blank.

    Texts are nearly always different from each other, but nobody may count on it.
    """

    codes: Codes
    texts: list[str]
    doubts: dict[int, str] = field(default_factory=dict)  # text position → reason code

    def text(self, row: int) -> str:
        """The text of one row."""
        return self.texts[int(self.codes[row])]

    def rows(self, picked: npt.NDArray[Any] | slice) -> "Column":
        """The same column with only these rows."""
        return Column(self.codes[picked], self.texts, self.doubts)


Merged = tuple[int, int, int, int]
"""合并单元格: first row, first place, last row, last place."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a sheet as a whole."""

    code: str
    details: dict[str, object]


@dataclass(slots=True)
class Sheet:
    """工作表: the rows that hold anything, with the numbers the spreadsheet shows beside them."""

    name: str
    rows: Codes
    columns: list[Column]
    places: list[int]  # 0 is column A
    hidden: bool = False
    notes: list[Note] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def row_texts(self, row: int) -> list[str]:
        """The texts of one row, left to right."""
        return [column.text(row) for column in self.columns]


def letters(place: int) -> str:
    """A column number as spreadsheets name it: 0 is A, 27 is AB."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(name: str) -> int:
    """A column's name as its number: A is 0."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - 64
    return place - 1


def number_text(value: float) -> tuple[str, str]:
    """A stored number as the text a person sees, and a doubt: beyond fifteen digits the rest is lost."""
    if value != value or value in (float("inf"), float("-inf")):
        return "", "cell_error"
    if abs(value) >= _FIFTEEN_DIGITS:
        return f"{value:.15G}", "digits_lost"
    if value == int(value):
        return str(int(value)), ""
    text = f"{value:.15g}"
    return (text if "e" not in text else f"{value:.20f}".rstrip("0")), ""


def date_text(serial: float, from_1904: bool) -> str | None:
    """A spreadsheet's day number as an ISO date, with the time where there is one; None outside its calendar."""
    if from_1904:
        serial += _DAYS_1904
    if not 0 <= serial < 2_958_466:
        return None
    if serial < 1:
        minutes = round(serial * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    # Day 60 is the 29 February 1900 that never was; days before it are one off.
    whole = int(serial) + (serial < 60)
    seconds = round((serial - int(serial)) * 86_400)
    day = _EPOCH + timedelta(days=whole + seconds // 86_400)
    clock = time(seconds % 86_400 // 3600, seconds % 3600 // 60, seconds % 60)
    return day.isoformat() if clock == time() else f"{day} {clock.isoformat('seconds' if clock.second else 'minutes')}"


def column(codes: Codes, contents: Iterable[tuple[str, str]]) -> Column:
    """A column from numbered contents, each a text and a doubt; contents that read alike become one text."""
    numbers: Numbered[tuple[str, str]] = Numbered()
    blank = numbers["", ""]
    lookup = np.fromiter((numbers[content] for content in contents), np.int32)
    doubts = {number: content[1] for content, number in numbers.items() if content[1]}
    texts = [content[0] for content in numbers]
    return Column(lookup[codes] if len(lookup) else np.full(len(codes), blank, np.int32), texts, doubts)


def assemble(name: str, rows: Codes, columns: list[Column], places: list[int], merged: Sequence[Merged] = ()) -> Sheet:
    """A sheet without its blank rows and columns. A merged range shows its first cell everywhere, as on the screen."""
    if len(rows) > 1 and (np.diff(rows) < 0).any():
        order = np.argsort(rows, kind="stable")
        rows, columns = rows[order], [column.rows(order) for column in columns]
    _fill_merged(rows, columns, places, merged)
    used = [index for index, column in enumerate(columns) if column.codes.any()]
    columns, places = [columns[index] for index in used], [places[index] for index in used]
    filled = np.zeros(len(rows), np.bool_)
    for column in columns:
        filled |= column.codes > 0
    if not filled.all():
        rows, columns = rows[filled], [column.rows(filled) for column in columns]
    return Sheet(name, rows, columns, places)


def _fill_merged(rows: Codes, columns: list[Column], places: list[int], merged: Sequence[Merged]) -> None:
    budget = _MERGED_AREA
    for top, left, bottom, right in merged:
        row, below = np.searchsorted(rows, (top, bottom + 1)).tolist()
        covered = [index for index, place in enumerate(places) if left <= place <= right]
        budget -= max(1, len(covered) * (below - row))
        if budget < 0:
            return
        if row == below or rows[row] != top or not covered or places[covered[0]] != left:
            continue
        source = columns[covered[0]]
        content = int(source.codes[row])
        for index in covered:
            _fill(columns[index], slice(row, below), source, content)


def _fill(column: Column, span: slice, source: Column, content: int) -> None:
    blank = column.codes[span] == BLANK
    if content == BLANK or not blank.any():
        return
    if column is not source:
        column.texts.append(source.texts[content])
        if doubt := source.doubts.get(content):
            column.doubts[len(column.texts) - 1] = doubt
        content = len(column.texts) - 1
    column.codes[span][blank] = content
