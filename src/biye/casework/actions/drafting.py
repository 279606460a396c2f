"""填写中的事项: opened and written before it is handed in, so that nothing typed or photographed is lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.casework.core.words import ENDED, UNDECIDED, Kind, State
from biye.casework.models.case import Case
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.records.models.student import Student

_FINAL = (*ENDED, State.WITHDRAWN)
WRITABLE = frozenset(set(State) - set(_FINAL) - set(UNDECIDED))
"""States in which what is filled in may still be written over."""


def begin(
    season_id: int,
    student_no: str,
    kind: Kind,
    *,
    by: Asker,
    at: datetime,
    about: str = "",
    office: str = "",
) -> Case:
    """开始填写: the case of this kind that is not over yet, or a new one. Inside a transaction; the student's row puts
    two first steps in line. Refused: no_such_student."""
    student = students_of(by).select_for_update(of=("self",)).filter(student_no=student_no).first()
    if student is None:
        raise Refused(Reason("no_such_student"))
    return _unfinished(season_id, student, kind, about) or Case.objects.create(
        season_id=season_id, student=student, kind=kind, about=about, office=office, opened_at=at, changed_at=at
    )


def write_draft(case: Case, form: dict[str, Any], *, by: Asker, at: datetime) -> Case:
    """保存填写内容 of a case that is not handed in. Refused: no_such_case, case_is_over."""
    with transaction.atomic():
        mine = within(by, Case.objects.select_for_update(of=("self",)).filter(pk=case.pk)).first()
        if mine is None:
            raise Refused(Reason("no_such_case"))
        if State(mine.state) not in WRITABLE:
            raise Refused(Reason("case_is_over"))
        if mine.form != form:
            mine.form, mine.changed_at = form, at
            mine.save(update_fields=["form", "changed_at"])
            number = Student.objects.values_list("student_no", flat=True).get(pk=mine.student_id)
            said = {"case": mine.pk, "kind": Kind(mine.kind).chinese, "about": mine.about}
            record(by=by.actor, at=at, action="case.drafted", subject=f"student:{number}", after=said)
    return mine


def _unfinished(season_id: int, student: Student, kind: Kind, about: str) -> Case | None:
    cases = Case.objects.filter(season_id=season_id, student=student, kind=kind)
    if kind in (Kind.CORRECTION, Kind.OBJECTION):
        cases = cases.filter(about=about).exclude(state__in=_FINAL)
    return cases.order_by("-id").first()
