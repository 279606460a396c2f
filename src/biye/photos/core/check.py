"""检查项: what a check is. Each has its own file in `checks/`; its limits stand in the school's specification.

A check of the file needs no network, a check of the backdrop needs the person found, a check of the face needs a face.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from biye.foundation import identity
from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import Band
from biye.photos.core.measuring import Face, Seen
from biye.photos.core.opening import FileFacts
from biye.seasons.core.shapes import Source, Strict


class Limit(Strict):
    """要求: where a requirement comes from, in the source's words.

    is_soft: the source says "generally" or gives a hint; then nothing fails on it, a person looks.
    """

    source: Source
    says: str
    is_soft: bool = False


class Measured(Limit):
    """要求 with a number to be measured against."""

    band: Band


@dataclass(frozen=True, slots=True)
class Unit:
    """单位, and how many decimal places people are shown."""

    suffix: str
    places: int = 0


PIXELS, DEGREES, COLOUR, SHARE = Unit(" 像素"), Unit("°", 1), Unit("", 1), Unit("", 2)
PER_INCH, KILOBYTES, COUNT, PERCENT = Unit(" dpi"), Unit(" KB", 1), Unit(" 处"), Unit("%", 2)


@dataclass(frozen=True, slots=True)
class Roster:
    """名册: file-name keys (证件号码, normalised) the photos are matched to, and which documents may name a photo."""

    students: Mapping[str, str] | None = None  # number, as `key` gives it → 学号; None where no list was given
    officer_numbers: bool = False

    @staticmethod
    def key(number: str) -> str:
        """The form in which numbers are matched: 15 digits and 18 are one person's, and so are 军字第… and 军…."""
        return identity.upgrade(identity.read(number).number)

    def student(self, name: str) -> str | None:
        """The 学号 of the student whose photo is named so."""
        return (self.students or {}).get(self.key(PurePath(name).stem))


@dataclass(frozen=True, slots=True)
class FileCheck[L: Limit]:
    """文件检查."""

    name: str
    limit: type[L]
    judge: Callable[[FileFacts, L, Roster], Finding]
    unit: Unit = field(default=PIXELS)


@dataclass(frozen=True, slots=True)
class BackdropCheck[L: Limit]:
    """背景检查."""

    name: str
    limit: type[L]
    judge: Callable[[Backdrop, L], Finding]
    unit: Unit = field(default=COLOUR)


@dataclass(frozen=True, slots=True)
class FaceCheck[L: Limit]:
    """人像检查. needs_size: the limits are pixels of the finished size, so a picture of another size cannot be judged."""

    name: str
    limit: type[L]
    judge: Callable[[Face, L], Finding]
    unit: Unit = field(default=PIXELS)
    needs_size: bool = False


@dataclass(frozen=True, slots=True)
class CrowdCheck[L: Limit]:
    """人数检查: of the whole picture, whether there is a face in it or not."""

    name: str
    limit: type[L]
    judge: Callable[[Seen, L], Finding]
    unit: Unit = field(default=COUNT)


type Check = FileCheck[Limit] | BackdropCheck[Limit] | FaceCheck[Limit] | CrowdCheck[Limit]


def judged(
    check: str,
    value: int,
    band: Band,
    *,
    details: Mapping[str, object] | None = None,
    lines: tuple[Line, ...] = (),
) -> Finding:
    """The answer a band gives for a value: `within`, or `low`/`high` by the nearer limit."""
    if band.passes(value):
        answer, reason = Answer.PASS, "within"
    else:
        answer = Answer.FAIL if band.fails(value) else Answer.REVIEW
        reason = "low" if band.is_low(value) else "high"
    return Finding(check, answer, reason, value, band, details or {}, lines)
