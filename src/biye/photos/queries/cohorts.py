"""全体比对: swapped files, and one face or file under two people, among the current photos in an asker's scope.

Faces are remembered for the length of one comparison only; nothing that could recognise a person is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Refused
from biye.photos.core import cohort, likeness
from biye.photos.core.check import Roster
from biye.photos.core.cohort import Alike, Better
from biye.photos.core.likeness import Vector
from biye.photos.models.photo import Photo
from biye.photos.queries.networks import missing, networks
from biye.photos.queries.specifications import specification_of

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Suspicions:
    """疑点: by 学号; and the photos in which no face was found."""

    swapped: list[Better]
    repeated: list[Alike]
    faceless: list[str]


def suspicions(asker: Asker, stem: str, report: Report = lambda done, total: None) -> Suspicions | None:
    """Compare everybody with everybody; None without the permission. Refused where there are no model files."""
    if not asker.may(Permission.COMPARE_PHOTOS):
        return None
    current = Photo.objects.filter(student__in=students_of(asker), is_current=True).select_related("student")
    faces: dict[str, dict[str, Vector]] = {purpose: {} for purpose in Photo.Purpose.values}
    digests, people, faceless = {}, {}, []
    total = current.count()
    for number, photo in enumerate(current.order_by("pk").iterator(chunk_size=200)):
        report(number, total)
        student = photo.student
        people[student.student_no] = Roster.key(student.identity_number) or student.student_no
        vector = _vector(photo)
        if vector is None:
            faceless.append(student.student_no)
        else:
            faces[photo.purpose][student.student_no] = vector
        if photo.purpose == Photo.Purpose.GRADUATION:
            digests[student.student_no] = photo.sha256
    report(total, total)

    def differ(one: str, other: str) -> bool:
        return people[one] != people[other]

    limits = specification_of(stem).comparison
    enrolment, graduation = (faces[purpose] for purpose in Photo.Purpose.values)
    return Suspicions(
        cohort.swapped(enrolment, graduation, limits, differ=differ),
        cohort.repeated(graduation, digests, limits, differ=differ),
        sorted(faceless),
    )


def _vector(photo: Photo) -> Vector | None:
    with networks() as loaded:
        if loaded is not None:
            try:
                return likeness.vector_of(_content(photo), photo.name, loaded)
            except Refused:
                return None
    raise Refused(*missing())


def _content(photo: Photo) -> bytes:
    with photo.source.open("rb") as stream:
        return bytes(stream.read())
