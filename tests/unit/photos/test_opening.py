"""打开照片: what the bytes of a file say, and the pixels that come of them."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from biye.photos.core import exif, jpeg
from biye.photos.core.opening import Photo, open_photo
from tests import photo_files
from tests.photo_files import encoded

FLAT = np.full((64, 48, 3), (100, 197, 255), np.uint8)


def opened(data: bytes, longest: int = 1280) -> Photo:
    return open_photo(data, "x.jpg", longest=longest)


@pytest.mark.parametrize("quality", range(20, 101))
def test_the_usual_encoder_s_quality_is_read_exactly(quality: int) -> None:
    assert opened(encoded(FLAT, quality=quality)).facts.quality == jpeg.Quality(quality, 0.0)


def test_other_encoders_tables_are_told_apart_by_their_deviation() -> None:
    found = opened(encoded(FLAT, quality="web_low")).facts.quality
    assert found is not None
    assert found.deviation > 3


def test_the_lower_of_brightness_and_colour_is_the_quality() -> None:
    tables = [[16] * 64, [99] * 64]
    found = opened(encoded(FLAT, qtables=tables, quality=-1)).facts.quality
    assert found is not None
    assert found.nearest < 60


@pytest.mark.parametrize(
    ("density", "dpi"),
    [((1, 300, 300), 300_000), ((2, 118, 118), 299_720), ((0, 1, 1), None), ((1, 72, 72), 72_000)],
)
def test_jfif_density_is_read_in_its_unit(density: tuple[int, int, int], dpi: int | None) -> None:
    data = bytearray(encoded(FLAT))
    place = data.index(b"JFIF\0") + 7
    data[place : place + 5] = struct.pack(">BHH", *density)
    assert opened(bytes(data)).facts.jfif_dpi == (None if dpi is None else (dpi, dpi))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("unit", "dpi"), [(2, 300_000), (3, 762_000)])
def test_exif_resolution_is_read_in_both_byte_orders_and_units(order: str, unit: int, dpi: int) -> None:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, 4)
    entries = struct.pack(order + "HHIHH", 0x0112, 3, 1, 6, 0)
    entries += struct.pack(order + "HHII", 0x011A, 5, 1, 62) + struct.pack(order + "HHII", 0x011B, 5, 1, 62)
    entries += struct.pack(order + "HHIHH", 0x0128, 3, 1, unit, 0)
    block = head + entries + struct.pack(order + "I", 0) + struct.pack(order + "II", 300, 1)
    assert exif.read(block) == exif.Exif(6, (dpi, dpi))


@pytest.mark.parametrize(
    "block",
    [b"", b"II*\0", b"XX*\0\x08\0\0\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 30],
)
def test_an_odd_exif_block_reads_as_absent(block: bytes) -> None:
    assert exif.read(block) == exif.Exif()


def test_tags_of_other_kinds_and_fractions_over_nothing_are_passed_over() -> None:
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, 9, 0)  # no such orientation
    entries += struct.pack("<HHII", 0x0110, 2, 4, 0) + struct.pack("<HHII", 0x011A, 5, 1, 62)
    entries += struct.pack("<HHII", 0x011B, 5, 1, 70)
    block = b"II*\0" + struct.pack("<IH", 8, 4) + entries + struct.pack("<I", 0) + struct.pack("<IIII", 300, 1, 300, 0)
    assert exif.read(block) == exif.Exif(1, None)


@pytest.mark.parametrize("unit", [0, 1, 4])
def test_a_resolution_in_no_unit_is_absent(unit: int) -> None:
    entries = struct.pack("<HHII", 0x011A, 5, 1, 50) + struct.pack("<HHII", 0x011B, 5, 1, 50)
    entries += struct.pack("<HHIHH", 0x0128, 3, 1, unit, 0)
    block = b"II*\0" + struct.pack("<IH", 8, 3) + entries + struct.pack("<I", 0) + struct.pack("<II", 300, 1)
    assert exif.read(block) == exif.Exif(1, None)


@pytest.mark.parametrize("mark", range(1, 9))
def test_a_marked_picture_is_measured_upright(mark: int) -> None:
    picture = np.zeros((40, 30, 3), np.uint8)
    picture[:20, :15] = 255
    block = Image.Exif()
    block[0x0112] = mark
    photo = opened(encoded(_turned_away(picture, mark), exif=block))
    assert photo.facts.orientation == mark
    assert photo.scale == 1.0
    assert np.abs(photo.pixels.astype(int) - picture).mean() < 8


def _turned_away(picture: np.ndarray, mark: int) -> np.ndarray:
    """The picture as a camera held so would store it."""
    stored = {
        1: lambda p: p,
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.transpose(1, 0, 2),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: np.rot90(p, 2).transpose(1, 0, 2),
        8: lambda p: np.rot90(p, 3),
    }
    return np.ascontiguousarray(stored[mark](picture))


def test_a_large_picture_is_shrunk_and_its_scale_kept() -> None:
    photo = opened(encoded(np.full((3000, 4000, 3), 120, np.uint8)), longest=1000)
    assert photo.pixels.shape == (750, 1000, 3)
    assert photo.scale == pytest.approx(0.25)
    assert (photo.facts.width, photo.facts.height) == (4000, 3000)


def test_print_colours_become_the_colours_they_mean() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (32, 32), (0, 255, 255, 0)).save(buffer, "JPEG", quality=95)
    photo = opened(buffer.getvalue())
    assert photo.facts.mode == "CMYK"
    assert np.abs(photo.pixels.mean(axis=(0, 1)) - [254, 0, 0]).max() < 6


def test_what_is_transparent_becomes_white() -> None:
    clear = np.zeros((32, 32, 4), np.uint8)
    photo = opened(encoded(clear, "PNG"))
    assert photo.facts.mode == "RGBA"
    assert photo.pixels.min() == 255


def test_a_wide_colour_space_is_converted_only_where_asked() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    data = encoded(FLAT, icc_profile=profile.tobytes())
    plain = open_photo(data, "x", longest=100)
    converted = open_photo(data, "x", longest=100, in_srgb=True)
    # A profile that does not fit is left aside rather than refused.
    assert np.array_equal(plain.pixels, converted.pixels)


def test_a_profile_that_fits_is_followed_and_one_that_is_none_left_aside() -> None:
    fits = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = open_photo(encoded(FLAT), "x", longest=100).pixels
    for profile in (fits, b"no profile at all"):
        converted = open_photo(encoded(FLAT, icc_profile=profile), "x", longest=100, in_srgb=True).pixels
        assert np.abs(converted.astype(int) - plain).max() <= 1


@pytest.mark.parametrize(("longest", "scale"), [(100, 1.0), (64, 1.0), (52, 1.0), (51, 51 / 64), (32, 0.5)])
def test_what_is_only_a_little_larger_than_asked_stays_as_it_is(longest: int, scale: float) -> None:
    photo = open_photo(encoded(FLAT, "PNG"), "x.png", longest=longest)
    assert photo.scale == pytest.approx(scale, abs=0.01)
    assert photo.decoded.shape == (64, 48, 3)


def test_the_scale_of_a_large_picture_is_that_of_its_decoder() -> None:
    """A decoder halves; what it leaves is not shrunk further where it is nearly right."""
    photo = opened(encoded(np.full((1200, 900, 3), 120, np.uint8)), longest=500)
    assert photo.pixels.shape == (600, 450, 3)
    assert photo.scale == 0.5


def test_a_second_picture_and_a_tail_are_told_apart() -> None:
    good = photo_files.good()
    several = opened(good + good).facts
    assert (several.pictures, several.trailing) == (2, 0)
    tail = opened(good + b"PK\x03\x04").facts
    assert (tail.pictures, tail.trailing) == (1, 4)


def test_a_thumbnail_inside_the_exif_block_is_no_second_picture() -> None:
    block = Image.Exif()
    block[0x010E] = "x" * 20 + "\xff\xd9" + "y" * 20
    facts = opened(encoded(FLAT, exif=block)).facts
    assert (facts.pictures, facts.trailing) == (1, 0)


def test_an_animated_picture_counts_its_frames_and_shows_the_first() -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    photo = opened(buffer.getvalue())
    assert photo.facts.pictures == 2
    assert photo.pixels[0, 0].tolist() == [255, 0, 0]
