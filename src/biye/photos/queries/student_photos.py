"""学生照片: both photos of one status record, what was found on them, CHSI's answer, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.codes import Part
from biye.photos.core import overlay, sentences, storing
from biye.photos.core.likeness import Advice, advise
from biye.photos.core.overlay import Overlay
from biye.photos.core.questions import label_of
from biye.photos.core.states import Known, Review, State, state_of
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.handling import PhotoHandling
from biye.photos.models.photo import Photo
from biye.photos.queries.remarks import Remark, remarks_on
from biye.photos.queries.specifications import specification_of
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from biye.seasons.queries.schools import school


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """照片 as a page shows it: `picture` is what may be shown, `overlay` what to draw over it; operations are sentences.

    `wrong`: the questions that whoever decided on it answered with no.
    """

    id: int
    purpose: str
    sha256: str
    picture: str
    uploaded_at: datetime
    uploaded_by: str
    specification: str
    answer: str
    remarks: tuple[Remark, ...]
    overlay: Overlay | None
    operations: tuple[str, ...]
    made_from: int | None
    decision: PhotoDecision | None
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudentPhotos:
    """学生照片. `advice` compares the two photos here; CHSI's own answer is `comparison`, and wins."""

    student_no: str
    name: str
    state: State
    at_chsi: bool | None
    comparison: str
    enrolment: PhotoCard | None
    graduation: PhotoCard | None
    score: int | None
    advice: Advice | None
    paper_received_at: datetime | None
    paper_confirmed_at: datetime | None
    review: Review | None
    review_reason: str


def photos_of(asker: Asker, student_no: str) -> StudentPhotos | None:
    """One student's photos; None where there is nobody of that number within the asker's scope."""
    if not asker.may(Permission.SEE_PHOTOS):
        return None
    found = students_of(asker).select_related("chsi_photo", "photo_handling").filter(student_no=student_no).first()
    if found is None:
        return None
    current = {photo.purpose: photo for photo in Photo.objects.filter(student=found, is_current=True)}
    enrolment, graduation = (_card(current.get(purpose)) for purpose in Photo.Purpose.values)
    chsi, handling = chsi_of(found), handling_of(found)
    score = current[Photo.Purpose.GRADUATION].likeness if graduation is not None else None
    known = known_of(chsi, handling)
    return StudentPhotos(
        student_no=found.student_no,
        name=found.name,
        state=state_of(known, school().photo.comparison),
        at_chsi=known.at_chsi,
        comparison=known.comparison,
        enrolment=enrolment,
        graduation=graduation,
        score=score,
        advice=None if score is None else _advice(current[Photo.Purpose.GRADUATION], score),
        paper_received_at=None if handling is None else handling.paper_received_at,
        paper_confirmed_at=None if handling is None else handling.paper_confirmed_at,
        review=known.review,
        review_reason="" if handling is None else handling.review_reason,
    )


def picture_of(asker: Asker, photo_id: int) -> Photo | None:
    """A photo whose `picture` the asker may be shown; None otherwise. `source` is nobody's to be shown."""
    if not asker.may(Permission.SEE_PHOTOS):
        return None
    return Photo.objects.filter(pk=photo_id, student__in=students_of(asker)).first()


def chsi_of(student: Student) -> ChsiPhoto | None:
    """CHSI's answer for a student read together with it; where its answers were imported, no row means no photo there."""
    row: ChsiPhoto | None = getattr(student, "chsi_photo", None)
    if row is None and student.covered >> Part.PHOTOS & 1:
        return ChsiPhoto(student=student, at_chsi=False)
    return row


def handling_of(student: Student) -> PhotoHandling | None:
    """What is known here of a student read together with it."""
    return getattr(student, "photo_handling", None)


def known_of(chsi: ChsiPhoto | None, handling: PhotoHandling | None) -> Known:
    """Both as the state reads them."""
    return Known(
        at_chsi=None if chsi is None else chsi.at_chsi,
        comparison="" if chsi is None else chsi.comparison,
        is_capturing=handling is not None and handling.capturing_since is not None,
        review=Review(handling.review) if handling is not None and handling.review else None,
        is_overtaken=_is_overtaken(chsi, handling),
    )


def _is_overtaken(chsi: ChsiPhoto | None, handling: PhotoHandling | None) -> bool:
    if chsi is None or handling is None or chsi.compared_at is None or handling.review_changed_at is None:
        return False
    return chsi.compared_at > handling.review_changed_at


def _card(photo: Photo | None) -> PhotoCard | None:
    if photo is None:
        return None
    specification = specification_of(photo.specification)
    findings = storing.unpacked(photo.findings, specification)
    decision = photo.decisions.filter(is_standing=True).first()
    answers = {} if decision is None else decision.answers
    return PhotoCard(
        id=photo.pk,
        purpose=photo.purpose,
        sha256=photo.sha256,
        picture=str(photo.picture),
        uploaded_at=photo.uploaded_at,
        uploaded_by=photo.uploaded_by_name,
        specification=photo.specification,
        answer=photo.answer,
        remarks=remarks_on(findings, specification),
        overlay=overlay.of_finished(findings, specification),
        operations=tuple(sentences.operation_text(code, details) for code, details in photo.operations),
        made_from=photo.made_from_id,
        decision=decision,
        wrong=tuple(label_of(name, specification) for name, is_so in answers.items() if not is_so),
    )


def _advice(photo: Photo, score: int) -> Advice:
    return advise(score, specification_of(photo.specification).comparison)
