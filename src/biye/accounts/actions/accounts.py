"""账户: make an account with its seat, give a new initial password, stop and start an account."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.records.models.centre import Centre
from biye.records.models.student import Student

# Read from a screen or a slip of paper and typed on a phone: no letters or digits that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class NewAccount:
    """新账户: shown once, so that the initial password can be handed over; it is kept nowhere."""

    user_id: int
    username: str
    name: str
    password: str


def initial_password() -> str:
    """初始密码."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def create_teacher(
    *,
    username: str,
    name: str,
    telephone: str = "",
    centre_code: str = "",
    office: str = "",
    password: str = "",
    by: Actor,
    at: datetime,
) -> NewAccount:
    """新建老师账户: of a centre when its code is given, of the college otherwise.

    Without `password` an initial one is made, which has to be changed at the first sign-in.
    """
    centre = Centre.objects.filter(code=centre_code).first()
    if centre_code and centre is None:
        raise Refused(Reason("centre_unknown", {"code": centre_code}))
    if User.objects.filter(username=username).exists():
        raise Refused(Reason("username_taken", {"username": username}))
    with transaction.atomic():
        given = password or initial_password()
        user = User.objects.create(
            username=username,
            name=name,
            telephone=telephone,
            password=make_password(given),
            has_initial_password=not password,
            date_joined=at,
        )
        role = Role.CENTRE if centre else Role.COLLEGE
        Seat.objects.create(user=user, role=role, centre=centre, office="" if centre else office)
        after = {"name": name, "role": role, "centre": centre_code, "office": office}
        record(by=by, at=at, action="create_account", subject=f"account:{username}", after=after)
    return NewAccount(user.pk, username, name, given)


def create_student_logins(
    *, student_nos: Iterable[str], password: str = "", by: Actor, at: datetime
) -> Iterator[list[NewAccount]]:
    """批量新建学生账户: the student number is the user name.

    Whoever has an account already is passed over, unless it was made at this very moment and never used: then the work
    is being done again after a crash, and the password that nobody saw is replaced.
    Yields what was made, chunk by chunk, each chunk a transaction of its own, so that a long list can be watched.
    `password` is one for all, for trying out; without it each gets an initial one of its own.
    """
    wanted = list(student_nos)
    for start in range(0, len(wanted), _CHUNK):
        yield _student_logins(wanted[start : start + _CHUNK], password, by, at)


@transaction.atomic
def _student_logins(student_nos: list[str], password: str, by: Actor, at: datetime) -> list[NewAccount]:
    lost = User.objects.filter(username__in=student_nos, date_joined=at, last_login=None, has_initial_password=True)
    lost.delete()
    taken = set(User.objects.filter(username__in=student_nos).values_list("username", flat=True))
    students = [one for one in Student.objects.filter(student_no__in=student_nos) if one.student_no not in taken]
    passwords = [password or initial_password() for _ in students]
    users = User.objects.bulk_create(
        User(
            username=student.student_no,
            name=student.name,
            password=make_password(own),
            has_initial_password=not password,
            date_joined=at,
        )
        for student, own in zip(students, passwords, strict=True)
    )
    Seat.objects.bulk_create(
        Seat(user=user, role=Role.STUDENT, student=student) for user, student in zip(users, students, strict=True)
    )
    for user in users:
        after = {"name": user.name, "role": Role.STUDENT}
        record(by=by, at=at, action="create_account", subject=f"account:{user.username}", after=after)
    return [NewAccount(user.pk, user.username, user.name, own) for user, own in zip(users, passwords, strict=True)]


def reset_password(*, user_id: int, by: Actor, at: datetime) -> NewAccount:
    """重置密码: a new initial one, to be changed at the next sign-in."""
    password = initial_password()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        user.password, user.has_initial_password = make_password(password), True
        user.save(update_fields=["password", "has_initial_password"])
        record(by=by, at=at, action="reset_password", subject=f"account:{user.username}")
    return NewAccount(user.pk, user.username, user.name, password)


def note_changed_password(*, user_id: int, by: Actor, at: datetime) -> None:
    """密码已由本人修改."""
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(has_initial_password=False)
        record(by=by, at=at, action="change_password", subject=f"account:{User.objects.get(pk=user_id).username}")


def stop_account(*, user_id: int, by: Actor, at: datetime) -> None:
    """停用账户: it can no longer sign in, its history stays."""
    if user_id == by.user_id:
        raise Refused(Reason("own_account"))
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        others = Seat.objects.filter(role=Role.COLLEGE, user__is_active=True).exclude(user_id=user_id)
        if not others.exists():
            raise Refused(Reason("last_college_seat"))
        _set_active(user, False, by, at, "stop_account")


def start_account(*, user_id: int, by: Actor, at: datetime) -> None:
    """恢复账户."""
    with transaction.atomic():
        _set_active(User.objects.select_for_update().get(pk=user_id), True, by, at, "start_account")


def _set_active(user: User, is_active: bool, by: Actor, at: datetime, action: str) -> None:
    before, user.is_active = user.is_active, is_active
    user.save(update_fields=["is_active"])
    subject = f"account:{user.username}"
    record(by=by, at=at, action=action, subject=subject, before={"active": before}, after={"active": is_active})
