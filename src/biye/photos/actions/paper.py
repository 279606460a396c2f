"""收纸质照片: many at once, as they come out of an envelope; set-based, each with its own ledger entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import Said, record_many
from biye.photos.models.handling import PhotoHandling
from biye.records.models.student import Student

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """收件结果, by 学号."""

    received: tuple[str, ...]
    already: tuple[str, ...]
    nobody: tuple[str, ...]


@transaction.atomic
def receive_paper_photos(student_nos: Iterable[str], *, by: Asker, at: datetime) -> Taken:
    """收到一批纸质照片. Who is not the asker's student, or was received before, is named and left alone.

    Refused: no_permission.
    """
    if not by.may(Permission.HANDLE_PHOTOS):
        raise Refused(Reason("no_permission"))
    wanted = list(dict.fromkeys(student_nos))
    students: dict[str, Student] = {}
    for start in range(0, len(wanted), CHUNK):
        part = students_of(by).filter(student_no__in=wanted[start : start + CHUNK]).select_related("photo_handling")
        students |= {student.student_no: student for student in part}
    before = {number: getattr(student, "photo_handling", None) for number, student in students.items()}
    already = {number for number, handling in before.items() if handling and handling.paper_received_at}
    fresh = [number for number in wanted if number in students and number not in already]
    _write([students[number] for number in fresh], by, at)
    said = (Said("photo.paper_received", f"student:{number}", after={"paper_received_at": at}) for number in fresh)
    record_many(said, by=by.actor, at=at)
    return Taken(
        received=tuple(fresh),
        already=tuple(number for number in wanted if number in already),
        nobody=tuple(number for number in wanted if number not in students),
    )


def _write(students: list[Student], by: Asker, at: datetime) -> None:
    PhotoHandling.objects.bulk_create(
        [PhotoHandling(student=student, paper_received_at=at, paper_received_by_name=by.name) for student in students],
        update_conflicts=True,
        unique_fields=["student"],
        update_fields=["paper_received_at", "paper_received_by_name"],
        batch_size=CHUNK,
    )
