"""身份: the seats a person may take."""

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat


def seats_of(user_id: int) -> tuple[Asker, ...]:
    """Every seat of one signed-in person, in the order they were given; one query."""
    seats = Seat.objects.filter(user_id=user_id, user__is_active=True).select_related("user", "student", "centre")
    return tuple(asker_of(seat) for seat in seats)


def asker_of(seat: Seat) -> Asker:
    """A seat as queries and actions know it."""
    return Asker(
        user_id=seat.user_id,
        name=seat.user.name or seat.user.username,
        role=Role(seat.role),
        seat_id=seat.id,
        student_id=seat.student_id,
        centre_id=seat.centre_id,
        office=seat.office,
        place=_place(seat),
    )


def _place(seat: Seat) -> str:
    if seat.student is not None:
        return " ".join(part for part in (seat.student.level, seat.student.student_no) if part)
    if seat.centre is not None:
        return seat.centre.name
    return seat.office


def seat_with(user_id: int | None, permission: Permission) -> Asker | None:
    """Somebody's first seat that has the permission now; background work asks again before it begins."""
    return next((seat for seat in seats_of(user_id or 0) if seat.may(permission)), None)


def seat_by_id(user_id: int | None, seat_id: int) -> Asker | None:
    """One of somebody's seats, if it is still theirs."""
    return next((seat for seat in seats_of(user_id or 0) if seat.seat_id == seat_id), None)
