"""所示内容 of one student or of a hundred thousand: read in a few queries, the same way for all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.queries.explained import speaking
from biye.casework.core.applying import EFFECT_OF_GRANT
from biye.casework.core.showing import (
    RECORD_COLUMNS,
    SHOWN,
    Document,
    document,
    mark_of,
    photo_part,
    record_mark_of,
    record_part,
    said_changes,
)
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Shown, Step
from biye.foundation.codes import Part
from biye.photos.core.states import Known, Review, state_of
from biye.photos.models.photo import Photo
from biye.records.models.student import Student
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

CHUNK = 1000
_PHOTO_COLUMNS = (
    "chsi_photo__student_id",
    "covered",
    "chsi_photo__at_chsi",
    "chsi_photo__comparison",
    "photo_handling__capturing_since",
    "photo_handling__review",
)


@dataclass(frozen=True, slots=True)
class Showing:
    """所示内容 of one student with its fingerprints."""

    document: Document

    @property
    def mark(self) -> str:
        """指纹 of all of it."""
        return mark_of(self.document)

    @property
    def record_mark(self) -> str:
        """指纹 of record and photo."""
        return record_mark_of(self.document)


@dataclass(frozen=True, slots=True)
class Signed:
    """签字时所示: what a student had before them when they signed; `changed` in sentences what is no longer so."""

    mark: str
    document: Document | None  # None where it was not kept: silence saw nothing
    changed: tuple[str, ...]
    is_current: bool


def shown_to(asker: Asker, season_id: int, student_no: str) -> Showing | None:
    """What one student within the scope is shown now; None before anything was published to the student."""
    student = students_of(asker).filter(student_no=student_no).values_list("id", flat=True).first()
    return None if student is None else shown_documents(season_id, [student]).get(student)


def shown_documents(season_id: int, student_ids: Collection[int]) -> dict[int, Showing]:
    """Student → what is shown now, of those to whom the speaking publication says something. Five queries a thousand."""
    publication = speaking(season_id)
    if publication is None:
        return {}
    found: dict[int, Showing] = {}
    for chunk in batched(sorted(set(student_ids)), CHUNK):
        found |= _chunk(season_id, publication, chunk)
    return found


def signed_by(asker: Asker, season_id: int, student_no: str, now: Showing | None) -> Signed | None:
    """What the student last signed, or was deemed to agree to, beside what is shown now; None without either."""
    steps = Step.objects.filter(
        case__in=within(asker, Case.objects.filter(season_id=season_id, kind=Kind.SIGN_OFF)),
        case__student__student_no=student_no,
        detail__has_key=SHOWN,
    ).exclude(event=Event.LAPSE)
    last = steps.order_by("-number").values_list("detail", "case__student_id").first()
    if last is None:
        return None
    mark, student = str(last[0][SHOWN]), last[1]
    kept = Shown.objects.filter(student_id=student, season_id=season_id, fingerprint=mark)
    then = kept.values_list("document", flat=True).first()
    is_current = now is not None and now.mark == mark
    changed = said_changes(then, now.document) if then is not None and now is not None and not is_current else ()
    return Signed(mark, then, changed, is_current)


def has_seen(asker: Asker, season_id: int, student_no: str, mark: str) -> bool:
    """Has the student had exactly this before them?"""
    kept = Shown.objects.filter(season_id=season_id, student__student_no=student_no, fingerprint=mark)
    return within(asker, kept).exists()


def kept_documents(season_id: int, wanted: Mapping[int, str]) -> dict[int, Document]:
    """Student → the document of that fingerprint, of those that were kept."""
    found: dict[int, Document] = {}
    for chunk in batched(sorted(wanted), CHUNK):
        rows = Shown.objects.filter(season_id=season_id, student_id__in=chunk)
        found |= {
            student: kept
            for student, mark, kept in rows.values_list("student_id", "fingerprint", "document")
            if wanted[student] == mark
        }
    return found


def _chunk(season_id: int, publication: Publication, ids: Sequence[int]) -> dict[int, Showing]:
    concluded = dict(
        PublishedConclusion.objects.filter(publication=publication, student_id__in=ids).values_list(
            "student_id", "document"
        )
    )
    rows = Student.objects.filter(id__in=list(concluded)).order_by()
    digests = dict(
        Photo.objects.filter(
            student_id__in=list(concluded), purpose=Photo.Purpose.GRADUATION, is_current=True
        ).values_list("student_id", "sha256")
    )
    choices = _choices(season_id, list(concluded))
    centre_label = school().centres.label
    return {
        row["id"]: Showing(
            document(
                record_part(row, centre_label),
                _photo(row, digests.get(row["id"], "")),
                concluded[row["id"]],
                publication=publication.number,
                choice=choices.get(row["id"]),
            )
        )
        for row in rows.values("id", *RECORD_COLUMNS, *_PHOTO_COLUMNS)
    }


def _photo(row: dict[str, Any], digest: str) -> dict[str, str]:
    kept, covered, at_chsi, comparison, since, review = (row[column] for column in _PHOTO_COLUMNS)
    if kept is None and covered >> Part.PHOTOS & 1:
        at_chsi = False
    known = Known(at_chsi, comparison or "", since is not None, Review(review) if review else None)
    state = state_of(known, school().photo.comparison)
    return photo_part(state=state.chinese, at_chsi=at_chsi, comparison=comparison or "", digest=digest)


def _choices(season_id: int, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """审查结论的更新: an application that was granted is part of what is shown from that moment on."""
    granted = Case.objects.filter(
        Q(kind=Kind.COMPLETION) | Q(kind=Kind.DEFERRAL), season_id=season_id, student_id__in=ids, state=State.APPROVED
    )
    pairs = [(student, Kind(kind)) for student, kind in granted.values_list("student_id", "kind")]
    if not pairs:
        return {}
    routes = season_file(Season.objects.get(pk=season_id).stem).routes
    return {
        student: {
            "label": routes[kind.value].label if kind.value in routes else kind.chinese,
            "answer": State.APPROVED.chinese,
            "effect": EFFECT_OF_GRANT[kind],
        }
        for student, kind in pairs
    }
