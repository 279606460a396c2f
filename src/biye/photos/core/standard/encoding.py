"""编码: the finished picture as a JPEG of the wanted size, full colour resolution, resolution mark, and nothing else."""

import io
from typing import cast

from PIL import Image

from biye.foundation.errors import Reason, Refused
from biye.photos.core.checks.file_size import FileSize
from biye.photos.core.checks.quality import LeastQuality
from biye.photos.core.checks.resolution import Resolution
from biye.photos.core.specification import Specification
from biye.photos.core.windows import Pixels

_BEST = 95
# Where most photos end up, so that the search begins there.
_USUAL = 82
# Room below the upper limit, whichever way kilobytes are counted.
_ROOM = 0.975


def encode(pixels: Pixels, specification: Specification) -> tuple[bytes, int]:
    """The bytes, and the quality they were written with: the best that fits. Refused: too_detailed."""
    limits = specification.limits
    dpi = cast("Resolution", limits["resolution"]).dpi
    most = cast("FileSize", limits["file_size"]).most * 1000 * _ROOM
    picture = Image.fromarray(pixels)

    def written(quality: int) -> bytes | None:
        buffer = io.BytesIO()
        try:
            # Colour at full resolution: halved, the new background would bleed along the person's edge.
            picture.save(buffer, "JPEG", quality=quality, subsampling=0, optimize=True, dpi=(dpi, dpi))
        except OSError:
            # More bytes than pixels: the encoder gives up, and it would never have fitted.
            return None
        return buffer.getvalue()

    least = cast("LeastQuality", limits["quality"]).least
    low, high, tried_at = least, max(_BEST, least), max(_USUAL, least)
    best = b""
    while low <= high:
        tried = written(tried_at)
        if tried is not None and len(tried) <= most:
            low, best = tried_at + 1, tried
        else:
            high = tried_at - 1
        tried_at = (low + high) // 2
    if not best:
        raise Refused(Reason("too_detailed", {"most": round(most / 1000)}))
    return best, high
