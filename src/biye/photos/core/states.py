"""照片状态: how far a photo has come, from CHSI's answer and what is known here. CHSI's answer always wins."""

from dataclasses import dataclass
from enum import StrEnum

from biye.seasons.core.school import Comparison


class State(StrEnum):
    """照片状态."""

    UNKNOWN = "unknown"
    NOT_CAPTURED = "not_captured"
    CAPTURING = "capturing"
    AT_CHSI = "at_chsi"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return _CHINESE[self]

    @property
    def is_settled(self) -> bool:
        """Is there nothing left to do about the photo?"""
        return self in (State.CONSISTENT, State.REVIEWED)


_CHINESE = {
    State.UNKNOWN: "待核实",
    State.NOT_CAPTURED: "未采集",
    State.CAPTURING: "采集中",
    State.AT_CHSI: "已上网",
    State.CONSISTENT: "比对通过",
    State.INCONSISTENT: "比对不通过",
    State.IN_REVIEW: "人工复核中",
    State.REVIEWED: "复核通过",
}


class Review(StrEnum):
    """人工复核: the way by evidence after a comparison that did not pass."""

    OPEN = "open"
    PASSED = "passed"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return {"open": "复核中", "passed": "复核通过", "refused": "复核未通过"}[self.value]


@dataclass(frozen=True, slots=True)
class Known:
    """已知情况: CHSI's answer (None where it was not imported, text where there is any), and what is known here.

    is_overtaken: did CHSI compare again after the review here had changed?
    """

    at_chsi: bool | None
    comparison: str
    is_capturing: bool
    review: Review | None
    is_overtaken: bool = False


def state_of(known: Known, words: Comparison) -> State:
    """The one state that the facts speak for; `words` are the school's lists of CHSI's words.

    A word in no list is 人工复核中: somebody must look at it, and nothing defaults. A review that passed says nothing
    of what CHSI found later.
    """
    if known.comparison in words.passed:
        return State.CONSISTENT
    if known.comparison:
        if known.review is Review.PASSED and not known.is_overtaken:
            return State.REVIEWED
        is_plain_failure = known.comparison in words.failed and known.review is not Review.OPEN
        return State.INCONSISTENT if is_plain_failure else State.IN_REVIEW
    if known.at_chsi:
        return State.AT_CHSI
    if known.is_capturing:
        return State.CAPTURING
    return State.UNKNOWN if known.at_chsi is None else State.NOT_CAPTURED
