"""文件名: one person's identity number and .JPG, and a student of the list."""

from pathlib import PurePath

from biye.foundation import identity
from biye.foundation.identity import Document
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts

_EXTENSION = ".jpg"


def judge(facts: FileFacts, _: Limit, roster: Roster) -> Finding:
    """fails `not_a_number`, `officer`, `other_extension`, `nobody`; a look `untidy` where only the writing is off."""
    path = PurePath(facts.name)
    number = identity.read(path.stem)
    details: dict[str, object] = {"shown": identity.mask(number.number), "extension": path.suffix}
    # A student of the list is right whatever kind of document the number belongs to.
    listed = roster.student(facts.name) is not None
    if not listed and (number.problems or number.document is None):
        reason = number.problems[0] if number.problems else "not_a_number"
        return Finding("file_name", Answer.FAIL, reason, details=details | {"expected": number.expected})
    if number.document is Document.OFFICER and not roster.officer_numbers:
        return Finding("file_name", Answer.FAIL, "officer", details=details)
    if path.suffix.lower() != _EXTENSION:
        return Finding("file_name", Answer.FAIL, "other_extension", details=details)
    if roster.students is not None and not listed:
        return Finding("file_name", Answer.FAIL, "nobody", details=details)
    if path.stem != number.number:
        return Finding("file_name", Answer.REVIEW, "untidy", details=details)
    return Finding("file_name", Answer.PASS, "within", details=details)


CHECK = FileCheck("file_name", Limit, judge)
