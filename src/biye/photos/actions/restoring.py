"""恢复照片: an earlier photo in place of the current one, as the original in place of what was made of it."""

from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.photos.actions.settling import settle
from biye.photos.models.photo import Photo


def restore_photo(photo_id: int, *, reason: str, by: Asker, at: datetime) -> Photo:
    """恢复 a graduation photo. What was found and decided on it holds again.

    Refused: no_permission, reason_missing, no_such_photo, is_current_photo.
    """
    if not by.may(Permission.UPLOAD_PHOTOS):
        raise Refused(Reason("no_permission"))
    if not reason.strip():
        raise Refused(Reason("reason_missing"))
    with transaction.atomic():
        mine = Photo.objects.select_for_update().select_related("student").filter(student__in=students_of(by))
        photo = mine.filter(pk=photo_id, purpose=Photo.Purpose.GRADUATION).first()
        if photo is None:
            raise Refused(Reason("no_such_photo"))
        if photo.is_current:
            raise Refused(Reason("is_current_photo"))
        current = Photo.objects.filter(student=photo.student, purpose=photo.purpose, is_current=True)
        before = current.values_list("sha256", flat=True).first()
        current.update(is_current=False)
        photo.is_current = True
        photo.save(update_fields=["is_current"])
        settle(photo.student, at=at)
        record(
            by=by.actor,
            at=at,
            action="photo.restored",
            subject=f"student:{photo.student.student_no}",
            before={"sha256": before},
            after={"sha256": photo.sha256, "purpose": photo.purpose},
            reason=reason.strip(),
        )
    return photo
