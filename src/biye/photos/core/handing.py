"""上报照片: the file that leaves the house: the picture that was looked at, its resolution mark, and nothing else.

A JPEG keeps its pixels to the last bit; whatever else came along in the upload (places, devices, remarks, second
pictures, tails) stays behind. Anything that is no JPEG is encoded by the specification.
"""

import struct

from biye.photos.core import jpeg, measuring, opening
from biye.photos.core.opening import Format
from biye.photos.core.specification import Specification
from biye.photos.core.standard import encoding
from biye.photos.core.windows import Pixels

_JFIF = b"JFIF\0\x01\x01\x01"
_APP0, _APP14 = 0xE0, 0xEE


def handed(data: bytes, specification: Specification) -> bytes:
    """The bytes to hand over. Refused: what `open_photo` and `encode` refuse."""
    photo = opening.open_photo(data, "", longest=measuring.LONGEST)
    if photo.facts.format is Format.JPEG and photo.facts.orientation == 1:
        return bare(data, _dpi(specification))
    return _encoded(photo.pixels, specification)


def bare(data: bytes, dpi: int) -> bytes:
    """A JPEG's first picture, with a fresh resolution mark. Raises `jpeg.Broken`."""
    parts = [jpeg.START, _segment(_APP0, _JFIF + struct.pack(">HH", dpi, dpi) + b"\0\0")]
    for marker, body, scan in jpeg.pieces(data):
        if marker < _APP0 or (marker == _APP14 and body.startswith(b"Adobe")):
            parts += [_segment(marker, body), scan]
    return b"".join([*parts, jpeg.END])


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _dpi(specification: Specification) -> int:
    found = specification.limits.get("resolution")
    return int(getattr(found, "dpi", 300))


def _encoded(pixels: Pixels, specification: Specification) -> bytes:
    return encoding.encode(pixels, specification)[0]
