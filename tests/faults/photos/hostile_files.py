"""恶意与异常文件: made by code, by name, with the word by which each is refused, or what is found in it.

python -m tests.faults.photos.hostile_files FOLDER     opens every file of a folder in a process that does nothing else
"""

import io
import json
import resource
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from biye.foundation.errors import Refused
from biye.photos.core import measuring, opening
from biye.photos.core.opening import MOST_BYTES
from tests import photo_files
from tests.photo_files import encoded

GOOD = photo_files.good()
type Make = Callable[[], bytes]


def png(width: int, height: int, bits: int = 8, kind: int = 2, data: bytes = b"") -> bytes:
    """A PNG that says it is so large; its content is whatever is given."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def real_png_bomb() -> bytes:
    """12,000 × 12,000 honest pixels in less than half a megabyte."""
    row = b"\0" + b"\x55" * 36_000
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(12_000)) + packer.flush()
    return png(12_000, 12_000, data=body)


def patched_size(width: int, height: int) -> bytes:
    """A JPEG whose header lies about its size."""
    data = bytearray(GOOD)
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def patched(place: int, content: bytes) -> bytes:
    return GOOD[:place] + content + GOOD[place + len(content) :]


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes a thousand times over."""
    data = encoded(photo_files.portrait().pixels, progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 1000 + b"\xff\xd9"


def marker_flood() -> bytes:
    return GOOD[:2] + b"\xff\xfe\x00\x02" * 20_000 + GOOD[2:]


def pictures(kind: str, mode: str = "RGB", size: tuple[int, int] = (480, 640), **options: object) -> bytes:
    """Two pictures of one colour in one file."""
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", size, colour).convert(mode) for colour in ((220, 40, 40), (40, 40, 220)))
    first.save(buffer, kind, save_all=True, append_images=[second], **options)
    return buffer.getvalue()


def webp_giant() -> bytes:
    """An animation that says its canvas is 16383 × 16383."""
    data = bytearray(pictures("WEBP", size=(32, 32)))
    data[24:30] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


def webp_claiming(kind: bytes, place: int) -> bytes:
    """A still picture whose header lies about its size."""
    data = bytearray(encoded(np.zeros((32, 32, 3), np.uint8), "WEBP", lossless=kind == b"VP8L"))
    sizes = b"\xff\xff\xff\x0f" if kind == b"VP8L" else (16_000).to_bytes(2, "little") * 2
    if data[12:16] != kind:
        raise ValueError(f"another kind of WebP: {data[12:16]!r}")
    data[place : place + 4] = sizes
    return bytes(data)


def as_other(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, kind)
    return buffer.getvalue()


def in_mode(mode: str, kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(photo_files.portrait().pixels).convert(mode).save(buffer, kind)
    return buffer.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    """The good photo with one more segment at its beginning."""
    return GOOD[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + GOOD[2:]


def marked(mark: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = mark
    return encoded(photo_files.portrait().pixels, exif=exif)


def with_thumbnail() -> bytes:
    """An EXIF block that holds a whole JPEG, end marker and all."""
    return segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + encoded(np.zeros((120, 90, 3), np.uint8)))


REFUSED: dict[str, tuple[Make, str]] = {
    "空文件": (lambda: b"", "empty"),
    "超大文件": (lambda: GOOD + bytes(MOST_BYTES), "too_many_bytes"),
    "PNG 自称 60000×60000": (lambda: png(60_000, 60_000), "too_many_pixels"),
    "JPEG 自称 65500×65500": (lambda: patched_size(65_500, 65_500), "too_many_pixels"),
    "渐进式 JPEG 自称 5000×5000": (
        lambda: patched_size(5_000, 5_000).replace(b"\xff\xc0", b"\xff\xc2", 1),
        "too_many_pixels",
    ),
    "真 12000×12000 PNG": (real_png_bomb, "too_many_pixels"),
    "WebP 自称 16383×16383": (webp_giant, "too_many_pixels"),
    "WebP（有损）自称 16000×16000": (lambda: webp_claiming(b"VP8 ", 26), "too_many_pixels"),
    "WebP（无损）自称 16384×16384": (lambda: webp_claiming(b"VP8L", 21), "too_many_pixels"),
    "PNG 没有尺寸": (lambda: png(0, 0), "too_small"),
    "过于狭长": (lambda: png(10_000, 20), "too_narrow"),
    "过小": (lambda: encoded(np.zeros((8, 8, 3), np.uint8)), "too_small"),
    "截断": (lambda: GOOD[: len(GOOD) // 2], "cut_short"),
    "只有开头": (lambda: GOOD[:20], "cut_short"),
    "只有起始标记": (lambda: b"\xff\xd8\xff", "cut_short"),
    "断在标记之后": (lambda: GOOD[:2] + b"\xff\xfe\x00", "cut_short"),
    "断在扫描数据中": (lambda: GOOD[: GOOD.rindex(b"\xff\xda") + 40], "cut_short"),
    "一串填充字节": (lambda: b"\xff\xd8" + b"\xff" * 2_000_000, "cut_short"),
    "标记之间有杂字节": (lambda: b"\xff\xd8\xff\xfe\x00\x02junk" + GOOD[2:], "broken_structure"),
    "段长为零": (lambda: GOOD[:2] + b"\xff\xe1\x00\x00" + GOOD[2:], "broken_structure"),
    "段长越界": (lambda: GOOD[:2] + b"\xff\xe1\xff\xff" + b"x" * 10, "cut_short"),
    "帧头过短": (lambda: b"\xff\xd8\xff\xc0\x00\x04\x08\x00" + GOOD[2:], "broken_structure"),
    "量化表过短": (lambda: segment(0xDB, b"\x00" + bytes(10)), "broken_structure"),
    "没有图像数据": (lambda: b"\xff\xd8\xff\xd9", "broken_structure"),
    "算术编码 JPEG": (lambda: GOOD.replace(b"\xff\xc0", b"\xff\xc9", 1), "broken_picture"),
    "霍夫曼表损坏": (lambda: patched(GOOD.index(b"\xff\xc4") + 5, b"\xff" * 12), "broken_picture"),
    "标记泛滥": (marker_flood, "broken_structure"),
    "扫描遍数炸弹": (many_scans, "too_many_scans"),
    "16 位 PNG": (lambda: encoded(np.full((32, 32), 30_000, np.uint16), "PNG"), "sixteen_bits"),
    "PNG 内容损坏": (lambda: png(64, 64, data=b"not compressed"), "broken_picture"),
    "WebP 内容损坏": (lambda: as_other("WEBP")[:30] + b"\0" * 20, "broken_picture"),
    "GIF 改名": (lambda: as_other("GIF"), "not_a_photo"),
    "BMP 改名": (lambda: as_other("BMP"), "not_a_photo"),
    "TIFF 改名": (lambda: as_other("TIFF"), "not_a_photo"),
    "PDF 改名": (lambda: as_other("PDF"), "not_a_photo"),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_a_photo"),
    "PSD": (lambda: b"8BPS" + bytes(100), "not_a_photo"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_photo"),
    "网页": (lambda: b"\n<!DOCTYPE html><script>alert(1)</script>", "not_a_photo"),
    "压缩包": (lambda: b"PK\x03\x04" + bytes(100), "not_a_photo"),
    "程序": (lambda: b"MZ" + bytes(100), "not_a_photo"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(100), "heic"),
    "视频": (lambda: b"\0\0\0\x18ftypmp42" + bytes(100), "not_a_photo"),
    "乱码": (lambda: bytes(range(256)), "not_a_photo"),
}

# Read harmlessly, and what is odd about them is found by the check that is named.
FOUND: dict[str, tuple[Make, str, str]] = {
    "尾部附加压缩包": (lambda: GOOD + b"PK\x03\x04" + bytes(1000), "trailing_bytes", "tail"),
    "注释中的脚本": (lambda: segment(0xFE, b"<script>alert(1)</script>"), "trailing_bytes", "within"),
    "缩略图在 EXIF 中": (with_thumbnail, "one_picture", "within"),
    "MPO 多图": (lambda: pictures("MPO"), "one_picture", "several"),
    "两个 JPEG 相接": (lambda: GOOD + GOOD, "one_picture", "several"),
    "动态 WebP": (lambda: pictures("WEBP", lossless=True), "one_picture", "several"),
    "动态 PNG": (lambda: pictures("PNG"), "one_picture", "several"),
    "PNG 改名": (lambda: in_mode("RGB", "PNG"), "file_format", "other_format"),
    "WebP 改名": (lambda: in_mode("RGB", "WEBP"), "file_format", "other_format"),
    "CMYK": (lambda: in_mode("CMYK"), "colour_depth", "print_colours"),
    "灰度": (lambda: in_mode("L"), "colour_depth", "grey"),
    "索引颜色 PNG": (lambda: in_mode("P", "PNG"), "colour_depth", "palette"),
    "透明 PNG": (lambda: in_mode("RGBA", "PNG"), "colour_depth", "transparent"),
    "方向标记 3": (lambda: marked(3), "orientation", "marked"),
    "方向标记 6": (lambda: marked(6), "orientation", "marked"),
    "方向标记 8": (lambda: marked(8), "orientation", "marked"),
}


def opened_alone(folder: Path) -> dict[str, object]:
    """What becomes of each file, and by how many kilobytes the process grew."""
    files = sorted(folder.iterdir())
    opening.open_photo(GOOD, "x.jpg", longest=measuring.LONGEST)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    became = {}
    for file in files:
        try:
            opening.open_photo(opening.read(file), file.name, longest=measuring.LONGEST)
            became[file.name] = "read"
        except Refused as refused:
            became[file.name] = refused.reasons[0].code
    return {"became": became, "grown": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}


if __name__ == "__main__":
    print(json.dumps(opened_alone(Path(sys.argv[1]))))
