"""写表: sheets out, as .xlsx or .csv. Every text stays a text: nothing that is written can be computed by the reader's program."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

Cell = str | int | float | bool | None
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NAME_LENGTH = 31


@dataclass(frozen=True, slots=True)
class Page:
    """一个工作表: its name, headings and rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_xlsx(target: str | BinaryIO, pages: Sequence[Page]) -> None:
    """A workbook; texts are written as texts, whatever they begin with."""
    from rustpy_xlsxwriter import write_worksheets

    names = _distinct([_NOT_IN_NAMES.sub("", page.name)[: _NAME_LENGTH - 4] or "数据" for page in pages])
    sheets: list[tuple[str, Any]] = []
    for name, page in zip(names, pages, strict=True):
        headings = _distinct([_printable(heading) or "列" for heading in page.headings])
        rows = [dict(zip(headings, map(_printable_cell, row), strict=True)) for row in page.rows]
        sheets.append((name, rows or [dict.fromkeys(headings)]))
    write_worksheets(sheets, target, bold_headers=True, freeze_panes={"general": {"row": 1, "col": 0}})


def workbook(pages: Sequence[Page]) -> bytes:
    """A workbook that says nothing of when it was written: the same pages, the same bytes."""
    buffer = io.BytesIO()
    write_xlsx(buffer, pages)
    _undate(buffer)
    return buffer.getvalue()


def _undate(buffer: BinaryIO) -> None:
    """Put the two parts about the document, which come last, anew and without a moment."""
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        *others, core, app = archive.filelist
        about = archive.read(app)
        archive.filelist[:] = others
        archive.NameToInfo = {info.filename: info for info in others}
        archive.start_dir = core.header_offset
        archive.writestr(zipfile.ZipInfo(core.filename), _ABOUT)
        archive.writestr(zipfile.ZipInfo(app.filename), about)


_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def write_csv(page: Page) -> bytes:
    """UTF-8 with byte-order mark, so that Excel reads the Chinese; a text that could be a formula gets an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([_inert(heading) for heading in page.headings])
    writer.writerows([_inert(cell) for cell in row] for row in page.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _inert(cell: Cell) -> Cell:
    cell = _printable_cell(cell)
    if isinstance(cell, str) and cell.startswith(_ACTIVE) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _printable_cell(cell: Cell) -> Cell:
    return _printable(cell) if isinstance(cell, str) else cell


def _printable(text: str) -> str:
    return text if text.isprintable() else text.translate(_UNPRINTABLE)


def _distinct(names: Sequence[str]) -> list[str]:
    """The same names, later ones of a kind numbered."""
    taken: dict[str, int] = {}
    found = []
    for name in names:
        taken[name.lower()] = number = taken.get(name.lower(), 0) + 1
        found.append(name if number == 1 else f"{name} {number}")
    return found
