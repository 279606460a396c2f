"""留存所示内容: what students had before them, kept once by its fingerprint, so that a signature can always be read again."""

from collections.abc import Mapping
from datetime import datetime

from biye.casework.models.case import Shown
from biye.casework.queries.shown_documents import Showing

MANY = 1000


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
