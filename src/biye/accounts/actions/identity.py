"""证件号码: shown in full only by a click that leaves its trace."""

from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record


def reveal_identity(*, student_no: str, by: Asker, at: datetime) -> str:
    """显示完整证件号码. Raises Refused for whoever is outside the asker's scope, or has no number."""
    with transaction.atomic():
        student = students_of(by).filter(student_no=student_no).first()
        if student is None:
            raise Refused(Reason("student_unknown", {"student_no": student_no}))
        if not student.identity_number:
            raise Refused(Reason("no_identity"))
        record(by=by.actor, at=at, action="reveal_identity", subject=f"student:{student_no}")
    return student.identity_number
