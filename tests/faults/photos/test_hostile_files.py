"""恶意与异常文件: each refused by name or read harmlessly, before anything large is made of it."""

import io
import resource
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from biye.foundation.errors import Refused
from biye.photos.core import opening
from biye.photos.core.opening import MOST_BYTES, open_photo
from tests import photo_files
from tests.photo_files import encoded

GOOD = photo_files.good()


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


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes a thousand times over."""
    data = encoded(photo_files.portrait().pixels, progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 1000 + b"\xff\xd9"


def marker_flood() -> bytes:
    return GOOD[:2] + b"\xff\xfe\x00\x02" * 20_000 + GOOD[2:]


def as_other(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, kind, **options)
    return buffer.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件": (lambda: b"", "empty"),
    "超大文件": (lambda: GOOD + bytes(MOST_BYTES), "too_many_bytes"),
    "PNG 自称 60000×60000": (lambda: png(60_000, 60_000), "too_many_pixels"),
    "JPEG 自称 65500×65500": (lambda: patched_size(65_500, 65_500), "too_many_pixels"),
    "真 12000×12000 PNG": (real_png_bomb, "too_many_pixels"),
    "过于狭长": (lambda: png(10_000, 20), "too_narrow"),
    "过小": (lambda: encoded(np.zeros((8, 8, 3), np.uint8)), "too_small"),
    "截断": (lambda: GOOD[: len(GOOD) // 2], "cut_short"),
    "只有开头": (lambda: GOOD[:20], "cut_short"),
    "只有起始标记": (lambda: b"\xff\xd8\xff", "cut_short"),
    "一串填充字节": (lambda: b"\xff\xd8" + b"\xff" * 2_000_000, "cut_short"),
    "段长为零": (lambda: GOOD[:2] + b"\xff\xe1\x00\x00" + GOOD[2:], "broken_structure"),
    "段长越界": (lambda: GOOD[:2] + b"\xff\xe1\xff\xff" + b"x" * 10, "cut_short"),
    "没有图像数据": (lambda: b"\xff\xd8\xff\xd9", "broken_structure"),
    "标记泛滥": (marker_flood, "broken_structure"),
    "扫描遍数炸弹": (many_scans, "too_many_scans"),
    "16 位 PNG": (lambda: encoded(np.full((32, 32), 30_000, np.uint16), "PNG"), "sixteen_bits"),
    "PNG 内容损坏": (lambda: png(64, 64, data=b"not compressed"), "broken_picture"),
    "GIF 改名": (lambda: as_other("GIF"), "not_a_photo"),
    "BMP 改名": (lambda: as_other("BMP"), "not_a_photo"),
    "TIFF 改名": (lambda: as_other("TIFF"), "not_a_photo"),
    "PDF 改名": (lambda: as_other("PDF"), "not_a_photo"),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_a_photo"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_photo"),
    "网页": (lambda: b"\n<!DOCTYPE html><script>alert(1)</script>", "not_a_photo"),
    "压缩包": (lambda: b"PK\x03\x04" + bytes(100), "not_a_photo"),
    "程序": (lambda: b"MZ" + bytes(100), "not_a_photo"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(100), "heic"),
    "视频": (lambda: b"\0\0\0\x18ftypmp42" + bytes(100), "not_a_photo"),
    "乱码": (lambda: bytes(range(256)), "not_a_photo"),
}


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        open_photo(data, "x.jpg", longest=1280)
    (reason,) = refused.value.reasons
    return reason.code


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_by_name(make: Callable[[], bytes], code: str) -> None:
    assert refusal(make()) == code


def test_giants_are_refused_before_anything_large_is_made_of_them() -> None:
    bomb, lie = real_png_bomb(), png(60_000, 60_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [refusal(bomb), refusal(lie)] == ["too_many_pixels", "too_many_pixels"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    sparse = tmp_path / "x.jpg"
    with sparse.open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(Refused) as refused:
        opening.read(sparse)
    assert [reason.code for reason in refused.value.reasons] == ["too_many_bytes"]


def test_a_file_that_is_not_there_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        opening.read(tmp_path / "nothing.jpg")
    assert [reason.code for reason in refused.value.reasons] == ["unreadable"]


def test_a_script_in_a_comment_is_read_harmlessly_and_never_written_again() -> None:
    script = b"<script>alert(1)</script>"
    data = GOOD[:2] + b"\xff\xfe" + struct.pack(">H", len(script) + 2) + script + GOOD[2:]
    photo = open_photo(data, "x.jpg", longest=1280)
    assert photo.pixels.shape == (640, 480, 3)
    assert script not in encoded(photo.pixels)


@pytest.mark.parametrize("seed", range(150))
def test_a_mangled_photo_is_refused_by_name_or_read(seed: int) -> None:
    """Bytes flipped, cut out or put in anywhere: nothing but a named refusal or a picture comes of it."""
    random = np.random.default_rng(seed)
    data = bytearray(encoded(photo_files.portrait().pixels, progressive=bool(seed % 2)))
    for _ in range(int(random.integers(1, 20))):
        place = int(random.integers(2, len(data)))
        kind = random.integers(3)
        if kind == 0:
            data[place] ^= int(random.integers(1, 256))
        elif kind == 1:
            del data[place : place + int(random.integers(1, 200))]
        else:
            data[place:place] = random.bytes(int(random.integers(1, 50)))
    assert outcome(bytes(data)) in {
        *("read", "cut_short", "broken_structure", "broken_picture", "not_a_photo"),
        *("too_many_pixels", "too_many_scans", "too_narrow", "too_small"),
    }


def outcome(data: bytes) -> str:
    try:
        photo = open_photo(data, "x.jpg", longest=1280)
    except Refused as refused:
        return refused.reasons[0].code
    return "read" if photo.pixels.dtype == np.uint8 and max(photo.pixels.shape) <= 1280 else "wrong"
