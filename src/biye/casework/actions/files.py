"""材料: pictures are drawn anew from their pixels, PDF files kept as they are; named by content, taken in only whole."""

import io
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.queries.scope import within
from biye.casework.core.words import ENDED, State
from biye.casework.models.case import Case, CaseFile
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.photos.core.opening import open_photo

MEGABYTE = 1_000_000
MOST_BYTES = 12 * MEGABYTE
MOST_FILES = 20
LONGEST = 2400
QUALITY = 85
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
_BROKEN = frozenset({"empty", "cut_short", "broken_picture", "broken_structure"})
_UNUSABLE = {
    "too_small": "图片太小",
    "too_narrow": "图片太窄",
    "too_many_pixels": "像素太多的图片",
    "too_many_scans": "编码异常的图片",
    "sixteen_bits": "16 位图片",
}
_UNSENT = (State.OPEN, State.RETURNED, State.WITHDRAWN)


def keep_file(
    case: Case, upload: "File[bytes] | None", *, purpose: str, by: Asker, at: datetime, label: str = ""
) -> CaseFile:
    """收下材料 for a case within the scope. `label`: what it proves. The same file sent twice is kept once.

    Refused: no_such_case, case_is_over (a student, once it is decided), upload_broken, not_a_picture, file_too_large,
    file_given_already, too_many_files.
    """
    content, media = _opened(_read(upload))
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        found = within(by, Case.objects.select_for_update(of=("self",)).select_related("student").filter(pk=case.pk))
        mine = found.first()
        if mine is None:
            raise Refused(Reason("no_such_case"))
        if by.role is Role.STUDENT and State(mine.state) in ENDED:
            raise Refused(Reason("case_is_over"))
        there = mine.files.filter(purpose=purpose, digest=digest).first()
        if there is not None:
            return _same(there, label)
        if mine.files.count() >= MOST_FILES:
            raise Refused(Reason("too_many_files", {"most": MOST_FILES}))
        path = f"cases/{digest}{_ENDINGS[media]}"
        kept = CaseFile.objects.create(
            case=mine,
            purpose=purpose,
            label=label[:80],
            name=_name(upload)[-200:],
            path=path if default_storage.exists(path) else default_storage.save(path, ContentFile(content)),
            digest=digest,
            media=media,
            size=len(content),
            at=at,
            by_name=by.name,
        )
        _noted("case.file_kept", mine, by, at, after=_said(kept))
    return kept


def keep_evidence(case_id: int, upload: "File[bytes] | None", *, label: str, by: Asker, at: datetime) -> CaseFile:
    """收下证明材料 for a case by its number. Refused: as keep_file."""
    case = within(by, Case.objects.filter(pk=case_id)).first()
    if case is None:
        raise Refused(Reason("no_such_case"))
    return keep_file(case, upload, purpose=CaseFile.Purpose.EVIDENCE, label=label, by=by, at=at)


def remove_file(file_id: int, *, by: Asker, at: datetime) -> None:
    """删去材料 that was put in by mistake, before the case is handed in. Refused: no_such_case, file_not_yours."""
    with transaction.atomic():
        cases = within(by, Case.objects.filter(files=file_id))
        mine = cases.select_for_update(of=("self",)).select_related("student").first()
        if mine is None:
            raise Refused(Reason("no_such_case"))
        kept = mine.files.get(pk=file_id)
        if by.role is Role.STUDENT and (kept.by_name != by.name or State(mine.state) not in _UNSENT):
            raise Refused(Reason("file_not_yours"))
        said = _said(kept)
        kept.delete()
        _noted("case.file_removed", mine, by, at, before=said)


def _read(upload: "File[bytes] | None") -> bytes:
    """Everything that was sent. A connection that breaks off leaves no file, or fewer bytes than were announced."""
    if upload is None:
        raise Refused(Reason("upload_broken"))
    if upload.size > MOST_BYTES:
        raise Refused(Reason("file_too_large", {"found": upload.size // MEGABYTE + 1, "most": MOST_BYTES // MEGABYTE}))
    try:
        data = upload.read()
    except OSError as error:
        raise Refused(Reason("upload_broken")) from error
    if not data or len(data) < upload.size:
        raise Refused(Reason("upload_broken"))
    return data


def _opened(data: bytes) -> tuple[bytes, str]:
    if data.startswith(b"%PDF-"):
        # A PDF file that was cut off has lost the mark of its end.
        if b"%%EOF" not in data[-2048:]:
            raise Refused(Reason("upload_broken"))
        return data, PDF
    try:
        photo = open_photo(data, "", longest=LONGEST, in_srgb=True)
    except Refused as refused:
        raise _plain(refused.reasons[0]) from refused
    buffer, picture = io.BytesIO(), Image.fromarray(photo.pixels)
    if photo.facts.format == "PNG" and photo.facts.width * photo.facts.height <= MEGABYTE:
        picture.save(buffer, "PNG", optimize=True)
        return buffer.getvalue(), PNG
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue(), JPEG


def _plain(reason: Reason) -> Refused:
    """What the photo's door says, for whoever only meant to hand in a paper."""
    if reason.code in _BROKEN:
        return Refused(Reason("upload_broken"))
    what = reason.details.get("what") or _UNUSABLE.get(reason.code, "无法识别的文件")
    return Refused(Reason("not_a_picture", {"what": str(what).strip()}))


def _same(there: CaseFile, label: str) -> CaseFile:
    if label and there.label != label:
        raise Refused(Reason("file_given_already", {"label": there.label}))
    return there


def _name(upload: "File[bytes] | None") -> str:
    return str(getattr(upload, "name", "") or "").replace("\\", "/").rpartition("/")[2]


def _said(kept: CaseFile) -> dict[str, Any]:
    return {"purpose": kept.purpose, "label": kept.label, "file": kept.name, "digest": kept.digest}


def _noted(action: str, case: Case, by: Asker, at: datetime, **said: Any) -> None:
    record(by=by.actor, at=at, action=action, subject=f"student:{case.student.student_no}", **said)
