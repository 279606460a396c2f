"""照片对照: the current photos of several students, to be shown beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.photos.models.photo import Photo

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Face:
    """一名学生的两张照片, by their numbers."""

    student_no: str
    name: str
    centre: str
    enrolment: int | None
    graduation: int | None


def faces(asker: Asker, student_nos: Iterable[str]) -> dict[str, Face]:
    """学号 → photos, of those the asker may see."""
    if not asker.may(Permission.SEE_PHOTOS):
        return {}
    wanted = sorted(set(student_nos))
    found: dict[str, Face] = {}
    for start in range(0, len(wanted), CHUNK):
        among = students_of(asker).filter(student_no__in=wanted[start : start + CHUNK]).select_related("centre")
        students = {student.pk: student for student in among}
        current = Photo.objects.filter(student_id__in=list(students), is_current=True)
        photos = {(one[0], one[1]): one[2] for one in current.values_list("student_id", "purpose", "pk")}
        for student in students.values():
            enrolment, graduation = (photos.get((student.pk, purpose)) for purpose in Photo.Purpose.values)
            centre = student.centre.name if student.centre else ""
            found[student.student_no] = Face(student.student_no, student.name, centre, enrolment, graduation)
    return found
