"""一个小批次: a season of tju-online with students of two centres, without an audit, for tests of cases."""

from datetime import datetime, timedelta, timezone

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.foundation.terms import term
from biye.records.models.centre import Centre
from biye.records.models.student import Student
from biye.seasons.models.season import Season

CHINA = timezone(timedelta(hours=8))
CLOSES = datetime(2022, 6, 16, tzinfo=CHINA)
"""签字确认 and the paper of applications close here (2022-06-15 24:00)."""
NOW = datetime(2022, 6, 1, 9, tzinfo=CHINA)
OFFICER = Asker(90, "赵老师", Role.COLLEGE, 90)
SECOND = Asker(91, "钱老师", Role.COLLEGE, 91)


def a_season() -> Season:
    """The season of the first founding notice."""
    return Season.objects.create(stem="2022-autumn", label="2022年秋季", term=term("2022秋"), opened_at=NOW)


def students(*numbers: str, centre: str = "河东") -> list[Student]:
    """Students of a centre, made when it is not there."""
    place, _ = Centre.objects.get_or_create(code=centre, defaults={"name": f"{centre}学习中心"})
    return [
        Student.objects.create(
            student_no=number,
            name=f"林晓{number[-1]}",
            level="专升本",
            entry=term("2020春"),
            centre=place,
            status="在籍",
        )
        for number in numbers
    ]


def self_of(student: Student) -> Asker:
    """The student in person."""
    return Asker(student.pk, student.name, Role.STUDENT, student.pk, student_id=student.pk)


def teacher_of(student: Student) -> Asker:
    """A teacher of the student's centre."""
    return Asker(80, "王老师", Role.CENTRE, 80, centre_id=student.centre_id)
