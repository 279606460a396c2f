"""身份: give a person one more seat, or take one away."""

from datetime import datetime
from typing import Any

from django.db import transaction

from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.records.models.centre import Centre
from biye.records.models.student import Student


def give_seat(
    *, user_id: int, role: Role, student_no: str = "", centre_code: str = "", office: str = "", by: Actor, at: datetime
) -> int:
    """增加身份: a second status record, a second centre, a teacher who also studies."""
    user = User.objects.get(pk=user_id)
    student = Student.objects.filter(student_no=student_no).first() if role is Role.STUDENT else None
    centre = Centre.objects.filter(code=centre_code).first() if role is Role.CENTRE else None
    if role is Role.STUDENT and student is None:
        raise Refused(Reason("student_unknown", {"student_no": student_no}))
    if role is Role.CENTRE and centre is None:
        raise Refused(Reason("centre_unknown", {"code": centre_code}))
    wanted: dict[str, Any] = {
        "role": role,
        "student": student,
        "centre": centre,
        "office": office if role is Role.COLLEGE else "",
    }
    with transaction.atomic():
        seat, is_new = Seat.objects.get_or_create(user=user, **wanted)
        if not is_new:
            raise Refused(Reason("seat_given"))
        after = {"role": role, "student": student_no, "centre": centre_code, "office": office}
        record(by=by, at=at, action="give_seat", subject=f"account:{user.username}", after=after)
    return seat.pk


def take_seat_away(*, seat_id: int, by: Actor, at: datetime) -> None:
    """取消身份."""
    with transaction.atomic():
        seat = Seat.objects.select_related("user", "student", "centre").get(pk=seat_id)
        others = Seat.objects.filter(role=Role.COLLEGE, user__is_active=True).exclude(pk=seat_id)
        if seat.role == Role.COLLEGE and not others.exists():
            raise Refused(Reason("last_college_seat"))
        before = {
            "role": seat.role,
            "student": seat.student.student_no if seat.student else "",
            "centre": seat.centre.code if seat.centre else "",
            "office": seat.office,
        }
        seat.delete()
        record(by=by, at=at, action="take_seat_away", subject=f"account:{seat.user.username}", before=before)
