"""账户 and the seats a person may take."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from biye.accounts.core.roles import Role
from biye.records.models.centre import Centre
from biye.records.models.student import Student


class User(AbstractUser):
    """账户: one person who signs in."""

    first_name = None  # type: ignore[assignment]  # one name, as it stands on the identity card
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=80, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    has_initial_password = models.BooleanField("须修改初始密码", default=False)

    def __str__(self) -> str:
        return self.name or self.username


class Seat(models.Model):
    """身份: in which role, for which centre, office or status record a person acts. One person may have several."""

    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    role = models.CharField("身份", max_length=12, choices=[(role.value, role.chinese) for role in Role])
    student = models.ForeignKey(Student, models.CASCADE, null=True, blank=True, related_name="seats")
    centre = models.ForeignKey(Centre, models.CASCADE, null=True, blank=True, related_name="seats")
    office = models.CharField("办公室", max_length=40, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="seat_says_where",
                condition=models.Q(role=Role.STUDENT, student__isnull=False, centre__isnull=True, office="")
                | models.Q(role=Role.CENTRE, student__isnull=True, centre__isnull=False, office="")
                | models.Q(role=Role.COLLEGE, student__isnull=True, centre__isnull=True),
            ),
            # One constraint a role, because SQLite cannot hold two NULLs equal.
            models.UniqueConstraint(fields=("user", "student"), name="student_seat_once"),
            models.UniqueConstraint(fields=("user", "centre"), name="centre_seat_once"),
            models.UniqueConstraint(
                fields=("user", "office"), condition=models.Q(role=Role.COLLEGE), name="college_seat_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
