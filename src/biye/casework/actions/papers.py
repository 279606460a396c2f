"""收纸质件: a scanned or typed code says whose sheet it is; received with time and person, and taken back when it was a slip."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.casework.actions.acting import act_on
from biye.casework.core.paper_codes import VERSIONS, Paper, read_code, version_of
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.queries.shown_documents import shown_documents
from biye.foundation.errors import Reason, Refused
from biye.records.models.student import Student
from biye.seasons.models.season import Season

CODE = "code"
SIGNED_BEFORE_A_WITNESS = (Kind.SIGN_OFF, Kind.RECORD_CHECK)
_HANDED_IN = (Event.SUBMIT, Event.ENTER_FROM_PAPER)
_HERE = (State.PAPER_RECEIVED, State.AT_COLLEGE, State.CHECKED, State.AT_PROVINCE, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Received:
    """收到的纸质件. `case_id` None: a sheet to be signed on site, for which the page with the witness opens."""

    student_no: str
    name: str
    kind: Kind
    case_id: int | None


def receive_paper(season_id: int, text: str, *, by: Asker, at: datetime) -> Received:
    """登记收到 by the code on the sheet.

    Refused: paper_code_…, paper_other_season, paper_not_yours, paper_outdated, paper_here_already, paper_nothing_waiting,
    and what the transition table says (the paper's time is over).
    """
    paper = read_code(text)
    if paper.season_id != season_id:
        season = Season.objects.filter(pk=paper.season_id).first()
        raise Refused(Reason("paper_other_season", {"season": season.label if season else "另一批次"}))
    with transaction.atomic():
        student = students_of(by).filter(pk=paper.student_id).first()
        if student is None:
            raise Refused(Reason("paper_not_yours"))
        if paper.kind in SIGNED_BEFORE_A_WITNESS:
            _same_as_shown(season_id, student, paper)
            return Received(student.student_no, student.name, paper.kind, None)
        case = _waiting(season_id, student, paper, by)
        act_on(case.pk, Event.RECEIVE_PAPER, by=by, at=at, detail={CODE: text.strip()[:40]})
    return Received(student.student_no, student.name, paper.kind, case.pk)


def give_back_paper(case_id: int, *, reason: str, by: Asker, at: datetime) -> Case:
    """撤销登记: it did not come in after all. Refused: what the transition table says."""
    return act_on(case_id, Event.TAKE_BACK, by=by, at=at, reason=reason)


def _waiting(season_id: int, student: Student, paper: Paper, by: Asker) -> Case:
    cases = within(by, Case.objects.filter(season_id=season_id, student=student, kind=paper.kind)).order_by("-id")
    found = list(cases)
    case = next((one for one in found if one.state == State.SUBMITTED), next(iter(found), None))
    said: dict[str, object] = {
        "name": student.name,
        "kind": paper.kind,
        "state": State(case.state) if case else State.OPEN,
    }
    if case is not None and case.state in _HERE:
        raise Refused(Reason("paper_here_already", said))
    if case is None or case.state != State.SUBMITTED:
        raise Refused(Reason("paper_nothing_waiting", said))
    steps = Step.objects.filter(case=case, event__in=_HANDED_IN).order_by("-number")
    handed_in = steps.values_list("number", flat=True).first() or 0
    # Printed before the application that counts was handed in: another text stands on it.
    if paper.version < handed_in % VERSIONS:
        raise Refused(Reason("paper_outdated"))
    return case


def _same_as_shown(season_id: int, student: Student, paper: Paper) -> None:
    showing = shown_documents(season_id, [student.pk]).get(student.pk)
    if paper.kind is Kind.SIGN_OFF and (showing is None or version_of(showing.mark) != paper.version):
        raise Refused(Reason("paper_outdated"))
