"""代录修改与异议: what a student brings on paper, entered by the centre, with a trace of who did it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.actions.correcting import enter_correction, write_correction
from biye.casework.actions.objecting import object_to
from biye.casework.actions.record_check import ANSWERS
from biye.casework.core.evidence import needed
from biye.casework.core.fields import PHOTO
from biye.casework.core.routing import Line
from biye.casework.core.words import Kind
from biye.casework.queries.cases import cases_of
from biye.casework.queries.points import point_shown
from biye.casework.queries.record_sheets import correction_route, record_sheet
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file
from biye.web.shared.correction_forms import CorrectionForm, ObjectionForm
from biye.web.shared.forms import posted
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.student import card_of


@page(Permission.HANDLE_CASES)
def one(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """代录 for one student: the record field by field, every course and exam, each with what may be entered."""
    season, card = in_season(request, stem), card_of(request, student_no)
    file, today = season_file(stem), request.at.astimezone(school().zone).date()
    told = published(request.asker, season.id, student_no)
    cases = cases_of(request.asker, season.id, student_no)
    check = next((case for case in cases if case.kind is Kind.RECORD_CHECK), None)
    context: dict[str, Any] = {
        "card": card,
        "sheet": existing(record_sheet(request.asker, file, student_no, today)),
        "explanation": explanation(told[1]) if told else None,
        "said": check.form.get(ANSWERS, {}) if check else {},
        "cases": [case for case in cases if case.kind in (Kind.CORRECTION, Kind.OBJECTION)],
    }
    return show(request, "centre/entries.html", "students", context, season=season)


@page(Permission.HANDLE_CASES, "GET", "POST")
def correct(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """按纸质材料代录 a correction of one key field: signed application and originals are in the teacher's hands."""
    season, card = in_season(request, stem), card_of(request, student_no)
    file, field = season_file(stem), request.GET.get("field", "")
    route = correction_route(file)
    if not field:
        return redirect("centre_entries", stem, student_no)
    if route is None or field not in route.key_fields:
        raise Http404
    today = request.at.astimezone(school().zone).date()
    line = existing(existing(record_sheet(request.asker, file, student_no, today)).line(field))
    form = CorrectionForm(posted(request), field=field)
    if request.method == "POST" and form.is_valid():
        case = write_correction(season.id, student_no, field, **form.said, by=request.asker, at=request.at)
        enter_correction(case.pk, request.POST.getlist("checked"), by=request.asker, at=request.at)
        messages.success(request, f"已按纸质材料代录 {card.name} 的“{field}”修改申请。")
        return redirect("case", case.pk)
    context = {
        "card": card,
        "line": line,
        "form": form,
        "needs": needed(field, route.evidence),
        "checked": request.POST.getlist("checked"),
        "is_photo": field == PHOTO,
    }
    return show(request, "centre/entry_correction.html", "students", context, season=season)


@page(Permission.HANDLE_CASES, "GET", "POST")
def object_for(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """按纸质材料代录 an objection to the line that the address names."""
    season, card = in_season(request, stem), card_of(request, student_no)
    today = request.at.astimezone(school().zone).date()
    if not request.GET.get("line"):
        return redirect("centre_entries", stem, student_no)
    try:
        line = Line(request.GET.get("line", ""))
    except ValueError as error:
        raise Http404 from error
    key, file = request.GET.get("key", ""), season_file(stem)
    point = existing(point_shown(request.asker, season.id, file, student_no, line, key, today))
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        case = object_to(season.id, student_no, line, key, **said, by=request.asker, at=request.at)
        messages.success(request, f"已代录 {card.name} 的异议，已转相关科室。")
        return redirect("case", case.pk)
    context = {"card": card, "point": point, "form": form, "office": school().offices.get(point.office)}
    return show(request, "centre/entry_objection.html", "students", context, season=season)
