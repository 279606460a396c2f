"""纸质件编码: the short code on every sheet a student signs: which season, student, kind and version, with check characters.

Sixteen characters in four groups, read by a scanner or typed: letters that look like digits are never written, and are
understood as those digits when somebody types them. Every single wrong character and every swap of two neighbours is found.
"""

from dataclasses import dataclass

from biye.casework.core.words import Kind
from biye.foundation.errors import Reason, Refused
from biye.foundation.identity import normal

LENGTH = 16
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011", " -_./:·—–")
_CHECKS = 1021  # a prime below 32 * 32, so that no single change and no swap goes unseen
_SEASON_BITS, _STUDENT_BITS, _KIND_BITS, _VERSION_BITS = 18, 28, 4, 20
# Numbers on paper outlive the order of the enumeration: new kinds go at the end.
_KINDS = (
    Kind.SIGN_OFF,
    Kind.COMPLETION,
    Kind.DEFERRAL,
    Kind.DEGREE,
    Kind.CORRECTION,
    Kind.OBJECTION,
    Kind.RECORD_CHECK,
    Kind.APPRAISAL,
    Kind.PRE_CONFIRMATION,
    Kind.WITHDRAWAL,
)
VERSIONS = 1 << _VERSION_BITS


@dataclass(frozen=True, slots=True)
class Paper:
    """纸质件: what a code names. `version` tells an outdated sheet from the one that counts."""

    season_id: int
    student_id: int
    kind: Kind
    version: int


def code_of(paper: Paper) -> str:
    """编码: "07K3-Q0MZ-49XT-AB2C". Raises ValueError for a number that does not fit."""
    value = 0
    for number, bits in (
        (paper.season_id, _SEASON_BITS),
        (paper.student_id, _STUDENT_BITS),
        (_KINDS.index(paper.kind), _KIND_BITS),
        (paper.version, _VERSION_BITS),
    ):
        if not 0 <= number < 1 << bits:
            raise ValueError(f"does not fit into {bits} bits: {number}")
        value = value << bits | number
    digits = _digits(value, LENGTH - 2)
    signs = "".join(_SIGNS[digit] for digit in (*digits, *_digits(_check(digits), 2)))
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(text: str) -> Paper:
    """读编码: what a scanner sent or somebody typed.

    Refused: paper_code_character, paper_code_length, paper_code_check, paper_code_kind.
    """
    signs = normal(text.strip()).translate(_LOOK_ALIKE)
    if strange := [sign for sign in signs if sign not in _SIGNS]:
        raise Refused(Reason("paper_code_character", {"character": strange[0]}))
    if len(signs) != LENGTH:
        raise Refused(Reason("paper_code_length", {"length": len(signs), "wanted": LENGTH}))
    digits = [_SIGNS.index(sign) for sign in signs]
    if _number(digits[-2:]) != _check(digits[:-2]):
        raise Refused(Reason("paper_code_check"))
    value = _number(digits[:-2])
    kind = value >> _VERSION_BITS & (1 << _KIND_BITS) - 1
    if kind >= len(_KINDS):
        raise Refused(Reason("paper_code_kind"))
    return Paper(
        season_id=value >> _VERSION_BITS + _KIND_BITS + _STUDENT_BITS,
        student_id=value >> _VERSION_BITS + _KIND_BITS & (1 << _STUDENT_BITS) - 1,
        kind=_KINDS[kind],
        version=value & VERSIONS - 1,
    )


def version_of(mark: str) -> int:
    """版本 of a sheet that stands for a fingerprint: its beginning."""
    return int(mark[:5], 16)


def _check(digits: list[int]) -> int:
    """Places count by the powers of 32, none of which the prime divides."""
    return _number(digits) * 7 % _CHECKS


def _number(digits: list[int]) -> int:
    value = 0
    for digit in digits:
        value = value << 5 | digit
    return value


def _digits(value: int, length: int) -> list[int]:
    return [value >> 5 * place & 31 for place in range(length - 1, -1, -1)]
