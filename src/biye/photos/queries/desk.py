"""照片工作台: whose photo waits for a person, and everything to look at on one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.photos.core import strips
from biye.photos.core.answers import Answer
from biye.photos.core.questions import Asked
from biye.photos.core.strips import Strip
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import labels_of, questions_of
from biye.photos.queries.remarks import Remark
from biye.photos.queries.student_photos import StudentPhotos, photos_of


@dataclass(frozen=True, slots=True)
class Queue:
    """待审看: what is asked for. answer: the machine's; centre_id: one centre only."""

    answer: str = ""
    centre_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """审看: who decided what, on which file, when; `wrong` in words."""

    id: int
    photo_id: int
    student_no: str
    name: str
    sha256: str
    is_accepted: bool
    wrong: tuple[str, ...]
    reason: str
    at: datetime
    by: str
    is_standing: bool


@dataclass(frozen=True, slots=True)
class DeskPhoto:
    """工作台上的一张照片: the two photos, the questions, the parts to look at, and what was decided before."""

    photo_id: int
    is_current: bool
    photos: StudentPhotos
    questions: tuple[Asked, ...]
    strips: tuple[Strip, ...]
    remarks: tuple[Remark, ...]
    decisions: tuple[Decided, ...]

    @property
    def needs_reason(self) -> bool:
        """Did the machine plainly say no, so that accepting takes a reason?"""
        return any(asked.is_failed for asked in self.questions)

    @property
    def standing(self) -> Decided | None:
        """The decision that holds now on this photo."""
        mine = (decided for decided in self.decisions if decided.photo_id == self.photo_id)
        return next((decided for decided in mine if decided.is_standing), None)


def how_many_wait(asker: Asker, queue: Queue = Queue()) -> int:
    """How many photos wait."""
    return _waiting(asker, queue).count()


def next_waiting(asker: Asker, queue: Queue = Queue(), after: int = 0) -> int | None:
    """The photo that is next in line behind this one; the first one where none is behind it."""
    waiting = _waiting(asker, queue).exclude(pk=after).order_by("pk").values_list("pk", flat=True)
    behind: int | None = waiting.filter(pk__gt=after).first()
    return behind or waiting.first()


def previous_waiting(asker: Asker, queue: Queue, before: int) -> int | None:
    """The photo before this one."""
    waiting = _waiting(asker, queue).filter(pk__lt=before)
    found: int | None = waiting.order_by("-pk").values_list("pk", flat=True).first()
    return found


def desk_photo(asker: Asker, photo_id: int) -> DeskPhoto | None:
    """One current graduation photo to decide on; None where it is not the asker's to decide."""
    photo = _current(asker).select_related("student").filter(pk=photo_id).first()
    photos = photos_of(asker, photo.student.student_no) if photo else None
    if photo is None or photos is None or photos.graduation is None:
        return None
    card = photos.graduation
    order = [Answer.FAIL, Answer.REVIEW, Answer.UNASSESSED, Answer.PASS]
    size = (card.overlay.width, card.overlay.height) if card.overlay else None
    return DeskPhoto(
        photo_id=photo.pk,
        is_current=photo.is_current,
        photos=photos,
        questions=questions_of(photo),
        strips=strips.strips([remark.finding for remark in card.remarks], *size) if size else (),
        remarks=tuple(sorted(card.remarks, key=lambda remark: order.index(remark.answer))),
        decisions=decisions_on(asker, photo.student.student_no),
    )


def decisions_on(asker: Asker, student_no: str) -> tuple[Decided, ...]:
    """审看记录 of one student's photos, the newest first."""
    if not asker.may(Permission.DECIDE_PHOTOS):
        return ()
    mine = students_of(asker).filter(student_no=student_no)
    found = PhotoDecision.objects.filter(photo__student__in=mine).select_related("photo__student").order_by("-id")
    return tuple(map(_decided_of, found))


def decided(asker: Asker, photo_id: int) -> Decided | None:
    """The decision that stands on one photo; None where there is none within the asker's scope."""
    if not asker.may(Permission.DECIDE_PHOTOS):
        return None
    mine = PhotoDecision.objects.filter(photo__student__in=students_of(asker)).select_related("photo__student")
    found = mine.filter(photo_id=photo_id, is_standing=True).first()
    return _decided_of(found) if found else None


def _decided_of(decision: PhotoDecision) -> Decided:
    photo = decision.photo
    wrong = [name for name, is_so in decision.answers.items() if not is_so]
    return Decided(
        id=decision.pk,
        photo_id=photo.pk,
        student_no=photo.student.student_no,
        name=photo.student.name,
        sha256=decision.sha256,
        is_accepted=decision.is_accepted,
        wrong=tuple(labels_of(photo, wrong)),
        reason=decision.reason,
        at=decision.decided_at,
        by=decision.decided_by_name,
        is_standing=decision.is_standing,
    )


def _waiting(asker: Asker, queue: Queue) -> QuerySet[Photo]:
    """Current graduation photos on which nobody has decided."""
    standing = PhotoDecision.objects.filter(photo=OuterRef("pk"), is_standing=True)
    found = _current(asker).filter(~Exists(standing))
    if queue.answer:
        found = found.filter(answer=queue.answer)
    return found if queue.centre_id is None else found.filter(student__centre_id=queue.centre_id)


def _current(asker: Asker) -> QuerySet[Photo]:
    if not asker.may(Permission.DECIDE_PHOTOS):
        return Photo.objects.none()
    mine = Photo.objects.filter(purpose=Photo.Purpose.GRADUATION, is_current=True)
    return mine.filter(student__in=students_of(asker))
