"""异议: any line a student sees, addressed to the office that owns it; the centre in between, an answer with its reason."""

from datetime import datetime
from typing import Any

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.actions.acting import act_on
from biye.casework.actions.drafting import begin, write_draft
from biye.casework.actions.following_up import ask_for_follow_up
from biye.casework.core.figures import (
    COLUMNS,
    ExamFigure,
    FeeFigure,
    FieldFigure,
    Figure,
    ResultFigure,
    show_figure,
    typed,
)
from biye.casework.core.routing import Line
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case
from biye.casework.queries.points import PointShown, point_shown
from biye.foundation.errors import Reason, Refused
from biye.foundation.moments import CHINA
from biye.records.actions.corrections import correct_exam, correct_fee, correct_record, correct_result
from biye.records.models.course import Course
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

LONGEST = 1000


def object_to(
    season_id: int,
    student_no: str,
    line: Line,
    key: str,
    *,
    wanted: str,
    text: str,
    by: Asker,
    at: datetime,
) -> Case:
    """提出异议 to one line: by the student, or from paper by the centre. Sent twice, it counts once.

    `wanted`: what it should be, `text`: why. What the page showed is kept with it. What is refused, because the deadline
    passed while the page was open, stays as it was written, so that the college may still take it. Refused:
    no_such_student, objection_line_unknown, objection_text_missing, objection_open_already, and what the table says.
    """
    with transaction.atomic():
        found = _point(season_id, student_no, line, key, by, at)
        form = _form(found, wanted, text)
        if not form["text"]:
            raise Refused(Reason("objection_text_missing"))
        about = found.point.about
        case = begin(season_id, student_no, Kind.OBJECTION, by=by, at=at, about=about, office=found.office)
        if State(case.state) is not State.OPEN:
            if case.form == form:
                return case
            raise Refused(Reason("objection_open_already"))
        write_draft(case, form, by=by, at=at)
    event = Event.SUBMIT if by.student_id is not None else Event.ENTER_FROM_PAPER
    return act_on(case.pk, event, by=by, at=at, holds=(Guard.FORM_COMPLETE,))


def uphold_objection(
    case_id: int, *, reason: str, figure: Figure | None, seen: int | None = None, by: Asker, at: datetime
) -> Case:
    """异议成立, with its reason; a `figure` is put right at once and the student audited again.

    Without a figure the officer has found nothing to write here (a rule to be explained, a sheet to be imported).
    Refused: what the transition table says; record_changed_meanwhile; no_such_fee.
    """
    with transaction.atomic():
        mine = within(by, Case.objects.select_for_update(of=("self",)).filter(pk=case_id, kind=Kind.OBJECTION))
        case = mine.first()
        if case is None:
            raise Refused(Reason("no_such_case"))
        detail = {"figure": show_figure(figure)} if figure else {}
        done = act_on(case.pk, Event.APPROVE, by=by, at=at, seen=seen, reason=reason, detail=detail)
        if figure is not None and _put_right(case, figure, by, at, reason):
            form = case.form
            ask_for_follow_up(done, form["label"], form["shown"], show_figure(figure), by=by, at=at)
    return done


def _point(season_id: int, student_no: str, line: Line, key: str, by: Asker, at: datetime) -> PointShown:
    season = season_file(Season.objects.get(pk=season_id).stem)
    found = point_shown(by, season_id, season, student_no, line, key, at.astimezone(CHINA).date())
    if found is None:
        raise Refused(Reason("objection_line_unknown"))
    return found


def _form(found: PointShown, wanted: str, text: str) -> dict[str, Any]:
    point = found.point
    return {
        "line": point.line.value,
        "key": point.key,
        "label": found.label,
        "shown": found.shown,
        "wanted": wanted.strip()[:LONGEST],
        "text": text.strip()[:LONGEST],
    }


def _put_right(case: Case, figure: Figure, by: Asker, at: datetime, reason: str) -> bool:
    """Write the figure where it belongs; is anything else there now?"""
    student, key = case.student_id, str(case.form["key"])
    match figure:
        case ResultFigure():
            course = Course.objects.filter(code=key).values_list("id", flat=True).first()
            if course is None:
                raise Refused(Reason("figure_unreadable", {"why": "没有这门课程"}))
            return correct_result(
                student,
                course,
                term=figure.term,
                obtained=int(figure.obtained),
                score=figure.score,
                mark=figure.mark,
                by=by.actor,
                at=at,
                reason=reason,
            ).is_changed
        case ExamFigure():
            return correct_exam(
                student,
                key,
                outcome=figure.outcome,
                score=figure.score,
                exemption=figure.exemption,
                by=by.actor,
                at=at,
                reason=reason,
            ).is_changed
        case FieldFigure():
            seen, value = typed(key, str(case.form["shown"])), typed(key, figure.text)
            done = correct_record(student, COLUMNS[key], value, seen=seen, by=by.actor, at=at, reason=reason)
            return done.is_changed
        case FeeFigure():
            return correct_fee(student, int(key), paid=figure.paid, by=by.actor, at=at, reason=reason).is_changed
