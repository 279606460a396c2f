"""xlsx 部件: the small parts of a workbook: its sheets, shared texts and the formats that turn numbers into dates."""

import re
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from xml.parsers import expat

from biye.machinery.exchange.core.archive import Archive
from biye.machinery.exchange.core.limits import Limits, Unreadable

_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^>]*)?>(.*?)</(?:\w+:)?t>", re.DOTALL)
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh[ >].*?</(?:\w+:)?rPh>", re.DOTALL)
_ITEM = re.compile(rb"<(?:\w+:)?si(?: [^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_FORMATS = frozenset((9, 10))
_NOT_A_LETTER_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet's name, its entry in the archive, and whether it is hidden."""

    name: str
    entry: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """工作簿: worksheets in order and the calendar their dates count in."""

    sheets: list[SheetPart]
    entries: dict[str, str]  # kind of part → entry
    from_1904: bool


@dataclass(frozen=True, slots=True)
class Style:
    """格式: what a number format makes of a number."""

    date: bool = False
    percent: bool = False
    digits: int = 0  # "000000": padded to so many digits


def elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every opening tag of a small part, without namespace prefix, with its attributes likewise.

    A document type or an entity declaration has no business in a workbook and is refused before it is looked at.
    """
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()

    def opened(name: str, attributes: dict[str, str]) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    def declared(*_: object) -> None:
        raise Unreadable("declares_entities")

    parser.StartElementHandler = opened
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Unreadable("file_broken") from None
    return found


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]


def read_book(archive: Archive, limits: Limits) -> Book:
    """The workbook part and its relations."""
    entry = "xl/workbook.xml"
    if "_rels/.rels" in archive:
        for _, attributes in elements(archive.read("_rels/.rels", limits.part_bytes)):
            if attributes.get("Type", "").endswith("/officeDocument"):
                entry = attributes.get("Target", entry).lstrip("/")
    folder = dirname(entry)
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    relations = join(folder, "_rels", entry.rpartition("/")[2] + ".rels")
    for tag, attributes in elements(archive.read(relations, limits.part_bytes)):
        target = attributes.get("Target", "")
        if tag == "Relationship" and attributes.get("TargetMode") != "External" and target:
            place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            kind = attributes.get("Type", "").rpartition("/")[2]
            kinds[kind] = place
            if kind == "worksheet":
                targets[attributes.get("Id", "")] = place
    sheets, from_1904 = [], False
    for tag, attributes in elements(archive.read(entry, limits.part_bytes)):
        if tag == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif tag == "sheet" and (part := targets.get(attributes.get("id", ""))):
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), part, hidden))
    return Book(sheets, kinds, from_1904)


def read_strings(archive: Archive, book: Book, limits: Limits) -> list[str]:
    """共享字符串: the texts that cells point to, rich text joined, readings left out."""
    entry = book.entries.get("sharedStrings")
    if entry is None or entry not in archive:
        return []
    content = archive.read(entry, limits.strings_bytes)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable("declares_entities")
    items = _ITEM.findall(content)
    if len(items) > limits.distinct:
        raise Unreadable("too_many_texts", limit=limits.distinct)
    return [inner_text(item) for item in items]


def inner_text(markup: bytes) -> str:
    """The text of a string item or an inline string."""
    if b"rPh" in markup:
        markup = _PHONETIC.sub(b"", markup)
    pieces = _TEXT.findall(markup)
    return plain_text(pieces[0] if len(pieces) == 1 else b"".join(pieces))


def plain_text(markup: bytes) -> str:
    """Character data as text; bytes that are no UTF-8 become the replacement character, which readers report."""
    text = markup.decode("utf-8", "replace")
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda found: found[1].replace("&", "&amp;"), text)
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _letter(int(found[1], 16)), text)
    return text


def _letter(number: int) -> str:
    return "" if 0xD800 <= number < 0xE000 else chr(number)


def read_styles(archive: Archive, book: Book, limits: Limits) -> list[Style]:
    """单元格格式: by the number cells carry."""
    entry = book.entries.get("styles")
    if entry is None or entry not in archive:
        return []
    formats: dict[str, str] = {}
    styles: list[Style] = []
    inside = False
    for tag, attributes in elements(archive.read(entry, limits.part_bytes)):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            styles.append(_style(int(number) if number.isascii() and number.isdigit() else 0, formats.get(number, "")))
    return styles


def _style(number: int, code: str) -> Style:
    if not code:
        return Style(date=number in _DATE_FORMATS, percent=number in _PERCENT_FORMATS)
    letters = _NOT_A_LETTER_CODE.sub("", code.partition(";")[0]).lower()
    if any(letter in letters for letter in "ymdhs"):
        return Style(date=True)
    padded = letters and set(letters) == {"0"}
    return Style(percent="%" in letters, digits=len(letters) if padded and len(letters) > 1 else 0)
