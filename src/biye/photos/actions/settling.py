"""落实照片规格: the photo's standing for the audit, from the machine's answer and a person's decision; written as a fact."""

from datetime import datetime

from biye.foundation.codes import Part
from biye.foundation.verdicts import Verdict
from biye.photos.core.answers import Answer
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.records.actions.shown_changes import students_changed
from biye.records.models.facts import ChsiPhoto, FactChange
from biye.records.models.student import Student


def settle(student: Student, *, at: datetime) -> Verdict:
    """Write what now holds, inside the transaction of the change; the next audit looks at the student when it changed."""
    verdict = _settled(student, at)
    students_changed((student.pk,), at=at)
    return verdict


def _settled(student: Student, at: datetime) -> Verdict:
    verdict = standing(Photo.objects.filter(student=student, purpose=Photo.Purpose.GRADUATION, is_current=True).first())
    was_covered = bool(student.covered >> Part.PHOTOS & 1)
    row, is_new = ChsiPhoto.objects.select_for_update().get_or_create(
        student=student,
        # Where CHSI's answers were imported for the student, no row meant: no photo there. That stays so.
        defaults={"at_chsi": False if was_covered else None, "specification": verdict},
    )
    if not is_new and row.specification != verdict:
        row.specification = verdict
        row.save(update_fields=["specification"])
    elif not is_new:
        return verdict
    FactChange.objects.create(student=student, at=at)
    return verdict


def standing(photo: Photo | None) -> Verdict:
    """符合 where a person accepted it or nothing was left to ask; 不符合 where a person or a plain failure says so."""
    if photo is None:
        return Verdict.UNKNOWN
    return verdict_of(photo, photo.decisions.filter(is_standing=True).first())


def verdict_of(photo: Photo, decision: PhotoDecision | None) -> Verdict:
    """The same from a photo and the decision that stands on it."""
    if decision is not None:
        return Verdict.MET if decision.is_accepted else Verdict.NOT_MET
    if photo.answer == Answer.FAIL:
        return Verdict.NOT_MET
    is_open = any(finding["answer"] != Answer.PASS for finding in photo.findings)
    return Verdict.UNKNOWN if is_open else Verdict.MET
