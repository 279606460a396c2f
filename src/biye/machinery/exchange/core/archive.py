"""压缩包: a packed workbook opened only after its directory has been found harmless, and read only within bounds."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from biye.machinery.exchange.core.limits import Limits, Unreadable

_PIECE = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NESTED = (".zip", ".xlsx", ".rar", ".7z", ".gz")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """A zip file whose entries are few, unencrypted and not absurdly larger than what was sent."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except _BROKEN:
            raise Unreadable("file_broken") from None
        self._limits = limits
        self._entries: dict[str, zipfile.ZipInfo] = {}
        expanded = 0
        if len(entries) > limits.entries:
            raise Unreadable("too_many_parts", entries=len(entries), limit=limits.entries)
        for entry in entries:
            name = entry.filename.replace("\\", "/").lstrip("/")
            if entry.flag_bits & 1:
                raise Unreadable("encrypted")
            if entry.compress_type not in _METHODS:
                raise Unreadable("file_broken")
            expanded += entry.file_size
            self._entries[name.lower()] = entry
        if expanded > limits.expanded_bytes or (
            expanded > limits.expansion_from and expanded > limits.expansion * len(content)
        ):
            raise Unreadable("expands_too_much", size=len(content), expanded=expanded)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> list[str]:
        """Entry names, in small letters."""
        return list(self._entries)

    @property
    def holds_archives(self) -> bool:
        """Are there packed files inside?"""
        return any(name.endswith(_NESTED) for name in self._entries)

    def read(self, name: str, limit: int) -> bytes:
        """One whole entry of at most `limit` bytes."""
        pieces, size = [], 0
        for piece in self.pieces(name):
            size += len(piece)
            if size > limit:
                raise Unreadable("part_too_large", part=name, limit=limit)
            pieces.append(piece)
        return b"".join(pieces)

    def pieces(self, name: str) -> Iterator[bytes]:
        """One entry piece by piece; its checksum is verified at the end."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Unreadable("part_missing", part=name)
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > self._limits.expanded_bytes:
                        raise Unreadable("expands_too_much", size=entry.compress_size, expanded=size)
                    yield piece
        except _BROKEN:
            raise Unreadable("file_broken") from None
