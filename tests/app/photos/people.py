"""Two centres with a few students, and who may look and act; nobody in it is real."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.records.models.centre import Centre
from biye.records.models.student import Student
from tests import photo_files

AT = datetime(2022, 6, 1, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
STEM = "2022-autumn"
NUMBERS = (photo_files.NUMBER, "440524188001010014", "34052419800101001X")


@dataclass(frozen=True, slots=True)
class World:
    """S1 and S2 at 河东, S3 at 河西; S1 and S4 are one person's two records."""

    students: dict[str, Student]
    college: Asker
    centre: Asker
    other_centre: Asker
    student: Asker
    other_student: Asker


def populate() -> World:
    east, west = (Centre.objects.create(code=code, name=name) for code, name in (("E", "河东"), ("W", "河西")))
    students = {
        number: Student.objects.create(student_no=number, name=name, identity_number=identity, centre=centre)
        for number, name, identity, centre in (
            ("S1", "林晓", NUMBERS[0], east),
            ("S2", "周敏", NUMBERS[1], east),
            ("S3", "吴桐", NUMBERS[2], west),
            ("S4", "林晓", NUMBERS[0], west),
        )
    }
    return World(
        students=students,
        college=asker(Role.COLLEGE, "学院", office="学籍办公室"),
        centre=asker(Role.CENTRE, "河东老师", centre=east),
        other_centre=asker(Role.CENTRE, "河西老师", centre=west),
        student=asker(Role.STUDENT, "林晓", student=students["S1"]),
        other_student=asker(Role.STUDENT, "周敏", student=students["S2"]),
    )


def asker(
    role: Role, name: str, *, student: Student | None = None, centre: Centre | None = None, office: str = ""
) -> Asker:
    user = User.objects.create(username=f"{role}-{name}", name=name)
    seat = Seat.objects.create(user=user, role=role, student=student, centre=centre, office=office)
    return Asker(
        user.pk,
        name,
        role,
        seat.pk,
        None if student is None else student.pk,
        None if centre is None else centre.pk,
        office,
    )
