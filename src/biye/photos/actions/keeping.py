"""存放照片: files by the hash of their content."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from biye.photos.core.opening import digest


def keep(folder: str, content: bytes, ending: str) -> str:
    """Store bytes under their hash; the same bytes are stored once. The name in the storage."""
    name = f"photos/{folder}/{digest(content)}{ending}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def kept(file: FieldFile) -> bytes:
    """What is stored."""
    with file.open("rb") as stream:
        return bytes(stream.read())
