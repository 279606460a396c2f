"""按纸质材料代录: a student who only has paper: the teacher enters what the signed sheet says, with a trace of who did."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import student_card
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.actions.applying import OPEN_TO_APPLY, apply
from biye.casework.actions.appraising import TEXT, submit_appraisal
from biye.casework.core.applying import effects, prefilled
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind
from biye.casework.queries.cases import cases_of
from biye.casework.queries.offers import possible
from biye.foundation.errors import Refused
from biye.seasons.queries.seasons import SeasonRow, season_file
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentence, sentences

WRITTEN = (Guard.EFFECTS_ACCEPTED, Guard.FORM_COMPLETE)


@page(Permission.HANDLE_CASES)
def enter(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """代录."""
    season = in_season(request, stem)
    context = _context(request, season, student_no)
    return show(request, "centre/enter.html", "overview", context, season=season)


@page(Permission.HANDLE_CASES, "POST")
def application(request: PageRequest, stem: str, student_no: str, kind: str) -> HttpResponse:
    """一份纸质申请."""
    season = in_season(request, stem)
    existing(student_card(request.asker, student_no))
    chosen = next((one for one in OPEN_TO_APPLY if one.value == kind), None)
    spec = season_file(stem).routes.get(kind)
    if chosen is None or spec is None:
        raise Http404
    written = {field: request.POST.get(f"reason-{place}", "") for place, field in enumerate(spec.reason_fields, 1)}
    ticked = request.POST.getlist("effect")
    try:
        case = apply(season.id, student_no, chosen, written=written, ticked=ticked, by=request.asker, at=request.at)
    except Refused as refused:
        for said in sentences(refused):
            messages.error(request, said)
        context = _context(request, season, student_no) | {"chosen": kind, "written": written, "ticked": ticked}
        return show(request, "centre/enter.html", "overview", context, season=season)
    messages.success(request, f"已按纸质材料代录“{chosen.chinese}”，您是代录人。")
    return redirect("case", case.pk)


@page(Permission.HANDLE_CASES, "POST")
def appraisal(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """一份纸质自我鉴定."""
    season = in_season(request, stem)
    existing(student_card(request.asker, student_no))
    text = request.POST.get("text", "")
    try:
        case = submit_appraisal(season.id, student_no, text, by=request.asker, at=request.at)
    except Refused as refused:
        for said in sentences(refused):
            messages.error(request, said)
        context = _context(request, season, student_no) | {"chosen": "appraisal", "text": text}
        return show(request, "centre/enter.html", "overview", context, season=season)
    messages.success(request, "已按纸质材料代录自我鉴定，您是代录人。")
    return redirect("case", case.pk)


def _context(request: PageRequest, season: SeasonRow, student_no: str) -> dict[str, Any]:
    card = existing(student_card(request.asker, student_no))
    found = published(request.asker, season.id, student_no)
    cases = {case.kind: case for case in reversed(cases_of(request.asker, season.id, student_no))}
    appraised = cases.get(Kind.APPRAISAL)
    return {
        "card": card,
        "published": found is not None,
        "forms": _forms(request, season, student_no, found[1]) if found else [],
        "cases": list(cases.values()),
        "appraisal": season_file(season.stem).tasks.get("appraisal"),
        "appraisal_why": _why(request, season, student_no, Kind.APPRAISAL),
        "text": appraised.form.get(TEXT, "") if appraised else "",
    }


def _forms(request: PageRequest, season: SeasonRow, student_no: str, document: Any) -> list[dict[str, Any]]:
    """One form for each application that the season has, with why it is closed."""
    file, told = season_file(season.stem), explanation(document)
    found = []
    for kind in OPEN_TO_APPLY:
        spec = file.routes.get(kind.value)
        if spec is None:
            continue
        line = next((line for line in told.routes if line.id == kind), None)
        found.append(
            {
                "kind": kind,
                "label": spec.label,
                "fields": list(prefilled(line, spec).items()),
                "effects": effects(kind, file, told),
                "reason": line.reason if line is not None else "",
                "why": _why(request, season, student_no, kind),
            }
        )
    return found


def _why(request: PageRequest, season: SeasonRow, student_no: str, kind: Kind) -> list[str]:
    reasons = possible(request.asker, season.id, student_no, kind, Event.ENTER_FROM_PAPER, request.at, WRITTEN)
    return [sentence(reason) for reason in reasons]
