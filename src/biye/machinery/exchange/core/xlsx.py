"""xlsx 读取: worksheets as columns of texts, streamed, each different cell content converted once."""

import re
from collections.abc import Iterator

import numpy as np

from biye.machinery.exchange.core.archive import Archive
from biye.machinery.exchange.core.cells import (
    Codes,
    Note,
    Numbered,
    Sheet,
    assemble,
    column,
    date_text,
    number_text,
    place_of,
)
from biye.machinery.exchange.core.limits import Limits, Unreadable
from biye.machinery.exchange.core.xlsx_cells import Block, Marks, stream
from biye.machinery.exchange.core.xlsx_parts import (
    Book,
    SheetPart,
    Style,
    inner_text,
    plain_text,
    read_book,
    read_strings,
    read_styles,
)

_TYPE = re.compile(rb' t="(\w+)"')
_STYLE = re.compile(rb' s="([0-9]{1,6})"')
_VALUE = re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_PLAIN_TEXT = re.compile(rb'(?: s="[0-9]+")? t="inlineStr"><is><t(?: [^>]*)?>([^<&_]*)</t></is></c>')
_PLAIN = Style()


def read_xlsx(content: bytes, limits: Limits) -> list[Sheet]:
    """Every worksheet of a workbook. Raises Unreadable where the file as a whole cannot be read."""
    archive = Archive(content, limits)
    book = read_book(archive, limits)
    if len(book.sheets) > limits.sheets:
        raise Unreadable("too_many_sheets", sheets=len(book.sheets), limit=limits.sheets)
    strings = read_strings(archive, book, limits)
    styles = read_styles(archive, book, limits)
    return [_read_sheet(archive, part, book, strings, styles, limits) for part in book.sheets]


def _read_sheet(
    archive: Archive, part: SheetPart, book: Book, strings: list[str], styles: list[Style], limits: Limits
) -> Sheet:
    marks = Marks()
    gathered = _Gathered(limits)
    for block in stream(archive.pieces(part.entry), limits, marks):
        gathered.add(block)
    convert = _Converter(strings, styles, book.from_1904, limits)
    rows = gathered.all_rows()
    columns, places, formulas = [], [], 0
    for name, codes in gathered.all_codes():
        contents = gathered.contents[name]
        convert.formulas.clear()
        columns.append(column(codes, [convert(number, content) for content, number in contents.items()]))
        places.append(place_of(name.decode()))
        formulas += int(np.isin(codes, np.array(convert.formulas, np.int32)).sum()) if convert.formulas else 0
    sheet = assemble(part.name, rows, columns, places, marks.merged)
    sheet.hidden = part.hidden
    if hidden := np.intersect1d(sheet.rows, np.array(marks.hidden_rows, np.int32)).tolist():
        sheet.notes.append(Note("hidden_rows", {"rows": len(hidden), "first": hidden[0]}))
    if marks.hidden_columns:
        sheet.notes.append(Note("hidden_columns", {}))
    if formulas:
        sheet.notes.append(Note("formulas", {"cells": formulas}))
    return sheet


class _Gathered:
    """What the stream has brought so far: row numbers, and by column the numbered contents."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._blocks: list[tuple[int, Codes, dict[bytes, Codes]]] = []
        self._rows = 0
        self.contents: dict[bytes, Numbered[bytes]] = {}

    def add(self, block: Block) -> None:
        """Number the contents of one block, and see that the whole stays within bounds."""
        limits = self._limits
        if block.rows and max(block.rows) > limits.rows:
            raise Unreadable("too_many_rows", limit=limits.rows)
        codes: dict[bytes, Codes] = {}
        for name, contents in block.columns.items():
            if name not in self.contents:
                self.contents[name] = Numbered()
                self.contents[name][b""]
            numbered = self.contents[name]
            codes[name] = np.fromiter(map(numbered.__getitem__, contents), np.int32, len(contents))
        self._rows += len(block.rows)
        self._blocks.append((len(block.rows), np.array(block.rows, np.int32), codes))
        if len(self.contents) > limits.columns:
            raise Unreadable("too_many_columns", limit=limits.columns)
        if sum(map(len, self.contents.values())) > limits.distinct:
            raise Unreadable("too_many_texts", limit=limits.distinct)
        if self._rows * len(self.contents) > limits.area:
            raise Unreadable("too_many_cells", limit=limits.area)

    def all_rows(self) -> Codes:
        """Every row's number."""
        return np.concatenate([rows for _, rows, _ in self._blocks] or [np.empty(0, np.int32)])

    def all_codes(self) -> Iterator[tuple[bytes, Codes]]:
        """Column by column, left to right, the content number of every row."""
        for name in sorted(self.contents, key=lambda name: (len(name), name)):
            pieces = [codes[name] if name in codes else np.zeros(size, np.int32) for size, _, codes in self._blocks]
            yield name, np.concatenate(pieces)


class _Converter:
    """Cell contents as (text, doubt); remembers which were formulas."""

    def __init__(self, strings: list[str], styles: list[Style], from_1904: bool, limits: Limits) -> None:
        self._strings = strings
        self._styles = styles
        self._from_1904 = from_1904
        self._limits = limits
        self.formulas: list[int] = []

    def __call__(self, number: int, content: bytes) -> tuple[str, str]:
        if plain := _PLAIN_TEXT.fullmatch(content):
            return self._checked(plain[1].decode("utf-8", "replace"), "")
        attributes, _, body = content.partition(b">")
        if not body:
            return "", ""
        is_formula = _FORMULA.search(body) is not None
        if is_formula:
            self.formulas.append(number)
        kind = found[1] if (found := _TYPE.search(attributes)) else b"n"
        if kind == b"inlineStr":
            return self._checked(inner_text(body), "")
        return self._checked(*self._valued(kind, attributes, body, is_formula))

    def _checked(self, text: str, doubt: str) -> tuple[str, str]:
        if len(text) > self._limits.text:
            return text[:40], "cell_too_long"
        if "\ufffd" in text and not doubt:
            doubt = "undecodable"
        return text, doubt

    def _valued(self, kind: bytes, attributes: bytes, body: bytes, is_formula: bool) -> tuple[str, str]:
        found = _VALUE.search(body)
        value = found[1] if found else b""
        if is_formula and not value and kind != b"str":
            return "", "formula_without_value"
        if kind == b"s":
            return self._shared(value)
        if kind == b"str":
            return plain_text(value), ""
        if kind == b"e":
            return plain_text(value), "cell_error"
        if kind == b"b":
            return ("TRUE" if value.strip() == b"1" else "FALSE"), ""
        if kind == b"d":
            return plain_text(value).replace("T", " ").removesuffix(" 00:00:00"), ""
        return self._number(value, attributes)

    def _shared(self, value: bytes) -> tuple[str, str]:
        try:
            position = int(value)
        except ValueError:
            position = -1
        if not 0 <= position < len(self._strings):
            return "", "cell_error"
        return self._strings[position], ""

    def _number(self, value: bytes, attributes: bytes) -> tuple[str, str]:
        if not value.strip():
            return "", ""
        try:
            number = float(value)
        except ValueError:
            return plain_text(value), "cell_error"
        style = _PLAIN
        if found := _STYLE.search(attributes):
            position = int(found[1])
            style = self._styles[position] if position < len(self._styles) else _PLAIN
        if style.date and (moment := date_text(number, self._from_1904)) is not None:
            return moment, ""
        if style.percent:
            return f"{number * 100:.13g}%", ""
        text, doubt = number_text(number)
        return (text.zfill(style.digits) if style.digits and text.isdigit() else text), doubt
