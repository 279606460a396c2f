"""账户名单: who may sign in, as the college manages them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.accounts.queries.seats import asker_of
from biye.records.models.student import Student

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """账户."""

    id: int
    username: str
    name: str
    telephone: str
    is_active: bool
    has_initial_password: bool
    last_login: datetime | None
    seats: tuple[Asker, ...]


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """筛选: words in user name or name, a role, after which user name."""

    search: str = ""
    role: str = ""
    after: str = ""


def accounts(asker: Asker, wanted: AccountFilter) -> list[AccountRow]:
    """One page of accounts by user name, one more than fits if there is a next page; empty without the permission."""
    if not asker.may(Permission.MANAGE_ACCOUNTS):
        return []
    users = User.objects.order_by("username")
    if wanted.search:
        users = users.filter(Q(username__startswith=wanted.search) | Q(name__contains=wanted.search))
    if wanted.role:
        users = users.filter(seats__role=wanted.role).distinct()
    if wanted.after:
        users = users.filter(username__gt=wanted.after)
    return _rows(users.prefetch_related("seats__student", "seats__centre", "seats__user")[: PAGE + 1])


def account(asker: Asker, user_id: int) -> AccountRow | None:
    """One account, or None where there is none for the asker."""
    if not asker.may(Permission.MANAGE_ACCOUNTS):
        return None
    users = User.objects.filter(pk=user_id).prefetch_related("seats__student", "seats__centre", "seats__user")
    return next(iter(_rows(users)), None)


def students_without_login(asker: Asker, centre_code: str = "", lost_at: datetime | None = None) -> list[str]:
    """学号 of everybody who has no account of that name, or one made at that moment that nobody has used."""
    if not asker.may(Permission.MANAGE_ACCOUNTS):
        return []
    taken = User.objects.all()
    if lost_at is not None:
        taken = taken.exclude(date_joined=lost_at, last_login=None, has_initial_password=True)
    wanted = Student.objects.exclude(student_no__in=taken.values("username"))
    if centre_code:
        wanted = wanted.filter(centre__code=centre_code)
    return list(wanted.values_list("student_no", flat=True))


def role_counts(asker: Asker) -> dict[Role, int]:
    """How many active accounts each role has."""
    if not asker.may(Permission.MANAGE_ACCOUNTS):
        return {}
    active = Seat.objects.filter(user__is_active=True).order_by()
    counted = dict(active.values_list("role").annotate(Count("user", distinct=True)))
    return {role: counted.get(role, 0) for role in Role}


def _rows(users: Iterable[User]) -> list[AccountRow]:
    return [
        AccountRow(
            id=user.pk,
            username=user.username,
            name=user.name,
            telephone=user.telephone,
            is_active=user.is_active,
            has_initial_password=user.has_initial_password,
            last_login=user.last_login,
            seats=tuple(asker_of(seat) for seat in user.seats.all()),
        )
        for user in users
    ]
