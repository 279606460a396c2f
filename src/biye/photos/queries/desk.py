"""照片工作台: whose photo waits for a person, who has to come again, and how far each centre is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.photos.core.answers import Answer
from biye.photos.core.states import State, state_of
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.remarks import Remark, remarks_of
from biye.photos.queries.student_photos import chsi_of, handling_of, known_of
from biye.records.models.student import Student
from biye.seasons.queries.schools import school

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """待审看照片: with what the machine found, to be shown beside the picture."""

    photo_id: int
    student_no: str
    name: str
    centre: str
    sha256: str
    answer: str
    likeness: int | None


@dataclass(frozen=True, slots=True)
class Retake:
    """补拍重拍: a student, and every reason in words."""

    student_no: str
    name: str
    centre: str
    telephone: str
    state: State
    reasons: tuple[str, ...]


def waiting(asker: Asker, *, answer: str = "", after: int = 0) -> list[Waiting]:
    """待审看: current graduation photos on which nobody has decided, the oldest first; one more than a page."""
    if not asker.may(Permission.DECIDE_PHOTOS):
        return []
    undecided = _current(asker).filter(~Exists(_decided()), pk__gt=after).order_by("pk")
    if answer:
        undecided = undecided.filter(answer=answer)
    return [
        Waiting(
            photo_id=photo.pk,
            student_no=photo.student.student_no,
            name=photo.student.name,
            centre=photo.student.centre.name if photo.student.centre else "",
            sha256=photo.sha256,
            answer=photo.answer,
            likeness=photo.likeness,
        )
        for photo in undecided.select_related("student__centre")[: PAGE + 1]
    ]


def retakes(asker: Asker, *, centre_code: str = "") -> list[Retake]:
    """补拍重拍名单: who has no photo, one that is refused, or one whose comparison failed; by centre and number.

    Who is done by CHSI's answer is not on it, whatever our own check says.
    """
    if not asker.may(Permission.SEE_STUDENTS):
        return []
    found = students_of(asker)
    if centre_code:
        found = found.filter(centre__code=centre_code)
    words = school().photo.comparison
    listed = []
    for student, photo, decision in _with_photos(found):
        state = state_of(known_of(chsi_of(student), handling_of(student)), words)
        reasons = () if state.is_settled else tuple(_reasons(state, photo, decision))
        if reasons:
            centre = student.centre.name if student.centre else ""
            listed.append(Retake(student.student_no, student.name, centre, student.telephone, state, reasons))
    return sorted(listed, key=lambda one: (one.centre, one.student_no))


def states_by_centre(asker: Asker) -> dict[str, Counter[State]]:
    """各站点照片状态: centre → state → how many students."""
    if not asker.may(Permission.SEE_STUDENTS):
        return {}
    words = school().photo.comparison
    counted: dict[str, Counter[State]] = {}
    for student in students_of(asker).select_related("centre", "chsi_photo", "photo_handling").order_by("pk"):
        centre = student.centre.name if student.centre else ""
        state = state_of(known_of(chsi_of(student), handling_of(student)), words)
        counted.setdefault(centre, Counter())[state] += 1
    return dict(sorted(counted.items()))


def remarks_for_desk(asker: Asker, photo_id: int) -> tuple[Remark, ...]:
    """What was found on one photo, what needs a look first; nothing where the asker may not decide on it."""
    if not asker.may(Permission.DECIDE_PHOTOS):
        return ()
    photo = _current(asker).filter(pk=photo_id).first()
    order = [Answer.FAIL, Answer.REVIEW, Answer.UNASSESSED, Answer.PASS]
    return () if photo is None else tuple(sorted(remarks_of(photo), key=lambda remark: order.index(remark.answer)))


def _reasons(state: State, photo: Photo | None, decision: PhotoDecision | None) -> Iterator[str]:
    if state is State.INCONSISTENT:
        yield state.chinese
    if photo is None:
        if state in (State.NOT_CAPTURED, State.UNKNOWN):
            yield state.chinese
    elif decision is not None:
        if not decision.is_accepted:
            asked = {remark.check: remark.label for remark in remarks_of(photo)}
            yield from (asked.get(name, name) for name, is_so in decision.answers.items() if not is_so)
    elif photo.answer == Answer.FAIL:
        yield from (remark.sentence for remark in remarks_of(photo) if remark.answer is Answer.FAIL)


def _with_photos(found: QuerySet[Student]) -> Iterator[tuple[Student, Photo | None, PhotoDecision | None]]:
    """Each student with the current graduation photo and the decision on it; three queries, however many there are."""
    students = list(found.select_related("centre", "chsi_photo", "photo_handling"))
    current = Photo.objects.filter(student__in=found, purpose=Photo.Purpose.GRADUATION, is_current=True)
    photos = {photo.student_id: photo for photo in current}
    standing = PhotoDecision.objects.filter(photo__in=current, is_standing=True)
    decisions = {decision.photo_id: decision for decision in standing}
    for student in students:
        photo = photos.get(student.pk)
        yield student, photo, None if photo is None else decisions.get(photo.pk)


def _current(asker: Asker) -> QuerySet[Photo]:
    mine = Photo.objects.filter(purpose=Photo.Purpose.GRADUATION, is_current=True)
    return mine.filter(student__in=students_of(asker))


def _decided() -> QuerySet[PhotoDecision]:
    return PhotoDecision.objects.filter(photo=OuterRef("pk"), is_standing=True)
