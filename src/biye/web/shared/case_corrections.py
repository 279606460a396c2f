"""核对、修改与异议的办理: the acts of centre and college that need more than a click."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.actions.identity import reveal_identity
from biye.accounts.core.permissions import Permission
from biye.casework.actions.correcting import approve_correction, forward_correction
from biye.casework.actions.objecting import uphold_objection
from biye.casework.core.figures import Figure, exam_figure, fee_figure, field_figure, result_figure
from biye.casework.core.routing import Line
from biye.casework.core.words import Kind
from biye.casework.queries.cases import CaseView, case_by_id
from biye.foundation.errors import Reason, Refused
from biye.seasons.queries.seasons import season_by_id
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.HANDLE_CASES, "POST")
def forward(request: PageRequest, case_id: int) -> HttpResponse:
    """上报学院: every original was held beside its picture."""
    case = _of(request, case_id, Kind.CORRECTION)
    checked = request.POST.getlist("checked")
    forward_correction(case.id, checked, seen=_seen(request), reason=_reason(request), by=request.asker, at=request.at)
    messages.success(request, f"{case.name} 的“{case.about}”修改申请已上报学院。")
    return redirect("case", case.id)


@page(Permission.DECIDE_CASES, "POST")
def approve(request: PageRequest, case_id: int) -> HttpResponse:
    """同意修改: written into the record at once."""
    case = _of(request, case_id, Kind.CORRECTION)
    approve_correction(case.id, seen=_seen(request), reason=_reason(request), by=request.asker, at=request.at)
    messages.success(request, f"已同意，{case.name} 的“{case.about}”已写入学籍，正在自动重新审查。")
    return redirect("case", case.id)


@page(Permission.DECIDE_CASES, "POST")
def uphold(request: PageRequest, case_id: int) -> HttpResponse:
    """异议成立, with the figure put right where there is one."""
    case = _of(request, case_id, Kind.OBJECTION)
    figure = _figure(request, case)
    uphold_objection(
        case.id, reason=_reason(request), figure=figure, seen=_seen(request), by=request.asker, at=request.at
    )
    told = "数据已更正，正在自动重新审查。" if figure else "没有改动数据。"
    messages.success(request, f"已答复 {case.name}：异议成立；{told}")
    return redirect("case", case.id)


@page(Permission.SEE_CASES, "POST")
def reveal(request: PageRequest, case_id: int) -> HttpResponse:
    """显示完整号码 of a correction, old and new; it leaves its trace."""
    case = _of(request, case_id, Kind.CORRECTION)
    reveal_identity(student_no=case.student_no, by=request.asker, at=request.at)
    season = existing(season_by_id(request.asker, case.season_id))
    return show(request, "shared/case_numbers.html", "cases", {"case": case}, season=season)


def _of(request: PageRequest, case_id: int, kind: Kind) -> CaseView:
    case = existing(case_by_id(request.asker, case_id))
    if case.kind is not kind:
        raise Http404
    return case


def _seen(request: PageRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() else None


def _reason(request: PageRequest) -> str:
    return request.POST.get("reason", "").strip()


def _figure(request: PageRequest, case: CaseView) -> Figure | None:
    """What the officer entered; nothing where the box that says so is ticked."""
    if request.POST.get("without_figure"):
        return None
    said = {name: request.POST.get(name, "") for name in ("grade", "term", "obtained", "outcome", "exemption", "value")}
    line, key = case.form.get("line"), str(case.form.get("key", ""))
    try:
        if line == Line.COURSE:
            return result_figure(said["grade"], said["term"], said["obtained"])
        if line == Line.EXAM:
            return exam_figure(said["outcome"], said["grade"], said["exemption"])
        if line == Line.FIELD:
            return field_figure(key, said["value"])
        return fee_figure(said["value"]) if line == Line.FEE else None
    except ValueError as error:
        raise Refused(Reason("figure_unreadable", {"why": str(error)})) from error
