"""上传照片: one file for one status record: opened safely, checked, kept, and made the current one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.photos.actions.keeping import keep, kept
from biye.photos.actions.settling import settle
from biye.photos.core import likeness, measuring, opening, storing
from biye.photos.core.check import Roster
from biye.photos.core.examination import judge
from biye.photos.core.networks import Networks
from biye.photos.core.opening import Photo as Opened
from biye.photos.core.showing import picture
from biye.photos.core.specification import Specification
from biye.photos.core.standard.making import Made, make
from biye.photos.models.photo import Photo
from biye.photos.queries.networks import missing, networks
from biye.photos.queries.specifications import specification_of
from biye.records.models.student import Student

Purpose = Photo.Purpose


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found out about a file before anything is written."""

    opened: Opened
    findings: list[dict[str, Any]]
    answer: str
    score: int | None


def upload_photo(student_no: str, *, purpose: str, name: str, data: bytes, stem: str, by: Asker, at: datetime) -> Photo:
    """上传. An enrolment photo is kept and compared; a graduation photo is checked by the specification `stem` too.

    Refused: no_permission, no_such_student, and by name whatever cannot be opened. Without model files the photo is kept
    and its finding left open.
    """
    student = _student(student_no, by)
    specification = specification_of(stem)
    looked = _look(student, purpose, name, data, specification)
    with transaction.atomic():
        photo = _store(student, purpose, name, data, looked, stem, specification, by, at)
        if purpose == Purpose.ENROLMENT:
            _compare_anew(student, looked.score)
        settle(student, at=at)
        record(
            by=by.actor,
            at=at,
            action="photo.uploaded",
            subject=f"student:{student.student_no}",
            after=_said(photo),
        )
    return photo


def standardise_photo(photo_id: int, *, by: Asker, at: datetime) -> Photo:
    """制作标准照 from a graduation photo, by the specification it was checked by; the original stays beside it.

    Refused: no_permission, no_such_photo, model_missing, model_altered, and why it cannot honestly be made.
    """
    source = Photo.objects.filter(pk=photo_id, purpose=Purpose.GRADUATION, student__in=students_of(by)).first()
    if not by.may(Permission.UPLOAD_PHOTOS):
        raise Refused(Reason("no_permission"))
    if source is None:
        raise Refused(Reason("no_such_photo"))
    specification = specification_of(source.specification)
    name = f"{source.student.identity_number or source.student.student_no}.JPG"
    made = _make(kept(source.source), source.name, name, specification)
    looked = _look(source.student, Purpose.GRADUATION, name, made.data, specification)
    with transaction.atomic():
        photo = _store(
            source.student, Purpose.GRADUATION, name, made.data, looked, source.specification, specification, by, at
        )
        photo.made_from = source
        photo.operations = [[operation.code, dict(operation.details)] for operation in made.operations]
        photo.save(update_fields=["made_from", "operations"])
        settle(source.student, at=at)
        record(
            by=by.actor,
            at=at,
            action="photo.standardised",
            subject=f"student:{source.student.student_no}",
            before={"sha256": source.sha256},
            after=_said(photo) | {"operations": photo.operations},
        )
    return photo


def _make(data: bytes, name: str, made_name: str, specification: Specification) -> Made:
    with networks() as loaded:
        if loaded is not None:
            return make(data, name, specification, loaded, made_name=made_name)
    raise Refused(*missing())


def _student(student_no: str, by: Asker) -> Student:
    student = students_of(by).filter(student_no=student_no).first()
    if not by.may(Permission.UPLOAD_PHOTOS):
        raise Refused(Reason("no_permission"))
    if student is None:
        raise Refused(Reason("no_such_student"))
    return student


def _look(student: Student, purpose: str, name: str, data: bytes, specification: Specification) -> _Looked:
    """Everything that takes long, outside any transaction."""
    opened = opening.open_photo(data, name, longest=measuring.LONGEST)
    with networks() as loaded:
        if purpose == Purpose.ENROLMENT:
            score = None if loaded is None else _score(student, data, Purpose.GRADUATION, loaded)
            return _Looked(opened, [], "", score)
        seen = None if loaded is None else measuring.look(loaded, opened.pixels)
        number = student.identity_number
        roster = Roster({Roster.key(number): student.student_no} if number else {}, specification.officer_numbers)
        examination = judge(opened, seen, specification, roster)
        score = None if loaded is None else _score(student, data, Purpose.ENROLMENT, loaded)
    return _Looked(opened, storing.packed(examination), examination.answer.value, score)


def _score(student: Student, data: bytes, other: str, loaded: Networks) -> int | None:
    """Likeness to the student's other photo, where there is one and both show a face."""
    found = Photo.objects.filter(student=student, purpose=other, is_current=True).first()
    if found is None:
        return None
    try:
        faces = [likeness.vector_of(photo, "", loaded) for photo in (kept(found.source), data)]
    except Refused:
        return None
    return round(float(faces[0] @ faces[1]) * 1000)


def _compare_anew(student: Student, score: int | None) -> None:
    """A graduation photo that was there before its enrolment photo is compared with it now."""
    mine = Photo.objects.filter(student=student, purpose=Purpose.GRADUATION, is_current=True)
    mine.update(likeness=score, likeness_model="" if score is None else likeness.MODEL_SHA256)


def _store(
    student: Student,
    purpose: str,
    name: str,
    data: bytes,
    looked: _Looked,
    stem: str,
    specification: Specification,
    by: Asker,
    at: datetime,
) -> Photo:
    mine = Photo.objects.select_for_update().filter(student=student, purpose=purpose, is_current=True)
    mine.update(is_current=False)
    score = looked.score if purpose == Purpose.GRADUATION else None
    return Photo.objects.create(
        student=student,
        purpose=purpose,
        name=name[-160:],
        sha256=looked.opened.facts.sha256,
        source=keep("sources", data, ".bin"),
        picture=keep("pictures", picture(looked.opened.pixels), ".jpg"),
        specification=stem,
        specification_digest=specification.digest,
        answer=looked.answer,
        findings=looked.findings,
        likeness=score,
        likeness_model="" if score is None else likeness.MODEL_SHA256,
        uploaded_at=at,
        uploaded_by=by.user_id,
        uploaded_by_name=by.name,
    )


def _said(photo: Photo) -> dict[str, object]:
    return {
        "purpose": photo.purpose,
        "sha256": photo.sha256,
        "specification": photo.specification,
        "specification_digest": photo.specification_digest,
        "answer": photo.answer,
        "likeness": photo.likeness,
    }
