"""核对页: one record field by field, what the student says of herself, and which corrections are open to her."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.casework.core.fields import FieldLine, Record, Sort, shown_fields
from biye.casework.core.own_fields import OwnLine, own_lines
from biye.records.models.facts import ChsiPhoto
from biye.records.models.personal import PersonalInfo
from biye.records.models.student import Student
from biye.seasons.core.season import RouteSpec, Season
from biye.seasons.queries.schools import school


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """核对页 of one status record in one season."""

    student_id: int
    student_no: str
    record: Record
    lines: tuple[FieldLine, ...]
    own: tuple[OwnLine, ...]
    said: dict[str, Any]

    def line(self, label: str) -> FieldLine | None:
        """A field by its label."""
        return next((line for line in self.lines if line.label == label), None)

    @property
    def key_lines(self) -> tuple[FieldLine, ...]:
        """关键字段 as this school has them."""
        return tuple(line for line in self.lines if line.sort is Sort.KEY)

    @property
    def plain_lines(self) -> tuple[FieldLine, ...]:
        """Everything else."""
        return tuple(line for line in self.lines if line.sort is Sort.PLAIN)


def record_sheet(asker: Asker, season: Season, student_no: str, today: date) -> RecordSheet | None:
    """One student's, within the scope; None where there is nobody of that number."""
    related = ("centre", "chsi_photo", "personal")
    found = students_of(asker).select_related(*related).filter(student_no=student_no).first()
    return None if found is None else sheet_of(found, season, today)


def sheet_of(found: Student, season: Season, today: date) -> RecordSheet:
    """The sheet of a student that was read already."""
    ours = school()
    said = personal_of(found)
    record = record_of(found)
    route, task = correction_route(season), season.tasks.get("record_check")
    lines = shown_fields(
        record,
        route.key_fields if route else (),
        ours.photo.comparison,
        officer_numbers=ours.identity.officer_numbers,
        centre_label=ours.centres.label,
    )
    own = own_lines(task.own_fields if task else (), said, today)
    return RecordSheet(found.pk, found.student_no, record, lines, own, said)


def correction_route(season: Season) -> RouteSpec | None:
    """What the season says of key-field corrections; None where it takes none."""
    return season.routes.get("correction")


def personal_of(found: Student) -> dict[str, Any]:
    """个人信息 of a student; what the record has of it stands in until the student says something."""
    kept: PersonalInfo | None = getattr(found, "personal", None)
    known = {"联系电话": found.telephone, "电子邮箱": found.email, "政治面貌": found.political_status}
    return {label: text for label, text in known.items() if text} | (kept.said if kept else {})


def record_of(found: Student) -> Record:
    """学籍 as it will be registered."""
    chsi: ChsiPhoto | None = getattr(found, "chsi_photo", None)
    return Record(
        student_no=found.student_no,
        name=found.name,
        sex=found.sex,
        birth_date=found.birth_date,
        ethnicity=found.ethnicity,
        identity_type=found.identity_type,
        identity_number=found.identity_number,
        exam_no=found.exam_no,
        level=found.level,
        mode=found.mode,
        entry=found.entry,
        major=found.major,
        class_name=found.class_name,
        centre=found.centre.name if found.centre else "",
        status=found.status,
        at_chsi=chsi.at_chsi if chsi else None,
        comparison=chsi.comparison if chsi else "",
    )
