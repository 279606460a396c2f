"""以往的照片: what was uploaded or made before, with its fingerprint; nothing is ever thrown away."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.photos.core.answers import Answer
from biye.photos.models.photo import Photo


@dataclass(frozen=True, slots=True)
class Earlier:
    """以往的一张."""

    id: int
    purpose: str
    purpose_label: str
    sha256: str
    answer: Answer | None
    is_made: bool
    uploaded_at: datetime
    uploaded_by: str

    @property
    def can_be_restored(self) -> bool:
        """Only a graduation photo has a place to be given back to."""
        return self.purpose == Photo.Purpose.GRADUATION


def photos_before(asker: Asker, student_no: str) -> tuple[Earlier, ...]:
    """One student's photos that are not current any more, the newest first."""
    if not asker.may(Permission.SEE_PHOTOS):
        return ()
    mine = students_of(asker).filter(student_no=student_no)
    found = Photo.objects.filter(student__in=mine, is_current=False).order_by("-id").defer("findings", "operations")
    return tuple(
        Earlier(
            id=photo.pk,
            purpose=photo.purpose,
            purpose_label=Photo.Purpose(photo.purpose).label,
            sha256=photo.sha256,
            answer=Answer(photo.answer) if photo.answer else None,
            is_made=photo.made_from_id is not None,
            uploaded_at=photo.uploaded_at,
            uploaded_by=photo.uploaded_by_name,
        )
        for photo in found
    )
