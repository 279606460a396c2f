"""学籍卡片: who one student is, for whoever may read of the student."""

from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.foundation.identity import mask
from biye.records.models.student import Student


@dataclass(frozen=True, slots=True)
class StudentCard:
    """学籍卡片. The identity number is masked; showing it in full is an action."""

    id: int
    student_no: str
    name: str
    sex: str
    ethnicity: str
    identity_type: str
    masked_identity: str
    telephone: str
    level: str
    mode: str
    entry: int
    major: str
    class_name: str
    plan: str
    status: str
    is_outside_system: bool
    centre: str
    centre_telephone: str


SEXES = {1: "男", 2: "女"}


def student_card(asker: Asker, student_no: str) -> StudentCard | None:
    """One student by number; None where there is none within the asker's scope."""
    return _card(students_of(asker).filter(student_no=student_no).select_related("centre", "plan").first())


def own_card(asker: Asker) -> StudentCard | None:
    """The status record of a student's seat; None for every other seat."""
    if asker.student_id is None:
        return None
    return _card(students_of(asker).select_related("centre", "plan").first())


def _card(found: Student | None) -> StudentCard | None:
    if found is None:
        return None
    return StudentCard(
        id=found.pk,
        student_no=found.student_no,
        name=found.name,
        sex=SEXES.get(found.sex, ""),
        ethnicity=found.ethnicity,
        identity_type=found.identity_type,
        masked_identity=mask(found.identity_number),
        telephone=found.telephone,
        level=found.level,
        mode=found.mode,
        entry=found.entry,
        major=found.major,
        class_name=found.class_name,
        plan=str(found.plan or ""),
        status=found.status,
        is_outside_system=found.is_outside_system,
        centre=found.centre.name if found.centre else "",
        centre_telephone=found.centre.telephone if found.centre else "",
    )
