"""人: two centres, three students, and whoever may sign in to see them."""

from dataclasses import dataclass
from datetime import datetime

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from biye.accounts.actions.accounts import create_student_logins, create_teacher
from biye.accounts.models.user import User
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.records.models.centre import Centre
from biye.records.models.student import Student

PASSWORD = "jade-and-amber-7"  # noqa: S105  (invented)
AT: datetime = moment("2022-06-13 20:00")


@dataclass(frozen=True, slots=True)
class People:
    """Everybody a page may be shown to; `student` belongs to `centre`, `other_student` to `other_centre`."""

    student: User
    other_student: User
    centre: User
    other_centre: User
    college: User

    def items(self) -> dict[str, User | None]:
        """By what they are to `student`'s record; None is somebody not signed in."""
        return {
            "student": self.student,
            "other student": self.other_student,
            "centre": self.centre,
            "other centre": self.other_centre,
            "college": self.college,
            "nobody": None,
        }


def populate() -> People:
    """Make them all."""
    here = Centre.objects.create(code="C1", name="河东学习中心", telephone="022-11112222")
    there = Centre.objects.create(code="C2", name="滨海学习中心", telephone="022-33334444")
    Student.objects.create(
        student_no="20200001",
        name="林晓",
        level="专升本",
        centre=here,
        identity_number="999010199001011234",
        entry=4040,
        status="在籍",
    )
    Student.objects.create(
        student_no="20200002", name="周建国", level="专升本", centre=there, entry=4040, status="在籍"
    )
    for username, name, centre in (("centre", "李老师", "C1"), ("far", "王老师", "C2"), ("college", "张老师", "")):
        create_teacher(username=username, name=name, centre_code=centre, password=PASSWORD, by=SYSTEM, at=AT)
    for _ in create_student_logins(student_nos=["20200001", "20200002"], password=PASSWORD, by=SYSTEM, at=AT):
        pass
    names = ("20200001", "20200002", "centre", "far", "college")
    return People(*(User.objects.get(username=name) for name in names))


def signed_in(user: User | None) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def play_at(settings: Settings, at: datetime) -> None:
    """Whoever looks at a page does so at this moment."""
    settings.CLOCK_OFFSET = at - timezone.now()
