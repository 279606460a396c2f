"""异议: to any line of any page, already addressed to the office that owns it; followed, added to, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import StudentCard
from biye.casework.actions.acting import act_on
from biye.casework.actions.objecting import object_to
from biye.casework.core.closing import closing, spec_of
from biye.casework.core.routing import Line
from biye.casework.core.transitions import Clock
from biye.casework.core.words import UNDECIDED, Event, Kind
from biye.casework.queries.cases import CaseView, case_by_id, cases_of
from biye.casework.queries.files import files_of
from biye.casework.queries.follow_ups import follow_ups_of_case
from biye.casework.queries.points import PointShown, point_shown
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, newest_season, season_by_id, season_file
from biye.web.shared.correction_forms import ObjectionForm
from biye.web.shared.forms import posted
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.conclusion import own


@page(Permission.HANDLE_OWN_CASES)
def listed(request: PageRequest) -> HttpResponse:
    """我的异议与修改申请, the newest first."""
    card, season = own(request), newest_season(request.asker)
    cases = cases_of(request.asker, season.id, card.student_no) if season else ()
    kinds = (Kind.OBJECTION, Kind.CORRECTION)
    context = {"card": card, "cases": [case for case in cases if case.kind in kinds]}
    return show(request, "student/objections.html", "courses", context, season=season)


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def begin(request: PageRequest) -> HttpResponse:
    """提出异议 to the line that the address names."""
    card, season = own(request), existing(newest_season(request.asker))
    if not request.GET.get("line"):
        return redirect("student_courses")
    point = existing(_point(request, card, season))
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        line, key = point.point.line, point.point.key
        case = object_to(season.id, card.student_no, line, key, **form.cleaned_data, by=request.asker, at=request.at)
        messages.success(request, "已提出异议。学习中心核实后转相关科室，结果会在这里答复您。")
        return redirect("student_objection", case.pk)
    context = {"card": card, "point": point, "form": form, **_clock(request, season, point)}
    return show(request, "student/objection_begin.html", "courses", context, season=season)


@page(Permission.HANDLE_OWN_CASES)
def one(request: PageRequest, case_id: int) -> HttpResponse:
    """一件异议: what it is about, where it is now, the answer with its reason, and what was corrected."""
    case = objection_of(request, case_id)
    season = existing(season_by_id(request.asker, case.season_id))
    context: dict[str, Any] = {
        "card": own(request),
        "case": case,
        "line": Line(case.form.get("line", Line.FIELD)).chinese,
        "files": files_of(request.asker, case.id),
        "is_moving": case.state in UNDECIDED,
        "office": school().offices.get(case.office),
        "follow_ups": follow_ups_of_case(request.asker, [case.id]),
    }
    return show(request, "student/objection.html", "courses", context, season=season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def withdraw(request: PageRequest, case_id: int) -> HttpResponse:
    """撤回."""
    case = objection_of(request, case_id)
    act_on(case.id, Event.WITHDRAW, by=request.asker, at=request.at)
    messages.success(request, "已撤回异议。")
    return redirect("student_objection", case.id)


def objection_of(request: PageRequest, case_id: int) -> CaseView:
    """One's own objection; no such page for anybody else's, or for a case of another kind."""
    own(request)
    case = existing(case_by_id(request.asker, case_id))
    if case.kind is not Kind.OBJECTION:
        raise Http404
    return case


def _point(request: PageRequest, card: StudentCard, season: SeasonRow) -> PointShown | None:
    try:
        line = Line(request.GET.get("line", ""))
    except ValueError:
        return None
    today = request.at.astimezone(school().zone).date()
    file, key = season_file(season.stem), request.GET.get("key", "")
    return point_shown(request.asker, season.id, file, card.student_no, line, key, today)


def _clock(request: PageRequest, season: SeasonRow, point: PointShown) -> dict[str, Any]:
    file, about = season_file(season.stem), point.point.about
    spec, until = spec_of(file, Kind.OBJECTION, about), closing(file, Kind.OBJECTION, about).get(Clock.WINDOW)
    entry = file.calendar.get(spec.window or "") if spec else None
    is_open = until is None or request.at < until
    return {"until": until, "entry": entry, "is_open": is_open, "office": school().offices.get(point.office)}
