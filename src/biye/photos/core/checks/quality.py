"""压缩品质: the JPEG quality factor, estimated from the tables in the file.

Exact for the usual encoder; other encoders' tables have no such number, so near the limit a person looks.
"""

from pydantic import Field

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import THOUSANDTHS, Band
from biye.photos.core.check import FileCheck, Limit, Roster, Unit
from biye.photos.core.opening import FileFacts

_ABOUT_DEVIATION = 3.0
_ABOUT = 10


class LeastQuality(Limit):
    """压缩品质系数不低于."""

    least: int = Field(ge=1, le=100)


def judge(facts: FileFacts, limit: LeastQuality, _: Roster) -> Finding:
    """fails `low`; a look `about` where the tables are not the usual encoder's and the estimate is near the limit."""
    found = facts.quality
    if found is None:
        return Finding("quality", Answer.UNASSESSED, "no_tables")
    is_about = found.deviation > _ABOUT_DEVIATION
    band = Band(least=limit.least)
    value = found.nearest * THOUSANDTHS
    details = {"about": "约 " if is_about else ""}
    if is_about and abs(found.nearest - limit.least) < _ABOUT:
        return Finding("quality", Answer.REVIEW, "about", value, band, details)
    answer, reason = (Answer.PASS, "within") if band.passes(value) else (Answer.FAIL, "low")
    return Finding("quality", answer, reason, value, band, details)


CHECK = FileCheck("quality", LeastQuality, judge, Unit(""))
