"""文件大小: kilobytes, which some count as 1000 and some as 1024 bytes; between the two readings a person looks."""

from pydantic import Field

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import Band
from biye.photos.core.check import KILOBYTES, FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts

_SMALL, _LARGE = 1000, 1024


class FileSize(Limit):
    """文件大小, from and to, in kilobytes."""

    least: int = Field(ge=1)
    most: int = Field(ge=1)


def judge(facts: FileFacts, limit: FileSize, _: Roster) -> Finding:
    """`low` or `high`; the value is shown in kilobytes of 1024."""
    count = facts.byte_count
    band = Band(least=limit.least, most=limit.most)
    value = count * 1000 // _LARGE
    reason = "low" if count < limit.least * _LARGE else "high"
    if limit.least * _LARGE <= count <= limit.most * _SMALL:
        return Finding("file_size", Answer.PASS, "within", value, band)
    if limit.least * _SMALL <= count <= limit.most * _LARGE:
        return Finding("file_size", Answer.REVIEW, "either_reading", value, band)
    return Finding("file_size", Answer.FAIL, reason, value, band)


CHECK = FileCheck("file_size", FileSize, judge, KILOBYTES)
