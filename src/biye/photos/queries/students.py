"""照片学生名单: how far each student's photo has come, counted by centre and listed; by CHSI's answer and what is known here."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, When
from django.db.models.fields import BooleanField

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.codes import Part
from biye.photos.core.answers import Answer
from biye.photos.core.states import Known, Review, State, state_of
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.student_photos import chsi_of, handling_of, known_of
from biye.records.models.student import Student
from biye.seasons.queries.schools import school

PAGE = 50
type Ids = QuerySet[Any, Any] | None
# What a state is told by, in the order in which `_known` takes it.
_FACTS = (
    *("has_row", "chsi_photo__at_chsi", "chsi_photo__comparison", "photo_handling__review"),
    *("covers", "captures", "overtaken"),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """筛选. photo: none, waiting, accepted, refused; paper: missing, received, confirmed."""

    words: str = ""
    state: State | None = None
    centre_id: int | None = None
    photo: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class CentreStates:
    """一个站点的照片状态."""

    centre_id: int | None
    centre: str
    students: int
    states: Counter[State]


@dataclass(frozen=True, slots=True)
class Listed:
    """名单的一行. `answer` is the machine's, `decision` a person's; both empty where there is no photo."""

    student_no: str
    name: str
    centre: str
    state: State
    comparison: str
    photo_id: int | None
    answer: Answer | None
    decision: bool | None
    is_paper_received: bool
    is_paper_confirmed: bool


@dataclass(frozen=True, slots=True)
class ListedPage:
    """一页: `after` asks for the next one, empty on the last."""

    rows: tuple[Listed, ...]
    after: str


def states_by_centre(asker: Asker, among: Ids = None) -> list[CentreStates]:
    """各站点照片状态, the largest first; one query. `among`: ids of the students who count, everybody in scope without."""
    if not asker.may(Permission.SEE_PHOTOS) or not asker.may(Permission.SEE_STUDENTS):
        return []
    words = school().photo.comparison
    centres: dict[int | None, CentreStates] = {}
    grouped = _with_facts(_students(asker, among)).order_by().values_list("centre_id", "centre__name", *_FACTS)
    for centre_id, name, *facts, students in grouped.annotate(students=Count("id")):
        found = centres.setdefault(centre_id, CentreStates(centre_id, name or "（未注明）", 0, Counter()))
        found.states[state_of(_known(facts), words)] += students
        centres[centre_id] = replace(found, students=found.students + students)
    return sorted(centres.values(), key=lambda one: (-one.students, one.centre))


def listed(asker: Asker, chosen: Chosen, after: str = "", among: Ids = None) -> ListedPage:
    """One page in the order of 学号, from behind `after`; as many queries for many as for few."""
    found = _chosen(asker, chosen, among).filter(student_no__gt=after).order_by("student_no")
    students = list(found.select_related("centre", "chsi_photo", "photo_handling")[: PAGE + 1])
    photos = current_photos(student.pk for student in students)
    decisions = standing_decisions(photo.pk for photo in photos.values())
    rows = tuple(_row(student, photos.get(student.pk), decisions) for student in students[:PAGE])
    return ListedPage(rows, rows[-1].student_no if len(students) > PAGE else "")


def how_many(asker: Asker, chosen: Chosen, among: Ids = None) -> int:
    """How many students a filter finds."""
    return _chosen(asker, chosen, among).count()


def current_photos(student_ids: Iterable[int]) -> dict[int, Photo]:
    """现用毕业照片 by student."""
    current = Photo.objects.filter(purpose=Photo.Purpose.GRADUATION, is_current=True)
    return {photo.student_id: photo for photo in current.filter(student_id__in=list(student_ids))}


def standing_decisions(photo_ids: Iterable[int]) -> dict[int, PhotoDecision]:
    """有效的审看 by photo."""
    standing = PhotoDecision.objects.filter(is_standing=True, photo_id__in=list(photo_ids))
    return {decision.photo_id: decision for decision in standing}


def _students(asker: Asker, among: Ids) -> QuerySet[Student]:
    found = students_of(asker)
    return found if among is None else found.filter(pk__in=among)


def _chosen(asker: Asker, chosen: Chosen, among: Ids) -> QuerySet[Student]:
    if not asker.may(Permission.SEE_PHOTOS) or not asker.may(Permission.SEE_STUDENTS):
        return Student.objects.none()
    found = _students(asker, among)
    if chosen.words:
        found = found.filter(Q(student_no__startswith=chosen.words) | Q(name__contains=chosen.words))
    if chosen.centre_id is not None:
        found = found.filter(centre_id=chosen.centre_id)
    if chosen.photo in _PHOTOS:
        found = found.filter(_PHOTOS[chosen.photo]())
    if chosen.paper in _PAPER:
        found = found.filter(_PAPER[chosen.paper])
    return found if chosen.state is None else _in_state(found, chosen.state)


def _in_state(found: QuerySet[Student], state: State) -> QuerySet[Student]:
    """Students whose facts speak for the state. The few combinations of facts that occur are asked for first, so that
    what a state means is said in one place only."""
    words, marked = school().photo.comparison, _with_facts(found)
    occurring = marked.order_by().values_list(*_FACTS).distinct()
    fitting = [_same(facts) for facts in occurring if state_of(_known(facts), words) is state]
    return marked.filter(reduce(or_, fitting)) if fitting else found.none()


def _same(facts: Iterable[Any]) -> Q:
    found = Q()
    for name, fact in zip(_FACTS, facts, strict=True):
        found &= Q(**{f"{name}__isnull": True}) if fact is None else Q(**{name: fact})
    return found


def _with_facts(found: QuerySet[Student]) -> QuerySet[Student]:
    return found.annotate(
        covers=F("covered").bitand(1 << Part.PHOTOS),
        captures=ExpressionWrapper(Q(photo_handling__capturing_since__isnull=False), BooleanField()),
        has_row=ExpressionWrapper(Q(chsi_photo__student_id__isnull=False), BooleanField()),
        # Where either moment is not known, a comparison of the two would be neither true nor false.
        overtaken=Case(
            When(chsi_photo__compared_at__gt=F("photo_handling__review_changed_at"), then=True),
            default=False,
            output_field=BooleanField(),
        ),
    )


def _known(facts: Iterable[Any]) -> Known:
    row, at_chsi, comparison, review, covers, captures, overtaken = facts
    # Where CHSI's answers were imported for the student, no row means: no photo there.
    there = at_chsi if row else (False if covers else None)
    return Known(there, comparison or "", bool(captures), Review(review) if review else None, bool(overtaken))


def _row(student: Student, photo: Photo | None, decisions: dict[int, PhotoDecision]) -> Listed:
    known = known_of(chsi_of(student), handling_of(student))
    handling = handling_of(student)
    decision = decisions.get(photo.pk) if photo else None
    return Listed(
        student_no=student.student_no,
        name=student.name,
        centre=student.centre.name if student.centre else "",
        state=state_of(known, school().photo.comparison),
        comparison=known.comparison,
        photo_id=photo.pk if photo else None,
        answer=Answer(photo.answer) if photo else None,
        decision=decision.is_accepted if decision else None,
        is_paper_received=handling is not None and handling.paper_received_at is not None,
        is_paper_confirmed=handling is not None and handling.paper_confirmed_at is not None,
    )


def _mine() -> QuerySet[Photo]:
    return Photo.objects.filter(student=OuterRef("pk"), purpose=Photo.Purpose.GRADUATION, is_current=True)


def _decided(*, accepted: bool) -> Q:
    """Accepted or refused by a person; a plain failure counts as refused until somebody decides otherwise."""
    standing = PhotoDecision.objects.filter(photo=OuterRef("pk"), is_standing=True)
    if accepted:
        return Q(Exists(_mine().filter(Exists(standing.filter(is_accepted=True)))))
    refused = Q(Exists(standing.filter(is_accepted=False))) | Q(answer=Answer.FAIL) & ~Q(Exists(standing))
    return Q(Exists(_mine().filter(refused)))


def _waiting() -> Q:
    standing = PhotoDecision.objects.filter(photo=OuterRef("pk"), is_standing=True)
    return Q(Exists(_mine().filter(~Exists(standing))))


_PHOTOS: dict[str, Callable[[], Q]] = {
    "none": lambda: ~Q(Exists(_mine())),
    "waiting": _waiting,
    "accepted": lambda: _decided(accepted=True),
    "refused": lambda: _decided(accepted=False),
}
_PAPER = {
    "missing": Q(photo_handling__paper_received_at__isnull=True),
    "received": Q(photo_handling__paper_received_at__isnull=False, photo_handling__paper_confirmed_at__isnull=True),
    "confirmed": Q(photo_handling__paper_confirmed_at__isnull=False),
}
