"""文件类型: what a file is by its first bytes; the ending of its name is never believed."""

import re

from biye.machinery.exchange.core.archive import Archive
from biye.machinery.exchange.core.dbf import VERSIONS, looks_like_dbf
from biye.machinery.exchange.core.limits import Limits, Unreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORKBOOKS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ", "binary"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|table|meta|style|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes, limits: Limits) -> str:
    """xlsx, xls, csv or dbf. Raises Unreadable, naming what else the file is."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("file_empty")
    if content.startswith(b"PK"):
        return _packed(content, limits)
    if content.startswith(_COMPOUND):
        return _compound(content)
    if content.startswith(_OLD_WORKBOOKS):
        raise Unreadable("not_a_sheet", kind="old_xls")
    if content[0] in VERSIONS and looks_like_dbf(content):
        return "dbf"
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        raise Unreadable("not_a_sheet", kind="html")
    if head.lstrip().startswith(b"<?xml") or head.lstrip().startswith(b"<"):
        raise Unreadable("not_a_sheet", kind="xml_sheet" if b"office:spreadsheet" in head else "xml")
    for start, kind in _OTHERS:
        if content.startswith(start) and (len(start) > 2 or _CONTROL.search(head)):
            raise Unreadable("not_a_sheet", kind=kind)
    if not content.startswith(_WIDE_MARKS) and _CONTROL.search(content):
        raise Unreadable("not_a_sheet", kind="binary")
    return "csv"


def _packed(content: bytes, limits: Limits) -> str:
    archive = Archive(content, limits)
    if "xl/workbook.xml" in archive:
        return "xlsx"
    if "xl/workbook.bin" in archive:
        raise Unreadable("not_a_sheet", kind="xlsb")
    if "[content_types].xml" in archive and any(name.endswith("workbook.xml") for name in archive.names):
        return "xlsx"
    if "mimetype" in archive and b"spreadsheet" in archive.read("mimetype", 1024):
        raise Unreadable("not_a_sheet", kind="ods")
    if any(name.startswith(("word/", "ppt/")) for name in archive.names):
        raise Unreadable("not_a_sheet", kind="document")
    raise Unreadable("not_a_sheet", kind="archive")


def _compound(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("encrypted")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise Unreadable("not_a_sheet", kind="document")
