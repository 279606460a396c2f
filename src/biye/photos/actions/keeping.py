"""存放照片: files by the hash of their content; what is shown is drawn anew from the pixels."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from PIL import Image

from biye.photos.core.opening import digest
from biye.photos.core.windows import Pixels

_SHOWN_QUALITY = 90


def keep(folder: str, content: bytes, ending: str) -> str:
    """Store bytes under their hash; the same bytes are stored once. The name in the storage."""
    name = f"photos/{folder}/{digest(content)}{ending}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def kept(file: FieldFile) -> bytes:
    """What is stored."""
    with file.open("rb") as stream:
        return bytes(stream.read())


def picture(pixels: Pixels) -> bytes:
    """Pixels as a plain JPEG, with nothing that came along in the upload."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=_SHOWN_QUALITY, subsampling=0)
    return buffer.getvalue()
