"""材料: the files of cases, for whoever may see the case; nothing else ever leaves the storage."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.core.files.storage import default_storage

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.models.case import Case, CaseFile


@dataclass(frozen=True, slots=True)
class FileView:
    """材料 of a case."""

    id: int
    case_id: int
    purpose: str
    purpose_label: str
    label: str
    name: str
    path: str
    digest: str
    media: str
    size: int
    at: datetime
    by_name: str

    @property
    def is_picture(self) -> bool:
        """Can it be shown on a page?"""
        return self.media.startswith("image/")

    def open(self) -> "File[bytes]":
        """What is stored."""
        return default_storage.open(self.path, "rb")


def file_of(asker: Asker, file_id: int) -> FileView | None:
    """One file; None where there is none, or its case is not the asker's to see."""
    found = CaseFile.objects.filter(pk=file_id, case__in=within(asker, Case.objects.all())).first()
    return _view(found) if found else None


def files_of(asker: Asker, case_id: int) -> tuple[FileView, ...]:
    """Everything handed in with a case, in the order in which it came."""
    return files_of_many(asker, [case_id]).get(case_id, ())


def files_of_many(asker: Asker, case_ids: Collection[int]) -> dict[int, tuple[FileView, ...]]:
    """Files of several cases in one query."""
    found: dict[int, tuple[FileView, ...]] = {}
    cases = within(asker, Case.objects.filter(pk__in=case_ids))
    for one in CaseFile.objects.filter(case__in=cases).order_by("id"):
        found[one.case_id] = (*found.get(one.case_id, ()), _view(one))
    return found


def _view(found: CaseFile) -> FileView:
    return FileView(
        id=found.pk,
        case_id=found.case_id,
        purpose=found.purpose,
        purpose_label=found.get_purpose_display(),
        label=found.label,
        name=found.name,
        path=found.path,
        digest=found.digest,
        media=found.media,
        size=found.size,
        at=found.at,
        by_name=found.by_name,
    )
