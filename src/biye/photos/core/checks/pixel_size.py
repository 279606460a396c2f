"""像素尺寸: exactly so many pixels wide and high."""

from pydantic import Field

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts


class PixelSize(Limit):
    """宽 and 高 in pixels."""

    width: int = Field(ge=1)
    height: int = Field(ge=1)


def judge(facts: FileFacts, limit: PixelSize, _: Roster) -> Finding:
    """fails `sideways` where width and height have changed places, else `other_size`."""
    found, wanted = (facts.width, facts.height), (limit.width, limit.height)
    details = {"found": "×".join(map(str, found)), "wanted": "×".join(map(str, wanted))}
    if found == wanted:
        return Finding("pixel_size", Answer.PASS, "within", details=details)
    reason = "sideways" if found == wanted[::-1] else "other_size"
    return Finding("pixel_size", Answer.FAIL, reason, details=details)


CHECK = FileCheck("pixel_size", PixelSize, judge)
