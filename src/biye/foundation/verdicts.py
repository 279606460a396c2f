"""判定: the four answers a rule may give, and the logic of three of them.

UNKNOWN is zero, so that an array nobody filled in says 待核实 and never 符合.
"""

from enum import IntEnum
from functools import reduce

import numpy as np
import numpy.typing as npt

Verdicts = npt.NDArray[np.uint8]


class Verdict(IntEnum):
    """判定: one rule, one student."""

    UNKNOWN = 0
    MET = 1
    NOT_MET = 2
    NOT_REQUIRED = 3

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return _CHINESE[self]


_CHINESE = {
    Verdict.UNKNOWN: "待核实",
    Verdict.MET: "符合",
    Verdict.NOT_MET: "不符合",
    Verdict.NOT_REQUIRED: "不适用",
}


class Truth(IntEnum):
    """真值: yes, no, or not known yet (Kleene); the value of a condition over verdicts."""

    UNKNOWN = 0
    TRUE = 1
    FALSE = 2


def every(truths: list[Verdicts]) -> Verdicts:
    """All of them: false if one is false, else unknown if one is unknown, else true."""
    # TRUE and FALSE are two bits: the first stands if all have it, the second if any has.
    return reduce(np.bitwise_and, truths) & _TRUE | reduce(np.bitwise_or, truths) & _FALSE


def some(truths: list[Verdicts]) -> Verdicts:
    """Any of them: true if one is true, else unknown if one is unknown, else false."""
    return reduce(np.bitwise_or, truths) & _TRUE | reduce(np.bitwise_and, truths) & _FALSE


def opposite(truth: Verdicts) -> Verdicts:
    """Not: true and false change places, unknown stays."""
    return _OPPOSITE[truth]


_TRUE, _FALSE = np.uint8(Truth.TRUE), np.uint8(Truth.FALSE)
_OPPOSITE = np.array([Truth.UNKNOWN, Truth.FALSE, Truth.TRUE], np.uint8)
