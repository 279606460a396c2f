"""手写签名: strokes drawn on a screen as a picture; an empty sheet is no signature."""

import io
from base64 import b64decode
from binascii import Error

from PIL import Image, UnidentifiedImageError

from biye.foundation.errors import Reason, Refused

_HEAD = "data:image/png;base64,"
MOST_CHARACTERS = 2_000_000
MOST_PIXELS = 4_000_000
LEAST_INK = 150
"""Dark pixels: a dot by a stray finger is not a name."""
_DARK = 128


def picture_of(text: str) -> bytes:
    """The picture that a page sent as text, drawn anew on white.

    Refused: signature_missing (nothing sent, or hardly a stroke), signature_broken (it did not arrive whole).
    """
    if not text:
        raise Refused(Reason("signature_missing"))
    if not text.startswith(_HEAD) or len(text) > MOST_CHARACTERS:
        raise Refused(Reason("signature_broken"))
    try:
        drawn = _on_white(b64decode(text[len(_HEAD) :], validate=True))
    except (Error, ValueError, OSError, UnidentifiedImageError) as error:
        raise Refused(Reason("signature_broken")) from error
    if sum(drawn.convert("L").histogram()[:_DARK]) < LEAST_INK:
        raise Refused(Reason("signature_missing"))
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _on_white(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=("PNG",)) as sent:
        if sent.width * sent.height > MOST_PIXELS:
            raise ValueError("larger than any screen")
        strokes = sent.convert("RGBA")
    sheet = Image.new("RGB", strokes.size, "white")
    sheet.paste(strokes, mask=strokes.getchannel("A"))
    return sheet
