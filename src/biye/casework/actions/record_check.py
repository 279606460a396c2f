"""核对学籍信息: 无误 or 有误 a field at a time; 无误 counts for exactly what was on the page."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.casework.actions.acting import act
from biye.casework.actions.drafting import begin, write_draft
from biye.casework.core.closing import closing, passed
from biye.casework.core.fields import changed_meanwhile, document
from biye.casework.core.own_fields import cleaned
from biye.casework.core.shown import fingerprint
from biye.casework.core.transitions import Clock, Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case
from biye.casework.queries.record_sheets import RecordSheet, record_sheet
from biye.foundation.errors import Reason, Refused
from biye.foundation.moments import CHINA
from biye.records.actions.personal import save_personal
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

RIGHT, WRONG = "right", "wrong"
ANSWERS, MARKS = "answers", "marks"


def answer_fields(
    season_id: int, student_no: str, answers: Mapping[str, str], seen: Mapping[str, str], *, by: Asker, at: datetime
) -> Case:
    """逐项回答: kept as they are given. The first 有误 says so to everybody: who disputes a field was not silent.

    Answers to fields that changed since the page was shown are dropped. Refused: no_such_student, record_shown_changed
    (after the others are kept), too_late.
    """
    with transaction.atomic():
        _in_time(season_id, at)
        sheet = _sheet(season_id, student_no, by, at)
        moved = changed_meanwhile(sheet.lines, {**{line.label: line.mark for line in sheet.lines}, **seen})
        said = {label: answer for label, answer in answers.items() if label not in moved and sheet.line(label)}
        case = begin(season_id, student_no, Kind.RECORD_CHECK, by=by, at=at)
        form = _form(case, sheet, said)
        wrong = WRONG in form[ANSWERS].values()
        if wrong and State(case.state) is State.CONFIRMED:
            case = _step(season_id, student_no, Event.REOPEN, by, at)
        if wrong and State(case.state) in (State.OPEN, State.LAPSED):
            case = _step(season_id, student_no, Event.DISPUTE, by, at, form=form)
        else:
            case = write_draft(case, form, by=by, at=at)
    if moved:
        raise Refused(Reason("record_shown_changed", {"fields": "、".join(moved)}))
    return case


def confirm_record(
    season_id: int,
    student_no: str,
    answers: Mapping[str, str],
    seen: Mapping[str, str],
    *,
    by: Asker,
    at: datetime,
    is_witnessed: bool = False,
) -> Case:
    """核对无误: every field of the page was answered 无误 and says still what the page said. Said twice, it counts once.

    By the student, or by a teacher beside whom the student stands (`is_witnessed`). Refused: record_shown_changed,
    record_not_all_checked, record_has_wrong_fields, and what the transition table says.
    """
    with transaction.atomic():
        sheet = _sheet(season_id, student_no, by, at)
        if moved := changed_meanwhile(sheet.lines, seen):
            raise Refused(Reason("record_shown_changed", {"fields": "、".join(moved)}))
        case = begin(season_id, student_no, Kind.RECORD_CHECK, by=by, at=at)
        form = _form(case, sheet, answers)
        if reasons := _open_questions(form[ANSWERS], sheet):
            raise Refused(*reasons)
        if State(case.state) is State.CONFIRMED and case.form.get(MARKS) == form[MARKS]:
            return case
        detail = {"fields": fingerprint(document(sheet.lines))}
        holds = {Guard.SHOWN_UNCHANGED} | ({Guard.WITNESS_PRESENT} if is_witnessed else set())
        return _step(season_id, student_no, Event.CONFIRM, by, at, form=form, detail=detail, holds=holds)


def say_own(season_id: int, student_no: str, said: Mapping[str, object], *, by: Asker, at: datetime) -> None:
    """填写个人信息: entries of the fields that the season asks for. Refused: no_such_student."""
    student = students_of(by).filter(student_no=student_no).first()
    if student is None:
        raise Refused(Reason("no_such_student"))
    task = season_file(Season.objects.get(pk=season_id).stem).tasks.get("record_check")
    asked = task.own_fields if task else ()
    entries = {label: cleaned(label, value) for label, value in said.items() if label in asked}
    save_personal(student.pk, entries, by=by.actor, at=at)


def _sheet(season_id: int, student_no: str, by: Asker, at: datetime) -> RecordSheet:
    season = season_file(Season.objects.get(pk=season_id).stem)
    sheet = record_sheet(by, season, student_no, at.astimezone(CHINA).date())
    if sheet is None:
        raise Refused(Reason("no_such_student"))
    return sheet


def _in_time(season_id: int, at: datetime) -> None:
    """An answer that no longer counts is not taken."""
    season = season_file(Season.objects.get(pk=season_id).stem)
    if Clock.WINDOW in passed(closing(season, Kind.RECORD_CHECK), at):
        raise Refused(Reason("too_late", {"clock": Clock.WINDOW}))


def _form(case: Case, sheet: RecordSheet, said: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Answers so far, without those about values that are no longer what they were given to."""
    marks = {line.label: line.mark for line in sheet.lines}
    kept_marks = case.form.get(MARKS, {})
    kept = {
        label: answer
        for label, answer in case.form.get(ANSWERS, {}).items()
        if kept_marks.get(label) == marks.get(label)
    }
    given = {label: answer for label, answer in said.items() if answer in (RIGHT, WRONG) and label in marks}
    return {ANSWERS: {**kept, **given}, MARKS: marks}


def _open_questions(answers: Mapping[str, str], sheet: RecordSheet) -> list[Reason]:
    unanswered = [line.label for line in sheet.lines if line.label not in answers]
    wrong = [label for label, answer in answers.items() if answer == WRONG]
    found = {"record_not_all_checked": unanswered, "record_has_wrong_fields": wrong}
    return [Reason(code, {"fields": "、".join(fields)}) for code, fields in found.items() if fields]


def _step(season_id: int, student_no: str, event: Event, by: Asker, at: datetime, **more: object) -> Case:
    return act(
        season_id=season_id,
        student_no=student_no,
        kind=Kind.RECORD_CHECK,
        event=event,
        by=by,
        at=at,
        **more,  # type: ignore[arg-type]
    )
