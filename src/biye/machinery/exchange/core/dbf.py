"""dbf 读取: dBase tables of fixed-width fields, as status systems of the nineties still hand them over."""

import struct
from dataclasses import dataclass

import numpy as np

from biye.machinery.exchange.core.cells import Column, Note, Numbered, Sheet, assemble, column
from biye.machinery.exchange.core.limits import Limits, Unreadable
from biye.machinery.exchange.core.texts import is_utf8

VERSIONS = frozenset((0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB))
_HEADER = struct.Struct("<BBBBIHH20x")
_FIELD = 32
_END = 0x0D
_DELETED = ord("*")
_TEXT_TYPES = b"CNFDLIBYT+@OMGPQVW0"
_READ_TYPES = b"CNFDLI"
_ENCODINGS = {0x4D: "gb18030", 0x7A: "gb18030"}


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    kind: int
    offset: int
    width: int


def looks_like_dbf(content: bytes) -> bool:
    """Do the first bytes describe a table whose fields add up to its record length?"""
    try:
        _fields(content)
    except Unreadable:
        return False
    return True


def read_dbf(content: bytes, limits: Limits) -> list[Sheet]:
    """The one sheet of a dBase table; row 1 holds the field names."""
    fields, count, start, width = _fields(content)
    if len(fields) > limits.columns:
        raise Unreadable("too_many_columns", limit=limits.columns)
    whole = (len(content) - start) // width
    if whole < count:
        raise Unreadable("file_cut", rows=count, found=whole)
    if count > limits.rows or count * len(fields) > limits.area:
        raise Unreadable("too_many_rows", limit=limits.rows)
    records = np.frombuffer(content, np.uint8, count * width, start).reshape(count, width)
    deleted = records[:, 0] == _DELETED
    numbers = np.flatnonzero(~deleted).astype(np.int32) + 2
    records = records[~deleted]
    encoding = _ENCODINGS.get(content[29]) or _encoding(records, fields)
    columns = [_column(records, field, encoding) for field in fields]
    sheet = assemble("", np.concatenate((np.ones(1, np.int32), numbers)), columns, list(range(len(columns))))
    if deleted.any():
        sheet.notes.append(Note("deleted_records", {"rows": int(deleted.sum())}))
    return [sheet]


def _fields(content: bytes) -> tuple[list[_Field], int, int, int]:
    if len(content) < _HEADER.size or content[0] not in VERSIONS:
        raise Unreadable("file_broken")
    _, _, month, day, count, start, width = _HEADER.unpack_from(content)
    if not (month <= 12 and day <= 31 and width >= 2 and _HEADER.size + _FIELD < start <= len(content)):
        raise Unreadable("file_broken")
    fields, offset = [], 1
    for place in range(_HEADER.size, start - 1, _FIELD):
        described = content[place : place + _FIELD]
        if described[0] == _END or len(described) < _FIELD:
            break
        kind, size = described[11], described[16]
        if kind not in _TEXT_TYPES:
            raise Unreadable("file_broken")
        if kind == ord("C"):
            size += described[17] << 8  # long text fields keep the high byte of their width here
        fields.append(_Field(described[:11].split(b"\0")[0], kind, offset, size))
        offset += size
    if not fields or offset != width:
        raise Unreadable("file_broken")
    return fields, count, start, width


def _encoding(records: np.ndarray, fields: list[_Field]) -> str:
    """UTF-8 where names and the first thousand records are that; else GB18030, as nobody says so."""
    texts = [field for field in fields if field.kind == ord("C")]
    names = b" ".join(field.name for field in fields)
    sample = b" ".join(records[:1000, field.offset : field.offset + field.width].tobytes() for field in texts) + names
    return "utf-8" if is_utf8(sample) else "gb18030"


def _column(records: np.ndarray, field: _Field, encoding: str) -> Column:
    name = (_decoded(field.name, encoding)[0], "")
    if field.kind not in _READ_TYPES or not field.width:
        return column(np.zeros(len(records) + 1, np.int32), [name])
    cut = np.ascontiguousarray(records[:, field.offset : field.offset + field.width])
    numbered: Numbered[bytes] = Numbered()
    values = cut.view(f"S{field.width}").ravel().tolist() if len(cut) else []
    codes = np.fromiter(map(numbered.__getitem__, values), np.int32, len(values))
    contents = [name, *(_content(value, field.kind, encoding) for value in numbered)]
    return column(np.concatenate((np.zeros(1, np.int32), codes + 1)), contents)


def _content(value: bytes, kind: int, encoding: str) -> tuple[str, str]:
    if kind == ord("I"):
        return str(int.from_bytes(value.ljust(4, b"\0"), "little", signed=True)), ""
    text, doubt = _decoded(value, encoding)
    if kind == ord("D") and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}", ""
    return text, doubt


def _decoded(value: bytes, encoding: str) -> tuple[str, str]:
    value = value.strip(b" \0")
    try:
        return value.decode(encoding), ""
    except UnicodeDecodeError:
        return value.decode(encoding, "replace"), "undecodable"
