"""csv 读取: encoding by evidence (byte-order mark, strict UTF-8, strict GB18030), separator by count, columns of texts."""

import codecs
import csv
import io
import re
from itertools import islice, zip_longest

import numpy as np

from biye.machinery.exchange.core.cells import Codes, Column, Note, Numbered, Sheet, assemble, column
from biye.machinery.exchange.core.limits import Limits, Unreadable
from biye.machinery.exchange.core.texts import is_utf8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",\t;|，"
_LOOK = 20
_BATCH = 20_000
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_GUARDED = re.compile(r"'[=+\-@]")


def decode(content: bytes) -> tuple[str, str]:
    """A file's text and its encoding. Raises Unreadable where it is in none of those that are read."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(name), name
            except UnicodeDecodeError as error:
                raise Unreadable("encoding_broken", encoding=name.upper(), byte=error.start) from None
    if is_utf8(content):
        return content.decode("utf-8"), "utf-8"
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        raise Unreadable("encoding_unknown") from None


def read_csv(content: bytes, limits: Limits) -> list[Sheet]:
    """The one sheet of a text file."""
    text, encoding = decode(content)
    if "\0" in text:
        raise Unreadable("not_a_sheet", kind="binary")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    gathered = _Gathered(limits)
    done = 0
    while True:
        try:
            batch = list(islice(reader, _BATCH))
        except csv.Error as error:
            code = "field_too_long" if "field larger" in str(error) else "quotes_broken"
            raise Unreadable(code, line=reader.line_num) from None
        if not batch:
            break
        gathered.add(batch)
        done += len(batch)
    rows = np.arange(1, done + 1, dtype=np.int32)
    sheet = assemble("", rows, gathered.columns(), list(range(gathered.width)))
    if encoding == "gb18030":
        sheet.notes.append(Note("read_as_gb18030", {}))
    return [sheet]


def _separator(text: str) -> str:
    """The sign that cuts the most of the first lines into the most pieces."""
    lines = [line for line in text[:65_536].splitlines()[:_LOOK] if line.strip()]
    return max(
        _SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )


class _Gathered:
    """Columns growing batch by batch; lines may be of different lengths."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._numbers: list[Numbered[str]] = []
        self._codes: list[list[Codes]] = []
        self._rows = 0

    @property
    def width(self) -> int:
        """Columns so far."""
        return len(self._numbers)

    def add(self, batch: list[list[str]]) -> None:
        """More lines."""
        limits = self._limits
        width = max(map(len, batch))
        if width > limits.columns:
            raise Unreadable("too_many_columns", limit=limits.columns)
        for place, cells in enumerate(zip_longest(*batch, fillvalue="")):
            if place == self.width:
                self._numbers.append(Numbered({"": 0}))
                self._codes.append([np.zeros(self._rows, np.int32)])
            numbered = self._numbers[place]
            self._codes[place].append(np.fromiter(map(numbered.__getitem__, cells), np.int32, len(batch)))
        for place in range(width, self.width):
            self._codes[place].append(np.zeros(len(batch), np.int32))
        self._rows += len(batch)
        if self._rows > limits.rows:
            raise Unreadable("too_many_rows", limit=limits.rows)
        if self._rows * self.width > limits.area:
            raise Unreadable("too_many_cells", limit=limits.area)
        if sum(map(len, self._numbers)) > limits.distinct:
            raise Unreadable("too_many_texts", limit=limits.distinct)

    def columns(self) -> list[Column]:
        """The columns as a sheet holds them."""
        return [
            column(np.concatenate(codes), [_content(text, self._limits.text) for text in numbered])
            for numbered, codes in zip(self._numbers, self._codes, strict=True)
        ]


def _content(text: str, longest: int) -> tuple[str, str]:
    """A field without the signs by which programs keep a spreadsheet from computing with it."""
    if found := _AS_TEXT.fullmatch(text):
        text = found[1]
    elif _GUARDED.match(text):
        text = text[1:]
    if len(text) > longest:
        return text[:40], "cell_too_long"
    return text, ""
