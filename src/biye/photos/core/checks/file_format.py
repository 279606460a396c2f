"""文件格式: JPEG by content, whatever the name says."""

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts, Format


def judge(facts: FileFacts, _: Limit, __: Roster) -> Finding:
    """fails `other_format`."""
    details = {"found": facts.format.value}
    if facts.format is Format.JPEG:
        return Finding("file_format", Answer.PASS, "within", details=details)
    return Finding("file_format", Answer.FAIL, "other_format", details=details)


CHECK = FileCheck("file_format", Limit, judge)
