"""成批上传: photos named by identity number, matched to the students of whoever uploads them; files, a folder or an archive."""

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.foundation.identity import mask, normal
from biye.machinery.exchange.core.archive import Archive
from biye.machinery.exchange.core.limits import MIB, Limits, Unreadable
from biye.machinery.jobs.actions.submit import submit
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.chain import record
from biye.photos.actions.keeping import keep
from biye.photos.actions.uploading import upload_photo
from biye.photos.core.check import Roster
from biye.photos.core.opening import MOST_BYTES, digest
from biye.photos.models.photo import Photo
from biye.photos.queries.specifications import specification_of

MOST_ARCHIVE_BYTES = 256 * MIB
_LIMITS = Limits(expanded_bytes=512 * MIB, expansion=4, expansion_from=16 * MIB, entries=20_000)
_FEW_DIGITS = 5
_NOT_PHOTOS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Received:
    """收到的一张: its shown name, the student it was matched to, and what became of it."""

    shown: str
    student_no: str
    photo: Photo | None
    reasons: tuple[Reason, ...]


def receive_files(files: Sequence[tuple[str, bytes]], *, purpose: str, stem: str, by: Asker, at: datetime) -> Job:
    """收下文件: photos one by one or a folder's, or one archive of them, by name and content.

    Refused: no_photos_chosen, one_archive_only, and what `receive_photos` refuses.
    """
    archives = [content for name, content in files if name.lower().endswith(".zip")]
    if not files:
        raise Refused(Reason("no_photos_chosen"))
    if archives and len(files) > 1:
        raise Refused(Reason("one_archive_only"))
    return receive_photos(archives[0] if archives else packed(files), purpose=purpose, stem=stem, by=by, at=at)


def refuse_too_much(byte_count: int) -> None:
    """Say no before anything is read. Refused: archive_too_large."""
    if byte_count > MOST_ARCHIVE_BYTES:
        raise Refused(Reason("archive_too_large", {"most": MOST_ARCHIVE_BYTES // MIB}))


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Files as an archive: the same files, the same bytes; two of one name stay two."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, content) in enumerate(files):
            archive.writestr(zipfile.ZipInfo(f"{number}/{PurePosixPath(name).name}"), content)
    return buffer.getvalue()


@transaction.atomic
def receive_photos(content: bytes, *, purpose: str, stem: str, by: Asker, at: datetime) -> Job:
    """收下压缩包 and put it into the queue. Refused: no_permission, archive_too_large, archive_broken, no_photos_inside."""
    if not by.may(Permission.UPLOAD_PHOTOS):
        raise Refused(Reason("no_permission"))
    refuse_too_much(len(content))
    count = len(_entries(_opened(content)))
    if not count:
        raise Refused(Reason("no_photos_inside"))
    name = keep("archives", content, ".zip")
    record(
        by=by.actor,
        at=at,
        action="photo.archive_received",
        subject=f"archive:{digest(content)}",
        after={"purpose": purpose, "photos": count},
    )
    arguments = {"archive": name, "purpose": purpose, "stem": stem, "seat_id": by.seat_id, "at": at.isoformat()}
    return submit(kind="upload_photos", by=by.actor, at=at, about=f"{count} 张", arguments=arguments)


def take_in(
    content: bytes,
    *,
    purpose: str,
    stem: str,
    by: Asker,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Received]:
    """逐张收入. A photo that is already the student's current one, checked by the same specification, is left as it is,
    so that the work may be killed and begun again."""
    archive = _opened(content)
    names = _entries(archive)
    owners = _owners(by)
    files = Counter(Roster.key(PurePosixPath(name).stem) for name in names)
    for number, name in enumerate(names):
        progress(number, len(names))
        key = Roster.key(PurePosixPath(name).stem)
        students = tuple(owners.get(key, ()))
        if len(students) != 1 or files[key] > 1:
            code = "nobody" if not students else "several_records" if len(students) > 1 else "several_files"
            yield Received(_shown(name), "、".join(students), None, (Reason(code, {"shown": _shown(name)}),))
        else:
            yield _take(archive, name, students[0], purpose=purpose, stem=stem, by=by, at=at)
    progress(len(names), len(names))


def _take(
    archive: Archive, name: str, student_no: str, *, purpose: str, stem: str, by: Asker, at: datetime
) -> Received:
    try:
        data = archive.read(name, MOST_BYTES)
        photo = _unchanged(student_no, purpose, stem, data) or upload_photo(
            student_no,
            purpose=purpose,
            name=PurePosixPath(name).name.upper(),
            data=data,
            stem=stem,
            by=by,
            at=at,
        )
    except Unreadable:
        return Received(_shown(name), student_no, None, (Reason("broken_structure"),))
    except Refused as refused:
        return Received(_shown(name), student_no, None, refused.reasons)
    return Received(_shown(name), student_no, photo, ())


def _shown(name: str) -> str:
    """A file's name, without the middle of a number that may be somebody's."""
    path = PurePosixPath(name)
    has_number = sum(sign.isdigit() for sign in path.stem) > _FEW_DIGITS
    return f"{mask(normal(path.stem)) if has_number else path.stem}{path.suffix}"


def _unchanged(student_no: str, purpose: str, stem: str, data: bytes) -> Photo | None:
    current = Photo.objects.filter(student__student_no=student_no, purpose=purpose, is_current=True)
    same = current.filter(sha256=digest(data), specification_digest=specification_of(stem).digest)
    return same.first()


def _owners(by: Asker) -> dict[str, list[str]]:
    """Identity number, as numbers are matched → the status records of that person within the asker's scope."""
    owners: dict[str, list[str]] = defaultdict(list)
    numbered = students_of(by).exclude(identity_number="").order_by("student_no")
    for number, student_no in numbered.values_list("identity_number", "student_no"):
        owners[Roster.key(number)].append(student_no)
    return owners


def _opened(content: bytes) -> Archive:
    try:
        return Archive(content, _LIMITS)
    except Unreadable as unreadable:
        raise Refused(Reason("archive_broken", {"why": unreadable.code})) from unreadable


def _entries(archive: Archive) -> list[str]:
    """The files inside, without what operating systems add."""
    return sorted(name for name in archive.names if not name.endswith("/") and not _is_left_over(name))


def _is_left_over(name: str) -> bool:
    return any(part in name for part in _NOT_PHOTOS) or PurePosixPath(name).name.startswith("._")
