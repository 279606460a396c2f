"""核对学籍信息: every field beside what the identity number says of it, 无误 or 有误 one at a time; and one's own entries."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import StudentCard
from biye.casework.actions.record_check import ANSWERS, answer_fields, confirm_record, say_own
from biye.casework.core.closing import closing, spec_of
from biye.casework.core.own_fields import blanks
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Kind, State
from biye.casework.queries.cases import cases_of
from biye.casework.queries.follow_ups import follow_ups_of
from biye.casework.queries.record_sheets import RecordSheet, correction_route, record_sheet
from biye.foundation.errors import Refused
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, newest_season, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.record_forms import answers, own_entries, seen, spare_rows, wrong_lines
from biye.web.shared.refusals import sentences
from biye.web.student.conclusion import own


@page(Permission.HANDLE_OWN_CASES)
def record(request: PageRequest) -> HttpResponse:
    """核对学籍信息."""
    card, season = own(request), newest_season(request.asker)
    if season is None:
        return show(request, "student/no_season.html", "home", {"card": card, "title": "核对学籍信息"})
    return show(request, "student/record_check.html", "record", _context(request, card, season), season=season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def answer(request: PageRequest) -> HttpResponse:
    """无误、有误: kept as they are ticked; or, by its own button, confirmed as a whole."""
    card, season = own(request), existing(newest_season(request.asker))
    said, marks = answers(request.POST), seen(request.POST)
    if request.POST.get("do") == "confirm":
        confirm_record(season.id, card.student_no, said, marks, by=request.asker, at=request.at)
        messages.success(request, "已确认学籍信息无误。以后如有任何一项变动，会请您重新核对。")
        return redirect("student_record")
    is_part = bool(request.headers.get("HX-Request"))
    try:
        answer_fields(season.id, card.student_no, said, marks, by=request.asker, at=request.at)
    except Refused as refused:
        if not is_part:
            raise
        for sentence in sentences(refused):
            messages.error(request, sentence)
        return HttpResponse(headers={"HX-Refresh": "true"})
    if is_part:
        return render(request, "student/record_state.html", _context(request, card, season))
    return redirect("student_record")


@page(Permission.HANDLE_OWN_CASES, "POST")
def save_own(request: PageRequest) -> HttpResponse:
    """填写个人信息, kept as it is typed."""
    card, season = own(request), existing(newest_season(request.asker))
    sheet = _sheet(request, card, season)
    say_own(season.id, card.student_no, own_entries(request.POST, sheet.own), by=request.asker, at=request.at)
    if request.headers.get("HX-Request"):
        return render(request, "student/own_state.html", _own(_sheet(request, card, season)) | {"saved_at": request.at})
    messages.success(request, "已保存个人信息。")
    return redirect("student_record")


def _sheet(request: PageRequest, card: StudentCard, season: SeasonRow) -> RecordSheet:
    today = request.at.astimezone(school().zone).date()
    return existing(record_sheet(request.asker, season_file(season.stem), card.student_no, today))


def _context(request: PageRequest, card: StudentCard, season: SeasonRow) -> dict[str, Any]:
    file, sheet = season_file(season.stem), _sheet(request, card, season)
    cases = cases_of(request.asker, season.id, card.student_no)
    check = next((case for case in cases if case.kind is Kind.RECORD_CHECK), None)
    said = check.form.get(ANSWERS, {}) if check else {}
    spec, until = spec_of(file, Kind.RECORD_CHECK), closing(file, Kind.RECORD_CHECK).get(Clock.WINDOW)
    entry = file.calendar.get(spec.window or "") if spec else None
    return {
        "card": card,
        "sheet": sheet,
        "check": check,
        "said": said,
        "wrong": wrong_lines(sheet, said),
        "answered": sum(1 for line in sheet.lines if line.label in said),
        "until": until,
        "entry": entry,
        "is_open": until is None or request.at < until,
        "is_confirmed": check is not None and check.state is State.CONFIRMED,
        "running": {case.about: case for case in reversed(cases) if case.kind in (Kind.CORRECTION, Kind.OBJECTION)},
        "corrections": [case for case in cases if case.kind is Kind.CORRECTION],
        "route": correction_route(file),
        "follow_ups": follow_ups_of(request.asker, season.id, card.student_no),
        **_own(sheet),
    }


def _own(sheet: RecordSheet) -> dict[str, Any]:
    return {
        "own_lines": [(line, spare_rows(line) if line.is_table else []) for line in sheet.own],
        "blanks": blanks(sheet.own),
        "own_remarks": [(line.label, line.remarks) for line in sheet.own if line.remarks and not line.is_blank],
    }
