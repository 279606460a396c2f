"""撤销导入之后: the finding on a photo is the desk's own; it stands again in rows that an undone import put back."""

from collections.abc import Collection
from datetime import datetime

from biye.foundation.codes import Part
from biye.photos.actions.settling import verdict_of
from biye.photos.queries.students import current_photos, standing_decisions
from biye.records.actions.undo_guards import after_undoing
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student

CHUNK = 500


@after_undoing
def settle_again(students: Collection[int], at: datetime) -> None:
    """Write what now holds, for whoever has a photo; the undoing itself tells the audit whom to look at."""
    wanted = sorted(students)
    for start in range(0, len(wanted), CHUNK):
        photos = current_photos(wanted[start : start + CHUNK])
        decisions = standing_decisions(photo.pk for photo in photos.values())
        verdicts = {student: verdict_of(photo, decisions.get(photo.pk)) for student, photo in photos.items()}
        rows = ChsiPhoto.objects.in_bulk(list(verdicts))
        stale = [row for student, row in rows.items() if row.specification != verdicts[student]]
        for row in stale:
            row.specification = verdicts[row.student_id]
        ChsiPhoto.objects.bulk_update(stale, ["specification"], batch_size=CHUNK)
        missing = Student.objects.filter(pk__in=verdicts.keys() - rows.keys()).values_list("pk", "covered")
        ChsiPhoto.objects.bulk_create(
            ChsiPhoto(
                student_id=student,
                at_chsi=False if covered >> Part.PHOTOS & 1 else None,
                specification=verdicts[student],
            )
            for student, covered in missing
        )
