"""JPEG 结构: what the bytes of a JPEG file say, read marker by marker without decoding a pixel."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

START, END = b"\xff\xd8", b"\xff\xd9"
_SOF = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_DECODABLE = {0xC0, 0xC1, 0xC2}
_SOS, _DQT, _EOI, _COM, _APP0, _APP1, _APP2 = 0xDA, 0xDB, 0xD9, 0xFE, 0xE0, 0xE1, 0xE2
_MOST_MARKERS = 5_000
# In a scan's data FF is followed by 00 (a literal FF), a restart marker or a fill byte; anything else is a marker.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_FILL = re.compile(rb"\xff+")
# The usual encoder's tables at quality 50, in the order in which a file holds them.
_IJG_LUMA = np.fromstring(
    "16 11 12 14 12 10 16 14 13 14 18 17 16 19 24 40 26 24 22 22 24 49 35 37 29 40 58 51 61 60 57 51 56 55 64 72 92 78"
    " 64 68 87 69 55 56 80 109 81 87 95 98 103 104 103 62 77 113 121 112 100 120 92 101 103 99",
    np.int64,
    sep=" ",
)
_IJG_CHROMA = np.full(64, 99, np.int64)
_IJG_CHROMA[:14] = (17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66)


class Broken(Exception):
    """The marker structure does not hold; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Quality:
    """压缩品质: the nearest quality of the usual encoder, and how far the tables are from its tables on average."""

    nearest: int
    deviation: float


@dataclass(slots=True)
class Structure:
    """JPEG 结构."""

    width: int = 0
    height: int = 0
    components: int = 0
    bits: int = 0
    is_progressive: bool = False
    is_decodable: bool = True
    scans: int = 0
    jfif_density: tuple[int, int, int] | None = None  # unit (0 none, 1 per inch, 2 per centimetre), across, down
    exif: bytes = b""
    has_more_pictures: bool = False
    trailing: int = 0
    tables: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)


def walk(data: bytes) -> Structure:
    """Every marker of the first picture in the file. Raises Broken with `cut_short` or `broken_structure`."""
    found = Structure()
    end = 0
    for number, (marker, body, place) in enumerate(_segments(data)):
        if number > _MOST_MARKERS:
            raise Broken("broken_structure")
        if marker == _EOI:
            end = place
            break
        _note(found, marker, body)
    if not found.width or not found.height or not found.scans:
        raise Broken("broken_structure")
    rest = data[end:]
    # A phone's multi-picture file is an honest second picture, not a tail.
    found.has_more_pictures = found.has_more_pictures or rest.lstrip(b"\0").startswith(START)
    found.trailing = 0 if found.has_more_pictures else len(rest)
    return found


def quality(structure: Structure) -> Quality | None:
    """压缩品质 from the quantisation tables, the lower one of brightness and colour; None where there is no table."""
    estimates = []
    for identifier, standard in ((0, _IJG_LUMA), (1, _IJG_CHROMA)):
        table = structure.tables.get(identifier)
        if table is not None:
            deviations = np.abs(_ijg_tables(standard) - table).mean(axis=1)
            best = int(deviations.argmin())
            estimates.append(Quality(best + 1, float(deviations[best])))
    return min(estimates, key=lambda estimate: estimate.nearest, default=None)


def _ijg_tables(standard: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The usual encoder's table at each quality from 1 to 100."""
    qualities = np.arange(1, 101)
    scale = np.where(qualities < 50, 5000 // qualities, 200 - 2 * qualities)
    return np.clip((standard * scale[:, np.newaxis] + 50) // 100, 1, 255)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each marker, its body, and where what follows it begins."""
    place = 2
    while True:
        fill = _FILL.match(data, place)
        place = fill.end() - 1 if fill else place
        if len(data) < place + 2:
            raise Broken("cut_short")
        if fill is None:
            raise Broken("broken_structure")
        marker = data[place + 1]
        place += 2
        if marker == _EOI:
            yield marker, b"", place
            return
        if len(data) < place + 2:
            raise Broken("cut_short")
        length = struct.unpack_from(">H", data, place)[0]
        if length < 2:
            raise Broken("broken_structure")
        if place + length > len(data):
            raise Broken("cut_short")
        yield marker, data[place + 2 : place + length], place + length
        place += length
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, place)
            if following is None:
                raise Broken("cut_short")
            place = following.start()


def pieces(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each marker of the first picture with its body and, behind the head of a scan, the scan's data. Raises Broken."""
    for marker, body, end in _segments(data):
        if marker == _EOI:
            return
        following = _NEXT_MARKER.search(data, end) if marker == _SOS else None
        yield marker, body, data[end : following.start()] if following else b""


def _note(found: Structure, marker: int, body: bytes) -> None:
    if marker in _SOF:
        if len(body) < 6:
            raise Broken("broken_structure")
        found.bits, found.height, found.width, found.components = struct.unpack_from(">BHHB", body)
        found.is_progressive = marker == 0xC2
        found.is_decodable = marker in _DECODABLE
    elif marker == _SOS:
        found.scans += 1
    elif marker == _DQT:
        found.tables.update(_tables(body))
    elif marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= 12:
        found.jfif_density = struct.unpack_from(">BHH", body, 7)
    elif marker == _APP1 and body.startswith(b"Exif\0\0") and not found.exif:
        found.exif = body[6:]
    elif marker == _APP2 and body.startswith(b"MPF\0"):
        found.has_more_pictures = True


def _tables(body: bytes) -> dict[int, npt.NDArray[np.int64]]:
    tables, place = {}, 0
    while place < len(body):
        wide, identifier = divmod(body[place], 16)
        length = 128 if wide else 64
        values = body[place + 1 : place + 1 + length]
        if wide > 1 or len(values) < length:
            raise Broken("broken_structure")
        tables[identifier] = np.frombuffer(values, ">u2" if wide else np.uint8).astype(np.int64)
        place += 1 + length
    return tables
