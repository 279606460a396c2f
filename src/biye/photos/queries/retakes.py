"""补拍重拍: who has to come again, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.photos.core import catalogue
from biye.photos.core.answers import Answer
from biye.photos.core.states import State, state_of
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import labels_of
from biye.photos.queries.remarks import remarks_of
from biye.photos.queries.student_photos import chsi_of, handling_of, known_of
from biye.photos.queries.students import Ids, current_photos, standing_decisions
from biye.records.models.student import Student
from biye.seasons.queries.schools import school

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Retake:
    """补拍重拍: a student, and every reason in words."""

    student_no: str
    name: str
    centre: str
    telephone: str
    state: State
    reasons: tuple[str, ...]


def retakes(asker: Asker, *, centre_id: int | None = None, among: Ids = None) -> list[Retake]:
    """补拍重拍名单: who has no photo, one that is refused, or one whose comparison failed; by centre and number.

    Who is done by CHSI's answer is not on it, whatever our own check says.
    """
    if not asker.may(Permission.SEE_STUDENTS):
        return []
    found = students_of(asker).select_related("centre", "chsi_photo", "photo_handling").order_by("pk")
    if centre_id is not None:
        found = found.filter(centre_id=centre_id)
    if among is not None:
        found = found.filter(pk__in=among)
    listed: list[Retake] = []
    after = 0
    while students := list(found.filter(pk__gt=after)[:CHUNK]):
        listed += _of(students)
        after = students[-1].pk
    return sorted(listed, key=lambda one: (one.centre, one.student_no))


def _of(students: list[Student]) -> Iterator[Retake]:
    words = school().photo.comparison
    photos = current_photos(student.pk for student in students)
    decisions = standing_decisions(photo.pk for photo in photos.values())
    for student in students:
        photo = photos.get(student.pk)
        state = state_of(known_of(chsi_of(student), handling_of(student)), words)
        decision = decisions.get(photo.pk) if photo else None
        reasons = () if state.is_settled else tuple(_reasons(state, photo, decision))
        if reasons:
            centre = student.centre.name if student.centre else ""
            yield Retake(student.student_no, student.name, centre, student.telephone, state, reasons)


def _reasons(state: State, photo: Photo | None, decision: PhotoDecision | None) -> Iterator[str]:
    if state is State.INCONSISTENT:
        yield state.chinese
    if photo is None:
        if state in (State.NOT_CAPTURED, State.UNKNOWN):
            yield catalogue.RETAKES["no_photo"].format(state=state.chinese)
    elif decision is not None:
        if not decision.is_accepted:
            wrong = [name for name, is_so in decision.answers.items() if not is_so]
            yield from (catalogue.RETAKES["refused"].format(label=label) for label in labels_of(photo, wrong))
    elif photo.answer == Answer.FAIL:
        yield from (remark.sentence for remark in remarks_of(photo) if remark.answer is Answer.FAIL)
