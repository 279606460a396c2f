"""文件尾: nothing behind the picture's end, where something else may hide."""

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts


def judge(facts: FileFacts, _: Limit, __: Roster) -> Finding:
    """fails `tail`."""
    if not facts.trailing:
        return Finding("trailing_bytes", Answer.PASS, "within")
    return Finding("trailing_bytes", Answer.FAIL, "tail", details={"found": facts.trailing})


CHECK = FileCheck("trailing_bytes", Limit, judge)
