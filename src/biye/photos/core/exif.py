"""EXIF 标记: the three tags that matter here, read from the raw block; anything odd in it reads as absent."""

import struct
from dataclasses import dataclass

_ORIENTATION, _ACROSS, _DOWN, _UNIT = 0x0112, 0x011A, 0x011B, 0x0128
_SHORT, _RATIONAL = 3, 5
_MOST_TAGS = 500


@dataclass(frozen=True, slots=True)
class Exif:
    """EXIF 标记: orientation (1 is upright) and resolution per inch in thousandths, None where not said."""

    orientation: int = 1
    dpi: tuple[int, int] | None = None


def read(block: bytes) -> Exif:
    """The tags of the first directory."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return Exif()
    tags = _tags(block, order)
    orientation = tags.get(_ORIENTATION, 1)
    across, down, unit = tags.get(_ACROSS), tags.get(_DOWN), tags.get(_UNIT, 2)
    if across is None or down is None or unit not in (2, 3):
        return Exif(orientation if 1 <= orientation <= 8 else 1)
    dpi = (across, down) if unit == 2 else (across * 254 // 100, down * 254 // 100)
    return Exif(orientation if 1 <= orientation <= 8 else 1, dpi)


def _tags(block: bytes, order: str) -> dict[int, int]:
    """Shorts as they are, fractions in thousandths."""
    found: dict[int, int] = {}
    try:
        (start,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, start)
        for number in range(min(count, _MOST_TAGS)):
            tag, kind, _ = struct.unpack_from(order + "HHI", block, start + 2 + 12 * number)
            place = start + 2 + 12 * number + 8
            if kind == _SHORT:
                (found[tag],) = struct.unpack_from(order + "H", block, place)
            elif kind == _RATIONAL:
                (where,) = struct.unpack_from(order + "I", block, place)
                above, below = struct.unpack_from(order + "II", block, where)
                if below:
                    found[tag] = above * 1000 // below
    except struct.error:
        return found
    return found
