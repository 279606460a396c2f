"""留存所示内容: what students had before them, kept once by its fingerprint, so that a signature can always be read again."""

from collections.abc import Mapping
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.queries.scope import students_of
from biye.casework.models.case import Shown
from biye.casework.queries.shown_documents import Showing, shown_documents

MANY = 1000


def show_now(season_id: int, student_no: str, *, by: Asker, at: datetime) -> Showing | None:
    """出示: what the student has before them now, kept as seen by the student in person; None before anything is published."""
    found = students_of(by).filter(student_no=student_no).values_list("id", flat=True).first()
    showings = {} if found is None else shown_documents(season_id, [found])
    if by.role is Role.STUDENT:
        keep_shown(season_id, showings, at=at)
    return None if found is None else showings.get(found)


def keep_shown(season_id: int, showings: Mapping[int, Showing], *, at: datetime) -> dict[int, str]:
    """留存; student → fingerprint. What was kept before stays as it was, with the moment at which it was first shown."""
    marks = {student: showing.mark for student, showing in showings.items()}
    rows = [
        Shown(
            season_id=season_id,
            student_id=student,
            fingerprint=marks[student],
            document=showing.document,
            first_at=at,
        )
        for student, showing in showings.items()
    ]
    Shown.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)
    return marks
