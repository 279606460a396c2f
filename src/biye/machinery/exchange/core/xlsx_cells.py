"""xlsx 单元格流: the cells of one worksheet, taken piece by piece from its markup within bounded memory.

Nearly every program writes a cell in one plain form, which one pattern takes apart at C speed. Whether it took all of
them is counted; a piece where it did not goes through a real XML parser instead. A cell belongs to the row it stands in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from biye.machinery.exchange.core.cells import letters, place_of
from biye.machinery.exchange.core.limits import Limits, Unreadable
from biye.machinery.exchange.core.xlsx_parts import local

_LONGEST_ROW = 24 << 20
_MOST_MERGED = 20_000
_MOST_NAMES = 16_384
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[ >]")
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_RANGE = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col [^>]*hidden=\"(?:1|true)\"[^>]*>")

Contents = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: their numbers, and by column letters the content of each row's cell.

    The content is what follows the reference in the markup (attributes and body); b"" where there is no cell.
    """

    rows: list[int]
    columns: dict[bytes, Contents]


@dataclass(slots=True)
class Marks:
    """What stands around the cells."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class _Plain:
    """The plain form: rows taken apart by one pattern made for the columns they have."""

    _CELL = (
        rb'(?:<p:c r="LETTERS\1"([^>]*>(?:<p:v>[^<]*</p:v></p:c>|<p:is><p:t[^>]*>[^<]*</p:t></p:is></p:c>'
        rb"|(?<=/>)|[^<]*(?:<(?!p:c[ />]|/p:c>|/?p:row)[^<]*)*</p:c>)))?"
    )
    _MOST_COLUMNS = 256

    def __init__(self, prefix: bytes) -> None:
        self._prefix = prefix
        self._letters = self._own(rb'<p:c r="([A-Z]{1,3})[0-9]')
        self._hidden = self._own(rb'<p:row r="([0-9]{1,7})"[^>]* hidden="(?:1|true)"')
        self._columns: list[bytes] = []
        self._pattern = re.compile(b"")

    def _own(self, pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"p:", self._prefix))

    def block(self, chunk: bytes, marks: Marks) -> Block | None:
        """The cells of whole rows; None where some are not in the plain form."""
        cells, rows = chunk.count(b"<" + self._prefix + b"c"), chunk.count(b"<" + self._prefix + b"row")
        if not self._columns:
            self._learn(chunk)
        block = self._take(chunk, cells, rows)
        if block is None and self._learn(chunk):
            block = self._take(chunk, cells, rows)
        if block and b"hidden=" in chunk:
            marks.hidden_rows.extend(map(int, self._hidden.findall(chunk)))
        return block

    def _learn(self, chunk: bytes) -> bool:
        """Make the pattern for the columns seen so far; is it another one?"""
        letters = sorted({*self._columns, *self._letters.findall(chunk)}, key=lambda name: (len(name), name))
        if letters == self._columns or len(letters) > self._MOST_COLUMNS:
            return False
        self._columns = letters
        row = rb'<p:row r="([0-9]{1,7})"[^>]*>'
        self._pattern = self._own(row + b"".join(self._CELL.replace(b"LETTERS", name) for name in letters))
        return True

    def _take(self, chunk: bytes, cells: int, rows: int) -> Block | None:
        found = self._pattern.findall(chunk) if self._columns else []
        if len(found) != rows or not found:
            return None
        numbers, *columns = zip(*found, strict=True)
        if sum(len(column) - column.count(b"") for column in columns) != cells:
            return None
        return Block(list(map(int, numbers)), dict(zip(self._columns, columns, strict=True)))


def stream(pieces: Iterator[bytes], limits: Limits, marks: Marks) -> Iterator[Block]:
    """The cells of one worksheet, some thousand rows at a time; fills `marks` on the way."""
    buffer = b""
    for piece in pieces:
        buffer += piece
        if b"sheetData" in buffer:
            break
        if len(buffer) > limits.part_bytes:
            raise Unreadable("file_broken")
    root = _ROOT.search(buffer)
    if root is None or b"<!DOCTYPE" in buffer or b"<!ENTITY" in buffer:
        raise Unreadable("declares_entities" if b"<!" in buffer else "file_broken")
    prefix = root[1] + b":" if root[1] else b""
    start = buffer.find(b"<" + prefix + b"sheetData")
    marks.hidden_columns = len(_HIDDEN_COLUMNS.findall(buffer[: max(start, 0)]))
    buffer = buffer[max(start, 0) :]
    plain, parsed = _Plain(prefix), _Parsed(prefix)
    row_end, data_end = b"</" + prefix + b"row>", b"</" + prefix + b"sheetData>"
    finished = buffer.startswith(b"<" + prefix + b"sheetData/>")
    while not finished:
        stop = buffer.find(data_end)
        finished = stop >= 0
        cut = stop if finished else buffer.rfind(row_end) + len(row_end)
        if cut >= len(row_end):
            chunk, buffer = buffer[:cut], buffer[cut:]
            if b"<!--" in chunk or b"<?" in chunk:
                raise Unreadable("unusual_markup")
            if chunk.count(b"<" + prefix + b"c") > limits.columns * max(1, chunk.count(b"<" + prefix + b"row")):
                raise Unreadable("too_many_columns", limit=limits.columns)
            yield plain.block(chunk, marks) or parsed.block(chunk, marks)
        elif len(buffer) > _LONGEST_ROW:
            raise Unreadable("too_many_columns", limit=limits.columns)
        if not finished:
            piece = next(pieces, b"")
            if not piece:
                raise Unreadable("file_broken")
            buffer += piece
    _read_tail(buffer, pieces, marks)


def _read_tail(buffer: bytes, pieces: Iterator[bytes], marks: Marks) -> None:
    """Merged ranges stand after the cells; reading on to the end also verifies the checksum."""
    for piece in (buffer, *pieces):
        for left, top, right, bottom in _RANGE.findall(piece):
            if len(marks.merged) < _MOST_MERGED:
                first, last = place_of(left.decode()), place_of(right.decode())
                marks.merged.append((int(top), first, int(bottom), last))


class _Parsed:
    """The same by a real parser: references may be missing, attributes stand in any order and in any quotes."""

    def __init__(self, prefix: bytes) -> None:
        self._wrapper = (b"<" + prefix + b"sheetData>", b"</" + prefix + b"sheetData>")
        self._row = 0
        self._place = -1
        self._cells: dict[int, dict[bytes, bytes]] = {}
        self._pieces: list[str] | None = None
        self._hidden: list[int] = []

    def block(self, chunk: bytes, marks: Marks) -> Block:
        """The cells of whole rows."""
        start, end = self._wrapper
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._data
        self._cells, self._hidden = {}, []
        try:
            parser.Parse(chunk if chunk.startswith(start[:-1]) else start + chunk, False)
            parser.Parse(end, True)
        except expat.ExpatError:
            raise Unreadable("file_broken") from None
        marks.hidden_rows.extend(self._hidden)
        names = {name for cells in self._cells.values() for name in cells}
        if len(names) > _MOST_NAMES:
            raise Unreadable("too_many_columns", limit=_MOST_NAMES)
        columns = {name: tuple(cells.get(name, b"") for cells in self._cells.values()) for name in names}
        return Block(list(self._cells), columns)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self._row + 1
            self._place = -1
            if attributes.get("hidden") in ("1", "true"):
                self._hidden.append(self._row)
        elif tag == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._place = place_of(reference[1]) if reference else self._place + 1
            described = "".join(f' {key}="{attributes[key]}"' for key in ("s", "t") if key in attributes)
            self._pieces = [f"{described}>"]
        elif self._pieces is not None:
            self._pieces.append(f"<{tag}>")

    def _closed(self, name: str) -> None:
        if self._pieces is not None:
            self._pieces.append(f"</{local(name)}>")
            if local(name) == "c":
                content = "".join(self._pieces).encode()
                self._cells.setdefault(self._row, {})[letters(self._place).encode()] = content
                self._pieces = None

    def _data(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
