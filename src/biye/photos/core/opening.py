"""打开照片: a stranger's file as facts and pixels, or a refusal by name; bounded in memory and time.

Nothing is decoded before the header has been judged. What an upload contains besides pixels is never kept.
"""

import io
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageCms

from biye.foundation.errors import Reason, Refused
from biye.photos.core import exif, jpeg
from biye.photos.core.windows import Pixels

MOST_BYTES = 25_000_000
MOST_PIXELS = 50_000_000
# Decoders of these hold the whole picture, or all its coefficients, at once.
MOST_PIXELS_UNSHRUNK = 16_000_000
MOST_SCANS = 64
MOST_RATIO = 20
LEAST_SIDE = 16
_NEARLY = 1.25
_SRGB = ImageCms.createProfile("sRGB")


class Format(StrEnum):
    """文件格式 by content, never by name."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"


_KNOWN = {b"\xff\xd8\xff": Format.JPEG, b"\x89PNG\r\n\x1a\n": Format.PNG}
# What people upload by mistake, so that the refusal can say what it is.
_STRANGERS = (
    (0, b"GIF8", "GIF 动图"),
    (0, b"BM", "BMP 位图"),
    (0, b"II*\0", "TIFF 或相机原始文件"),
    (0, b"MM\0*", "TIFF 或相机原始文件"),
    (0, b"%PDF", "PDF 文件"),
    (0, b"%!PS", "EPS 文件"),
    (0, b"8BPS", "Photoshop 文件"),
    (0, b"PK\x03\x04", "压缩包或 Office 文件"),
    (0, b"Rar!", "压缩包"),
    (0, b"7z\xbc\xaf", "压缩包"),
    (0, b"\xd0\xcf\x11\xe0", "Office 文件"),
    (0, b"<svg", "SVG 矢量图"),
    (0, b"<?xml", "网页或 SVG 文件"),
    (0, b"<!DOCTYPE", "网页"),
    (0, b"<html", "网页"),
    (0, b"MZ", "程序"),
    (4, b"ftypheic", "HEIC 照片"),
    (4, b"ftypheix", "HEIC 照片"),
    (4, b"ftypmif1", "HEIC 照片"),
    (4, b"ftypavif", "AVIF 图片"),
    (4, b"ftyp", "视频"),
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """文件情况: everything a check may ask of the file itself. `name` is the name it came with."""

    name: str
    byte_count: int
    sha256: str
    format: Format
    width: int
    height: int
    mode: str
    jfif_dpi: tuple[int, int] | None = None  # thousandths
    exif_dpi: tuple[int, int] | None = None
    orientation: int = 1
    quality: jpeg.Quality | None = None
    pictures: int = 1
    trailing: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """照片: facts of the file and its pixels, upright; `scale` is pixels here per pixel of the file.

    `decoded`: the same as the decoder gave it, as large or larger.
    """

    facts: FileFacts
    pixels: Pixels
    scale: float
    decoded: Pixels


def read(file: Path) -> bytes:
    """A file's bytes, unless there are too many. Refused: too_many_bytes, unreadable."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise _refused("too_many_bytes", found=size // 1_000_000, most=MOST_BYTES // 1_000_000)
        return file.read_bytes()
    except OSError as error:
        raise _refused("unreadable", why=error.strerror or "") from error


def digest(data: bytes) -> str:
    """The hash by which a file is known."""
    return sha256(data).hexdigest()


def open_photo(data: bytes, name: str, *, longest: int, in_srgb: bool = False) -> Photo:
    """Facts and pixels; the pixels are shrunk until the longer side is about `longest`, a quarter more at most.

    Refused, each by name: empty, too_many_bytes, not_a_photo, cut_short, broken_structure, broken_picture,
    too_many_pixels, too_small, too_narrow, too_many_scans, sixteen_bits.
    """
    if not data:
        raise _refused("empty")
    if len(data) > MOST_BYTES:
        raise _refused("too_many_bytes", found=len(data) // 1_000_000, most=MOST_BYTES // 1_000_000)
    kind = _format(data)
    structure = _structure(data) if kind is Format.JPEG else None
    if structure is None:
        # Some decoders make room for the whole picture as soon as they are made.
        _refuse_giants(_claimed_size(data, kind), None)
    try:
        # Only the decoder that fits ever sees the bytes.
        with Image.open(io.BytesIO(data), formats=(kind.value,)) as image:
            _refuse_giants(image.size, structure)
            facts = _facts(data, name, kind, image, structure)
            return _decoded(image, facts, longest, in_srgb=in_srgb)
    except Refused:
        raise
    except Exception as error:
        # A hostile file may raise anything inside a decoder.
        raise _refused("broken_picture") from error


def _format(data: bytes) -> Format:
    for start, kind in _KNOWN.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    head = data[:64].lstrip()
    for place, start, what in _STRANGERS:
        if data[place:].startswith(start) if place else head.startswith(start):
            code = "heic" if what.startswith("HEIC") else "not_a_photo"
            raise _refused(code, what=f" {what}" if what[0].isascii() else what)
    raise _refused("not_a_photo", what="无法识别的文件")


def _claimed_size(data: bytes, kind: Format) -> tuple[int, int]:
    """Width and height as the header of a PNG or WebP says them."""
    if kind is Format.PNG:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        packed = int.from_bytes(data[21:25], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _structure(data: bytes) -> jpeg.Structure:
    try:
        structure = jpeg.walk(data)
    except jpeg.Broken as error:
        raise _refused(error.code) from error
    if not structure.is_decodable:
        raise _refused("broken_picture")
    if structure.scans > MOST_SCANS:
        raise _refused("too_many_scans", found=structure.scans, most=MOST_SCANS)
    _refuse_giants((structure.width, structure.height), structure)
    return structure


def _refuse_giants(size: tuple[int, int], structure: jpeg.Structure | None) -> None:
    width, height = size
    shrinkable = structure is not None and not structure.is_progressive
    most = MOST_PIXELS if shrinkable else MOST_PIXELS_UNSHRUNK
    if width * height > most:
        raise _refused("too_many_pixels", found=f"{width}×{height}", most=most // 1_000_000)
    if min(width, height) < LEAST_SIDE:
        raise _refused("too_small", found=f"{width}×{height}", least=LEAST_SIDE)
    if max(width, height) > MOST_RATIO * min(width, height):
        raise _refused("too_narrow", found=f"{width}×{height}")


def _facts(data: bytes, name: str, kind: Format, image: Image.Image, structure: jpeg.Structure | None) -> FileFacts:
    if kind is Format.PNG and image.mode.startswith("I"):
        raise _refused("sixteen_bits")
    fingerprint = digest(data)
    frames = getattr(image, "n_frames", 1)
    if structure is None:
        told = exif.read(image.info.get("exif", b"").removeprefix(b"Exif\0\0"))
        return FileFacts(
            name,
            len(data),
            fingerprint,
            kind,
            *image.size,
            image.mode,
            jfif_dpi=None,
            exif_dpi=told.dpi,
            orientation=told.orientation,
            pictures=frames,
        )
    told = exif.read(structure.exif)
    return FileFacts(
        name,
        len(data),
        fingerprint,
        kind,
        structure.width,
        structure.height,
        image.mode,
        jfif_dpi=_jfif_dpi(structure.jfif_density),
        exif_dpi=told.dpi,
        orientation=told.orientation,
        quality=jpeg.quality(structure),
        pictures=2 if structure.has_more_pictures else 1,
        trailing=structure.trailing,
    )


def _jfif_dpi(density: tuple[int, int, int] | None) -> tuple[int, int] | None:
    if density is None or density[0] not in (1, 2):
        return None
    thousandths = 1000 if density[0] == 1 else 2540
    return density[1] * thousandths, density[2] * thousandths


def _decoded(image: Image.Image, facts: FileFacts, longest: int, *, in_srgb: bool) -> Photo:
    width = image.width
    if facts.format is Format.JPEG and max(image.size) > longest:
        # The decoder itself shrinks by 2, 4 or 8, so that a large picture never stands in memory whole.
        least = tuple(side * longest // max(image.size) for side in image.size)
        image.draft("RGB" if image.mode == "RGB" else None, (max(least[0], 1), max(least[1], 1)))
    profile = image.info.get("icc_profile") if in_srgb else None
    picture = _on_white(image)
    picture = _oriented(picture, facts.orientation)
    if profile:
        picture = _as_srgb(picture, profile)
    decoded = np.asarray(picture)
    pixels = _shrunk(decoded, longest)
    turned = facts.orientation >= 5
    return Photo(facts, pixels, (pixels.shape[0] if turned else pixels.shape[1]) / width, decoded)


def _shrunk(pixels: Pixels, longest: int) -> Pixels:
    """No side longer than `longest`; what the decoder left only a little larger stays as it is."""
    shrink = longest / max(pixels.shape)
    if shrink * _NEARLY >= 1:
        return pixels
    size = (max(round(pixels.shape[1] * shrink), 1), max(round(pixels.shape[0] * shrink), 1))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _on_white(image: Image.Image) -> Image.Image:
    """Three colours; what was transparent becomes white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, clear).convert("RGB")
    return image.convert("RGB")


def _oriented(picture: Image.Image, orientation: int) -> Image.Image:
    """Upright as the EXIF orientation says."""
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _as_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Telephones write wider colour spaces; a profile that cannot be read is left aside."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted if converted is not None else picture


def _refused(code: str, **details: object) -> Refused:
    return Refused(Reason(code, details))
