"""检查结果: what one check of a photo answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from biye.photos.core.bands import Band


class Answer(StrEnum):
    """检查结论. Badly measured differs from measured badly: what could not be assessed is never a fail."""

    PASS = "pass"  # noqa: S105 - a word, not a password
    REVIEW = "review"
    UNASSESSED = "could_not_assess"
    FAIL = "fail"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return _CHINESE[self]


_CHINESE = {
    Answer.PASS: "合格",
    Answer.REVIEW: "需人工看",
    Answer.UNASSESSED: "无法判断",
    Answer.FAIL: "不合格",
}
_ORDER = list(Answer)


def worst(answers: Iterable[Answer]) -> Answer:
    """The answer for all of them: one fail fails; what needs or leaves open a look needs a look."""
    gravest = max(answers, key=_ORDER.index, default=Answer.UNASSESSED)
    return Answer.REVIEW if gravest is Answer.UNASSESSED else gravest


@dataclass(frozen=True, slots=True)
class Line:
    """标线: something to draw on the picture, in shares of its width and height (0 to 1)."""

    kind: str  # across, down, box
    at: tuple[float, ...]


_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """检查意见: one check of one photo; `reason` is a word of the catalogue, numbers are thousandths of the check's unit."""

    check: str
    answer: Answer
    reason: str
    value: int | None = None
    band: Band | None = None
    details: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    lines: tuple[Line, ...] = ()

    @property
    def margin(self) -> int | None:
        """余量: how far inside the limits; negative is outside. None where nothing was measured."""
        if self.value is None or self.band is None:
            return None
        return self.band.margin(self.value)
