"""限值与疑区: a limit is one number, a measurement is not; between sure good and sure bad a person looks."""

from decimal import Decimal
from typing import Annotated, Any, Self, SupportsFloat

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from biye.foundation import amounts
from biye.photos.core import catalogue
from biye.seasons.core.shapes import Strict

THOUSANDTHS = 1000


def _exact(value: Any) -> int:
    """Exact text as thousandths; a binary float is refused."""
    if isinstance(value, bool | float):
        raise PydanticCustomError("not_a_number", catalogue.NOT_A_NUMBER)
    try:
        return amounts.scaled(value, THOUSANDTHS)
    except ValueError as error:
        raise PydanticCustomError("not_a_number", catalogue.NOT_A_NUMBER) from error


Amount = Annotated[int, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]


class Band(Strict):
    """限值: written as what the source says and how much the measurement may be off, or as what was found by measuring.

    least, most, doubt: the source's limits, and the zone on both sides of each within which a person looks.
    fail_below, pass_from, pass_to, fail_above: measured thresholds where the source gives no number.
    """

    least: Amount | None = None
    most: Amount | None = None
    doubt: Amount = 0
    fail_below: Amount | None = None
    pass_from: Amount | None = None
    pass_to: Amount | None = None
    fail_above: Amount | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        stated = self.least is not None or self.most is not None
        found = self.pass_from is not None or self.pass_to is not None
        if stated == found:
            raise PydanticCustomError("one_way_of_limits", catalogue.ONE_WAY_OF_LIMITS)
        if found and (
            self.doubt or _crossed(self.fail_below, self.pass_from) or _crossed(self.pass_to, self.fail_above)
        ):
            raise PydanticCustomError("limits_crossed", catalogue.LIMITS_CROSSED)
        if _crossed(self.sure_from, self.sure_to) or self.doubt < 0:
            raise PydanticCustomError("limits_crossed", catalogue.NOTHING_PASSES)
        return self

    @property
    def low(self) -> int | None:
        """The lower limit as people are told it."""
        return self.least if self.least is not None else self.pass_from

    @property
    def high(self) -> int | None:
        """The upper limit as people are told it."""
        return self.most if self.most is not None else self.pass_to

    @property
    def sure_from(self) -> int | None:
        return self.pass_from if self.least is None else self.least + self.doubt

    @property
    def sure_to(self) -> int | None:
        return self.pass_to if self.most is None else self.most - self.doubt

    def passes(self, value: int) -> bool:
        """Is the value surely within the limits?"""
        return not _crossed(self.sure_from, value) and not _crossed(value, self.sure_to)

    def fails(self, value: int) -> bool:
        """Is the value surely outside? A threshold that was never found cannot be failed."""
        lowest = self.fail_below if self.least is None else self.least - self.doubt
        highest = self.fail_above if self.most is None else self.most + self.doubt
        return _crossed(lowest, value) or _crossed(value, highest)

    def margin(self, value: int) -> int:
        """Distance to the nearer limit; negative outside."""
        below = [] if self.low is None else [value - self.low]
        above = [] if self.high is None else [self.high - value]
        return min(below + above)

    def is_low(self, value: int) -> bool:
        """Is the lower limit the nearer one?"""
        if self.low is None or self.high is None:
            return self.high is None
        return value - self.low < self.high - value


def _crossed(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high


def thousandths(number: SupportsFloat) -> int:
    """A measured number as it is compared and kept."""
    return round(float(number) * THOUSANDTHS)


def shown(amount: int, places: int) -> str:
    """Thousandths as people read them, rounded to so many places."""
    number = (Decimal(amount) / THOUSANDTHS).quantize(Decimal(1).scaleb(-places))
    return f"{number:f}"
