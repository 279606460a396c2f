"""方向标记: a picture that stands upright by itself, not by a mark that some programs ignore."""

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts


def judge(facts: FileFacts, _: Limit, __: Roster) -> Finding:
    """fails `marked`."""
    if facts.orientation == 1:
        return Finding("orientation", Answer.PASS, "within")
    return Finding("orientation", Answer.FAIL, "marked", details={"found": facts.orientation})


CHECK = FileCheck("orientation", Limit, judge)
