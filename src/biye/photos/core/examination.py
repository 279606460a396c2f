"""照片检查: every check a specification asks for, of one photo; one path for the try-out, the folder and the upload."""

from dataclasses import dataclass

from biye.foundation.errors import Reason, Refused
from biye.photos.core import backdrop, measuring, opening
from biye.photos.core.answers import Answer, Finding, worst
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.check import BackdropCheck, Check, CrowdCheck, FaceCheck, FileCheck, Limit, Roster
from biye.photos.core.checks.pixel_size import PixelSize
from biye.photos.core.measuring import Seen
from biye.photos.core.networks import Networks
from biye.photos.core.opening import FileFacts, Photo
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification


@dataclass(frozen=True, slots=True)
class Examination:
    """检查报告: the findings in the register's order, then one a question for a person; or why the file was not opened."""

    name: str
    answer: Answer
    findings: tuple[Finding, ...] = ()
    refused: Reason | None = None
    facts: FileFacts | None = None

    def finding(self, check: str) -> Finding:
        """One check's finding. Raises KeyError where it was not asked for."""
        return {finding.check: finding for finding in self.findings}[check]


def examine(
    data: bytes, name: str, specification: Specification, networks: Networks | None, roster: Roster | None = None
) -> Examination:
    """Check one file. Without networks the file itself is judged and everything else is left open."""
    try:
        photo = opening.open_photo(data, name, longest=measuring.LONGEST)
    except Refused as refusal:
        return refused(name, refusal.reasons[0])
    seen = None if networks is None else measuring.look(networks, photo.pixels)
    return judge(photo, seen, specification, roster or Roster(officer_numbers=specification.officer_numbers))


def refused(name: str, reason: Reason) -> Examination:
    """A file that was not opened fails, with its reason."""
    return Examination(name, Answer.FAIL, refused=reason)


def judge(photo: Photo, seen: Seen | None, specification: Specification, roster: Roster) -> Examination:
    """The findings on what was seen. The answer is that of the measured checks; questions stay open beside it."""
    behind = None if seen is None else backdrop.behind(seen)
    sized = _has_size(photo, specification)
    findings = [
        softened(_one(CHECKS[name], limit, photo, seen, behind, roster, sized=sized), limit)
        for name, limit in specification.limits.items()
    ]
    asked = [
        Finding(name, Answer.UNASSESSED, "by_person", details={"ask": question.ask})
        for name, question in specification.questions.items()
    ]
    answer = worst(finding.answer for finding in findings)
    return Examination(photo.facts.name, answer, (*findings, *asked), facts=photo.facts)


def _one(
    check: Check,
    limit: Limit,
    photo: Photo,
    seen: Seen | None,
    behind: Backdrop | None,
    roster: Roster,
    *,
    sized: bool,
) -> Finding:
    match check:
        case FileCheck():
            return check.judge(photo.facts, limit, roster)
        case _ if seen is None or behind is None:
            return Finding(check.name, Answer.UNASSESSED, "no_models")
        case CrowdCheck():
            return check.judge(seen, limit)
        case BackdropCheck():
            if not behind.is_enough:
                return Finding(check.name, Answer.UNASSESSED, "little_background")
            return check.judge(behind, limit)
        case FaceCheck():
            if seen.face is None:
                return Finding(check.name, Answer.UNASSESSED, "no_face")
            if check.needs_size and not sized:
                return Finding(check.name, Answer.UNASSESSED, "size_first")
            return check.judge(seen.face, limit)


def _has_size(photo: Photo, specification: Specification) -> bool:
    wanted = specification.limits.get("pixel_size")
    return not isinstance(wanted, PixelSize) or photo.pixels.shape[:2] == (wanted.height, wanted.width)


def softened(finding: Finding, limit: Limit) -> Finding:
    """What the source only recommends is never failed."""
    if limit.is_soft and finding.answer is Answer.FAIL:
        return Finding(
            finding.check, Answer.REVIEW, finding.reason, finding.value, finding.band, finding.details, finding.lines
        )
    return finding
