"""文本: cell texts made comparable: full-width characters, blanks, invisible characters, column headings."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD, *range(0x20), 0x7F, *range(0x80, 0xA0)]
)
_KEPT_AS_BLANK = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F), " ")
_SHOWN = _INVISIBLE | _KEPT_AS_BLANK
_FOLDED = _SHOWN | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = re.compile(r" {2,}")
_DOTS = re.compile("[•．‧∙・･·⋅.]")
_BRACKETS = re.compile(r"[(\[{【〔].*?[)\]}】〕]")
_ORNAMENT = dict.fromkeys(map(ord, " *＊:：'\"`_-—/\\"))
_MESSAGE = 60
_REMEMBERED = 8192  # sheets of one school repeat their headings
_PLAIN = re.compile(r"[!-~\u4e00-\u9fff]*")


def is_utf8(content: bytes) -> bool:
    """Is this UTF-8, rather than GBK that happens to be valid UTF-8, as 联通 and 某 are?

    Han characters take three bytes in UTF-8; where all others take two, the writer meant GBK.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return text.isascii() or max(text) >= "\u0800"


def clean(text: str) -> str:
    """A text as it is kept: no invisible characters, single inner blanks, none at the ends."""
    if _PLAIN.fullmatch(text):
        return text
    return _BLANKS.sub(" ", text.translate(_SHOWN)).strip()


def short(text: str) -> str:
    """A text as a message can carry it."""
    return text if len(text) <= _MESSAGE else f"{text[:_MESSAGE]}…"


def fold(text: str) -> str:
    """A code or number as it is kept and compared: half-width and without any blank."""
    if _PLAIN.fullmatch(text):
        return text
    return text.translate(_FOLDED).replace(" ", "")


def plain(text: str) -> str:
    """A number's text half-width, without blanks at its ends; one inside is somebody's slip and stays."""
    return text if _PLAIN.fullmatch(text) else text.translate(_FOLDED).strip()


def key(text: str) -> str:
    """A text as it is compared: folded, small letters, one form of the middle dot."""
    return _DOTS.sub("·", fold(text)).lower()


@lru_cache(_REMEMBERED)
def heading(text: str) -> str:
    """A column heading as it is compared: "学 号*" and "学号" are one."""
    return key(text).translate(_ORNAMENT)


@lru_cache(_REMEMBERED)
def bare_heading(text: str) -> str:
    """The same without what stands in brackets: "成绩（百分制）" is "成绩"."""
    return heading(_BRACKETS.sub("", fold(text)))


def private_characters(text: str) -> str:
    """The characters from private-use areas: home-made glyphs that another machine shows differently or not at all."""
    return "".join(sorted({letter for letter in text if unicodedata.category(letter) in ("Co", "Cn")}))


def outside_gbk(text: str) -> str:
    """The characters GBK cannot write, which older national systems turn into question marks."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return "".join(sorted({letter for letter in text if not _in_gbk(letter)}))
    return ""


def _in_gbk(letter: str) -> bool:
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
