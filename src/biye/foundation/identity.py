"""证件号码: identity numbers and what can be read off them (GB 11643-1999 and the documents beside the resident card).

Area codes are never judged: districts are merged and re-coded, the number is not. `read` looks at one number,
`birth_days` and `sexes` at a whole column.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from biye.foundation.moments import day_number

WIDTH = 18
NO_DAY = -(2**31)
UNKNOWN_SEX, MALE, FEMALE = 0, 1, 2
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B, 0x200C, 0x200D, 0xFEFF, 0x27, 0x2018, 0x2019, 0x60)
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")


class Document(IntEnum):
    """证件类型."""

    RESIDENT = 1
    RESIDENCE_PERMIT = 2
    HONGKONG_MACAO_PERMIT = 3
    TAIWAN_PERMIT = 4
    PASSPORT = 5
    FOREIGN_RESIDENCE = 6
    OFFICER = 7


DOCUMENT_WORDS: dict[Document, tuple[str, ...]] = {
    Document.RESIDENT: ("居民身份证", "身份证", "二代身份证", "中华人民共和国居民身份证"),
    Document.RESIDENCE_PERMIT: ("港澳台居民居住证", "港澳台居住证", "居住证"),
    Document.HONGKONG_MACAO_PERMIT: ("港澳居民来往内地通行证", "港澳通行证", "回乡证", "港澳居民通行证"),
    Document.TAIWAN_PERMIT: ("台湾居民来往大陆通行证", "台胞证", "台湾通行证"),
    Document.PASSPORT: ("护照", "外国护照"),
    Document.FOREIGN_RESIDENCE: ("外国人永久居留身份证", "外国人永久居留证", "永久居留身份证"),
    Document.OFFICER: ("军官证", "士官证", "军人证件", "武警警官证", "文职干部证", "士兵证"),
}

_FORMS: dict[Document, re.Pattern[str]] = {
    Document.HONGKONG_MACAO_PERMIT: re.compile(r"[HM]\d{8}(?:\d{2})?"),
    Document.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}(?:\([A-Z]\))?"),
    Document.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,17}"),
    Document.FOREIGN_RESIDENCE: re.compile(r"[A-Z]{3}\d{12}|9\d{16}[\dX]"),
    Document.OFFICER: re.compile(r"[\u4e00-\u9fff]{1,4}\d{4,10}号?"),
}
_FOREIGN_CARD = re.compile(r"9(?:[1-7]\d|8[1-3])\d{14}[\dX]")  # 9, then the province that issued it
_PERMIT_AREAS = ("81", "82", "83")


@dataclass(frozen=True, slots=True)
class Identity:
    """证件: a number as it is kept, what it says, and every reason why it cannot be right."""

    document: Document | None
    number: str
    birth: date | None
    sex: int
    problems: tuple[str, ...]
    expected: str = ""  # the check digit that would fit, where only that is wrong


def normal(text: str) -> str:
    """The form in which numbers are kept: half-width, no blanks, capital letters."""
    return text.translate(_HALF_WIDTH).upper()


def check_digit(first_17: str) -> str:
    """校验码: the 18th character for 17 digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


def upgrade(number: str) -> str:
    """A 15-digit resident number as its 18-digit form; any other number unchanged."""
    if len(number) != 15 or not _digits(number):
        return number
    seventeen = f"{number[:6]}19{number[6:]}"
    return seventeen + check_digit(seventeen)


def mask(number: str) -> str:
    """脱敏: first three and last four characters, the rest as stars; the one way a number is shown."""
    if len(number) <= 7:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def same_document(one: str, other: str) -> bool:
    """Do two numbers name one document? 15 and 18 digits match, as do permits before and after a renewal."""
    first, second = upgrade(normal(one)), upgrade(normal(other))
    permit = _FORMS[Document.HONGKONG_MACAO_PERMIT]
    if permit.fullmatch(first) and permit.fullmatch(second):
        return first[:9] == second[:9]
    return first == second


def pack(number: str) -> bytes:
    """A number as table bytes; the Han words of officers' numbers take two bytes each."""
    return number.encode("gb18030")


def unpack(packed: bytes) -> str:
    """Table bytes as a number."""
    return packed.decode("gb18030")


def read(text: str, document: Document | None = None) -> Identity:
    """One number: its kind (guessed from its form where not said), birth date, sex and all reasons against it.

    Reasons: blank, digits_lost, bad_length, bad_character, no_such_date, bad_check_digit, bad_form.
    """
    number = normal(text)
    if document is Document.OFFICER or (document is None and _FORMS[Document.OFFICER].fullmatch(_officer(number))):
        number = _officer(number)
    if not number:
        return Identity(document, "", None, UNKNOWN_SEX, ("blank",))
    if _SCIENTIFIC.fullmatch(number):
        return Identity(document, number, None, UNKNOWN_SEX, ("digits_lost",))
    kind = document or _guess(number)
    if kind in (None, Document.RESIDENT, Document.RESIDENCE_PERMIT):
        return _read_resident(number, kind or Document.RESIDENT)
    problems = [] if _FORMS[kind].fullmatch(number) else ["bad_form"]
    if len(pack(number)) > WIDTH:
        problems.append("bad_length")
    if kind is Document.FOREIGN_RESIDENCE and len(number) == WIDTH and not problems:
        return _read_resident(number, kind)
    return Identity(kind, number, None, UNKNOWN_SEX, tuple(problems))


def _read_resident(number: str, kind: Document) -> Identity:
    if len(number) not in (15, 18):
        return Identity(kind, number, None, UNKNOWN_SEX, ("bad_length",))
    body, last = (number, "") if len(number) == 15 else (number[:17], number[17])
    if not _digits(body) or (last and last not in "0123456789X"):
        return Identity(kind, number, None, UNKNOWN_SEX, ("bad_character",))
    problems, expected = [], ""
    full = upgrade(number)
    birth, sex = _date(full[6:14]), _sex(full[16])
    if birth is None:
        problems.append("no_such_date")
    if last and last != check_digit(body):
        # A spreadsheet keeps fifteen digits of a number and writes noughts for the rest.
        lost = number.endswith("000")
        problems.append("digits_lost" if lost else "bad_check_digit")
        expected = "" if lost else check_digit(body)
    if kind is Document.RESIDENCE_PERMIT and (len(number) != 18 or not number.startswith(_PERMIT_AREAS)):
        problems.append("bad_form")
    return Identity(kind, number, birth, sex, tuple(problems), expected)


def _guess(number: str) -> Document | None:
    if _FOREIGN_CARD.fullmatch(number):
        return Document.FOREIGN_RESIDENCE
    if len(number) == WIDTH and number.startswith(_PERMIT_AREAS):
        return Document.RESIDENCE_PERMIT
    if len(number) in (15, 18) and _digits(number[:-1]):
        return Document.RESIDENT
    for kind in (Document.HONGKONG_MACAO_PERMIT, Document.FOREIGN_RESIDENCE, Document.OFFICER):
        if _FORMS[kind].fullmatch(number):
            return kind
    return None


def _officer(number: str) -> str:
    return number.replace("字", "").replace("第", "")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _sex(digit: str) -> int:
    return MALE if int(digit) % 2 else FEMALE


Numbers = npt.NDArray[np.bytes_]


def _digit_grid(numbers: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Seventeen digits a row (the 15-digit form upgraded), and whether the row has them."""
    width = np.array(numbers, dtype=f"S{WIDTH}")
    grid = width.view(np.uint8).reshape(len(width), WIDTH).astype(np.int64) - ord("0")
    length = np.char.str_len(width)
    digits = np.empty((len(width), WIDTH - 1), np.int64)
    digits[:] = grid[:, : WIDTH - 1]
    old = length == 15
    digits[old, 6:8] = (1, 9)
    digits[old, 8:17] = grid[old, 6:15]
    plain = ((digits >= 0) & (digits <= 9)).all(axis=1) & ((length == WIDTH) | old)
    return digits, plain


def valid(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """校验: which of a column are resident numbers without any problem."""
    digits, plain = _digit_grid(numbers)
    width = np.array(numbers, dtype=f"S{WIDTH}")
    last = width.view(np.uint8).reshape(len(width), WIDTH)[:, -1]
    expected = np.frombuffer(_CHECKS.encode(), np.uint8)[(digits * _WEIGHTS).sum(axis=1) % 11]
    checked = (last == expected) | (np.char.str_len(width) == 15)
    valid_ones: npt.NDArray[np.bool_] = plain & checked & (birth_days(numbers) != NO_DAY)
    return valid_ones


def birth_days(numbers: Numbers) -> npt.NDArray[np.int32]:
    """出生日期 of a column of resident numbers, days since 1970; NO_DAY where the number does not say it."""
    digits, plain = _digit_grid(numbers)
    stamps = (digits[:, 6:14] * (10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1)).sum(axis=1)
    distinct, place = np.unique(np.where(plain, stamps, 0), return_inverse=True)
    days = [day_number(day) if (day := _date(f"{stamp:08d}")) else NO_DAY for stamp in distinct]
    return np.array(days, np.int32)[place] if len(numbers) else np.empty(0, np.int32)


def sexes(numbers: Numbers) -> npt.NDArray[np.int8]:
    """性别 of a column of resident numbers: 1 男, 2 女, 0 where the number does not say it."""
    digits, plain = _digit_grid(numbers)
    return np.where(plain, np.where(digits[:, 16] % 2, MALE, FEMALE), UNKNOWN_SEX).astype(np.int8)
