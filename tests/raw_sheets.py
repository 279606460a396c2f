"""Sheets written byte by byte, for forms that no writer of ours produces."""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_markup(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet around `<row>` elements."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def raw_xlsx(
    sheet: str | bytes,
    *,
    strings: str = "",
    styles: str = "",
    book: str = "",
    state: str = "",
    more: dict[str, bytes] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A workbook of one worksheet with exactly this markup."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{book}'
        f'<sheets><sheet name="成绩" sheetId="1" {state} r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        **(more or {}),
    }
    return packed(parts, method)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these entries."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relations(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for key, kind, to in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def dbf(
    fields: Sequence[tuple[str, str, int]],
    rows: Sequence[Sequence[str]],
    *,
    encoding: str = "gb18030",
    driver: int = 0,
    deleted: Sequence[int] = (),
) -> bytes:
    """A dBase III table; fields are name, type and width in bytes."""
    width = 1 + sum(size for _, _, size in fields)
    start = 32 + 32 * len(fields) + 1
    head = struct.pack("<BBBBIHH17xB2x", 3, 122, 6, 15, len(rows), start, width, driver)
    for name, kind, size in fields:
        head += name.encode(encoding).ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, 0]) + bytes(14)
    body = b""
    for number, row in enumerate(rows):
        body += b"*" if number in deleted else b" "
        for cell, (_, _, size) in zip(row, fields, strict=True):
            body += cell.encode(encoding)[:size].ljust(size)
    return head + b"\r" + body + b"\x1a"
