"""打包照片: photos that leave the house, named by identity number; only of whom the caller says graduate, and only what is
in order. Nobody else's photo is opened."""

import zipfile
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.foundation.identity import normal
from biye.foundation.verdicts import Verdict
from biye.machinery.ledger.chain import record
from biye.photos.actions.keeping import kept
from biye.photos.core.handing import handed
from biye.photos.core.states import State, state_of
from biye.photos.models.photo import Photo
from biye.photos.queries.specifications import specification_of
from biye.photos.queries.student_photos import chsi_of, handling_of, known_of
from biye.photos.queries.students import current_photos
from biye.records.models.student import Student
from biye.seasons.queries.schools import school

CHUNK = 500
SHOWN = 200
_THERE = {State.AT_CHSI, State.CONSISTENT, State.IN_REVIEW, State.REVIEWED}


class LeftOut(StrEnum):
    """没有放入的原因, of a student who graduates."""

    NO_PHOTO = "no_photo"
    NOT_IN_ORDER = "not_in_order"
    NO_NUMBER = "no_number"
    THERE = "there"
    SEVERAL_RECORDS = "several_records"
    UNREADABLE = "unreadable"

    @property
    def chinese(self) -> str:
        """What people read."""
        return _WHY[self]


_WHY = {
    LeftOut.NO_PHOTO: "没有照片",
    LeftOut.NOT_IN_ORDER: "照片没有审看合格",
    LeftOut.NO_NUMBER: "没有证件号码",
    LeftOut.THERE: "学信网已有照片",
    LeftOut.SEVERAL_RECORDS: "一人有几条学籍，文件会重名",
    LeftOut.UNREADABLE: "照片文件无法读出",
}


@dataclass(slots=True)
class Packed:
    """打包结果: how many went in, and who of those that graduate did not."""

    taken: int = 0
    counts: Counter[LeftOut] = field(default_factory=Counter)
    students: list[tuple[str, str, LeftOut]] = field(default_factory=list)


def pack_photos(
    student_ids: Collection[int],
    path: Path,
    *,
    about: str,
    by: Asker,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Packed:
    """Write the archive. `about` says which season it is and by what the students are known to graduate.

    Refused: no_permission.
    """
    if not by.may(Permission.EXPORT_PHOTOS):
        raise Refused(Reason("no_permission"))
    packed, wanted, names = Packed(), sorted(student_ids), set[str]()
    with zipfile.ZipFile(path, "w") as archive:
        for start in range(0, len(wanted), CHUNK):
            progress(start, len(wanted))
            found = students_of(by).select_related("chsi_photo", "photo_handling").order_by("pk")
            students = list(found.filter(pk__in=wanted[start : start + CHUNK]))
            photos = current_photos(student.pk for student in students)
            for student in students:
                _put(archive, student, photos.get(student.pk), names, packed)
    progress(len(wanted), len(wanted))
    with transaction.atomic():
        said = {"photos": packed.taken, "left_out": {why.value: count for why, count in packed.counts.items()}}
        record(by=by.actor, at=at, action="photo.exported", subject=f"photos:{about}", after=said)
    return packed


def _put(archive: zipfile.ZipFile, student: Student, photo: Photo | None, names: set[str], packed: Packed) -> None:
    why, content = _content(student, photo, names)
    if why is not None:
        packed.counts[why] += 1
        packed.students.append((student.student_no, student.name, why))
        return
    name = f"{normal(student.identity_number).upper()}.JPG"
    names.add(name)
    archive.writestr(zipfile.ZipInfo(name), content)
    packed.taken += 1


def _content(student: Student, photo: Photo | None, names: set[str]) -> tuple[LeftOut | None, bytes]:
    chsi = chsi_of(student)
    if state_of(known_of(chsi, handling_of(student)), school().photo.comparison) in _THERE:
        return LeftOut.THERE, b""
    if photo is None:
        return LeftOut.NO_PHOTO, b""
    if chsi is None or chsi.specification != Verdict.MET:
        return LeftOut.NOT_IN_ORDER, b""
    if not student.identity_number:
        return LeftOut.NO_NUMBER, b""
    if f"{normal(student.identity_number).upper()}.JPG" in names:
        return LeftOut.SEVERAL_RECORDS, b""
    try:
        return None, handed(kept(photo.source), specification_of(photo.specification))
    except (Refused, OSError):
        return LeftOut.UNREADABLE, b""
