"""手写签名: strokes are a signature; an empty sheet, half a file and what is no picture are not."""

import io
from base64 import b64encode

import pytest
from PIL import Image, ImageDraw

from biye.casework.core.signatures import LEAST_INK, MOST_CHARACTERS, picture_of
from biye.foundation.errors import Refused

HEAD = "data:image/png;base64,"


def drawn(ink: int, size: tuple[int, int] = (400, 160), mode: str = "RGBA") -> bytes:
    """A sheet on which that many pixels are black."""
    sheet = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    for pixel in range(ink):
        pen.point((pixel % size[0], pixel // size[0]), fill=(0, 0, 0, 255) if mode == "RGBA" else (0, 0, 0))
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()


def sent(data: bytes) -> str:
    return HEAD + b64encode(data).decode()


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        picture_of(text)
    return refused.value.reasons[0].code


@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_strokes_are_kept_on_white(mode: str) -> None:
    with Image.open(io.BytesIO(picture_of(sent(drawn(LEAST_INK, mode=mode))))) as kept:
        assert (kept.format, kept.mode, kept.size) == ("PNG", "RGB", (400, 160))
        assert (kept.getpixel((0, 0)), kept.getpixel((0, 159))) == ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("ink", [0, 1, LEAST_INK - 1])
def test_an_empty_sheet_and_a_stray_dot_are_no_signature(ink: int) -> None:
    assert refusal(sent(drawn(ink))) == "signature_missing"


def test_nothing_sent_is_no_signature() -> None:
    assert refusal("") == "signature_missing"


@pytest.mark.parametrize(
    "text",
    [
        "data:image/svg+xml;base64,AAAA",
        HEAD + "不是",
        HEAD + "AAA",
        sent(b"no picture"),
        sent(drawn(LEAST_INK)[:-60]),
        sent(drawn(LEAST_INK, (2001, 2000), "RGB")),
        HEAD + "A" * MOST_CHARACTERS,
    ],
)
def test_what_did_not_arrive_whole_is_said(text: str) -> None:
    assert refusal(text) == "signature_broken"
