"""平均分: exact means of hundredths, rounded the way a rulebook says, compared as integers."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.foundation.amounts import HUNDREDTHS
from biye.records.core.tables import Bools
from biye.seasons.core.shapes import Strict

Whole = npt.NDArray[np.int64]


class Rounding(Strict):
    """修约: to so many digits: half_up 四舍五入, half_even 四舍六入五成双, floor 舍去, none 不修约."""

    digits: int = Field(default=2, ge=0, le=4, description="保留几位小数")
    mode: Literal["half_up", "half_even", "floor", "none"] = Field(description="修约方式")


EXACT = Rounding(mode="none")


def mean(total: Whole, weight: Whole, rounding: Rounding) -> tuple[Whole, int]:
    """The mean of hundredths in parts of a point, and how many parts a point has; only for a rounding that rounds."""
    parts = 10**rounding.digits
    numerator, denominator = total * parts, weight * HUNDREDTHS
    whole, rest = numerator // denominator, numerator % denominator
    if rounding.mode == "half_up":
        whole += 2 * rest >= denominator
    elif rounding.mode == "half_even":
        whole += (2 * rest > denominator) | ((2 * rest == denominator) & (whole % 2 == 1))
    return whole, parts


def reaches(total: Whole, weight: Whole, need: Whole, rounding: Rounding, *, above: bool) -> Bools:
    """Is the mean at least (or above) `need` hundredths? Weights are positive."""
    if rounding.mode == "none":
        left, right = total, need * weight
    else:
        value, parts = mean(total, weight, rounding)
        left, right = value * HUNDREDTHS, need * parts
    return left > right if above else left >= right


def shown(total: Whole, weight: Whole, rounding: Rounding) -> Whole:
    """The mean in hundredths as people read it; further places are cut off, so that 69.995 unrounded reads 69.99."""
    if rounding.mode == "none":
        return total // weight
    value, parts = mean(total, weight, rounding)
    return value * HUNDREDTHS // parts
