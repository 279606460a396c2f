"""供显示的图像: drawn anew from pixels, with nothing that came along in the upload."""

import io

from PIL import Image

from biye.photos.core.windows import Pixels

_QUALITY = 90


def picture(pixels: Pixels, longest: int | None = None) -> bytes:
    """Pixels as a plain JPEG; smaller where the longer side is longer than `longest`."""
    image = Image.fromarray(pixels)
    if longest is not None and max(image.size) > longest:
        shrink = longest / max(image.size)
        size = (max(round(image.width * shrink), 1), max(round(image.height * shrink), 1))
        image = image.resize(size, Image.Resampling.BOX)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()
