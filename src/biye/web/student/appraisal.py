"""自我鉴定: saved by itself while it is written, with a counter and the printed page; two open tabs lose nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from biye.accounts.core.permissions import Permission
from biye.casework.actions.appraising import MOST_KEPT, TEXT, reopen_appraisal, save_appraisal, submit_appraisal
from biye.casework.core.appraising import length
from biye.casework.core.words import Event, Kind, State
from biye.casework.queries.cases import CaseView, case_of
from biye.casework.queries.sheets import appraisal_preview
from biye.foundation.errors import Refused
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, newest_season, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentences
from biye.web.student.conclusion import own

WRITABLE = (State.OPEN, State.SAVED, State.RETURNED)


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def appraisal(request: PageRequest) -> HttpResponse:
    """自我鉴定; sent, it is handed in."""
    season = newest_season(request.asker)
    if season is None or "appraisal" not in season_file(season.stem).tasks:
        nothing = {"card": own(request), "title": "自我鉴定"}
        return show(request, "student/no_season.html", "home", nothing, season=season)
    context = _context(request, season)
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            submit_appraisal(
                season.id, own(request).student_no, text, seen=_seen(request), by=request.asker, at=request.at
            )
        except Refused as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
            context |= {"text": text, "count": length(text), "other_text": _other(context["case"], text)}
            return show(request, "student/appraisal.html", "home", context, season=season)
        messages.success(request, "已提交自我鉴定。")
        return redirect("student_appraisal")
    return show(request, "student/appraisal.html", "home", context, season=season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def save(request: PageRequest) -> HttpResponse:
    """保存, by itself or by its button; the answer is the line that says what was saved, and by whom where it was not."""
    season, text = existing(newest_season(request.asker)), request.POST.get("text", "")
    number = own(request).student_no
    said: tuple[str, ...] = ()
    try:
        save_appraisal(season.id, number, text, seen=_seen(request) or 0, by=request.asker, at=request.at)
    except Refused as refused:
        said = tuple(sentences(refused))
    case = case_of(request.asker, season.id, number, Kind.APPRAISAL)
    if request.headers.get("HX-Request"):
        answer = {"case": case, "said": said, "saved_at": request.at, "other_text": _other(case, text) if said else ""}
        return render(request, "student/appraisal_state.html", answer)
    for sentence in said:
        messages.error(request, sentence)
    if not said:
        messages.success(request, "已保存。")
        return redirect("student_appraisal")
    context = {**_context(request, season), "text": text, "count": length(text), "other_text": _other(case, text)}
    return show(request, "student/appraisal.html", "home", context, season=season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def reopen(request: PageRequest) -> HttpResponse:
    """重新修改."""
    season = existing(newest_season(request.asker))
    reopen_appraisal(season.id, own(request).student_no, by=request.asker, at=request.at)
    messages.success(request, "可以修改了；改完请再提交。")
    return redirect("student_appraisal")


@page(Permission.HANDLE_OWN_CASES)
def preview(request: PageRequest) -> HttpResponse:
    """打印页的预览 of what is saved, as a picture."""
    season, number = existing(newest_season(request.asker)), own(request).student_no
    case = existing(case_of(request.asker, season.id, number, Kind.APPRAISAL))
    picture = appraisal_preview(request.asker, season.id, number, case.form.get(TEXT, ""), request.at)
    return HttpResponse(existing(picture), content_type="image/png")


def _seen(request: PageRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None


def _other(case: CaseView | None, text: str) -> str:
    """What another tab saved meanwhile, where it is something else."""
    kept = case.form.get(TEXT, "") if case is not None else ""
    return kept if kept != text else ""


def _context(request: PageRequest, season: SeasonRow) -> dict[str, Any]:
    card, file = own(request), season_file(season.stem)
    task = file.tasks["appraisal"]
    case = case_of(request.asker, season.id, card.student_no, Kind.APPRAISAL)
    text = case.form.get(TEXT, "") if case is not None else ""
    back = [step.reason for step in case.history if step.event is Event.RETURN] if case is not None else []
    return {
        "card": card,
        "task": task,
        "case": case,
        "text": text,
        "count": length(text),
        "most_kept": MOST_KEPT,
        "is_writable": case is None or case.state in WRITABLE,
        "returned": back[-1] if back and case is not None and case.state is State.RETURNED else "",
        "office": school().offices.get(task.office or ""),
    }
