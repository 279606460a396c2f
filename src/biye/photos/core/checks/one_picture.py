"""一人一图: one picture in the file, no second one and no animation."""

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts


def judge(facts: FileFacts, _: Limit, __: Roster) -> Finding:
    """fails `several`."""
    if facts.pictures == 1:
        return Finding("one_picture", Answer.PASS, "within")
    return Finding("one_picture", Answer.FAIL, "several", details={"found": facts.pictures})


CHECK = FileCheck("one_picture", Limit, judge)
