"""分辨率标记: dots per inch as the file says them, in its two places (JFIF and EXIF), which must agree."""

from pydantic import Field

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import PER_INCH, FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts

# 118 per centimetre is 299.72 per inch: the nearest whole number there is.
_ROUNDING = THOUSANDTHS // 2


class Resolution(Limit):
    """分辨率 in dots per inch."""

    dpi: int = Field(ge=1)


def judge(facts: FileFacts, limit: Resolution, _: Roster) -> Finding:
    """fails `absent` or `other`; a look where one place says so and the other does not (`disagree`)."""
    said = [dpi for dpi in (facts.jfif_dpi, facts.exif_dpi) if dpi is not None]
    details = {"wanted": limit.dpi, "jfif": _shown(facts.jfif_dpi), "exif": _shown(facts.exif_dpi)}
    if not said:
        return Finding("resolution", Answer.FAIL, "absent", details=details)
    right = [all(abs(side - limit.dpi * THOUSANDTHS) <= _ROUNDING for side in dpi) for dpi in said]
    value = said[0][0]
    if all(right):
        return Finding("resolution", Answer.PASS, "within", value, details=details)
    if any(right):
        return Finding("resolution", Answer.REVIEW, "disagree", value, details=details)
    return Finding("resolution", Answer.FAIL, "other", value, details=details)


def _shown(dpi: tuple[int, int] | None) -> str:
    if dpi is None:
        return "无"
    across, down = (round(side / THOUSANDTHS) for side in dpi)
    return str(across) if across == down else f"{across}×{down}"


CHECK = FileCheck("resolution", Resolution, judge, PER_INCH)
