"""申请结业、申请延缓毕业: filled in from the audit, effects ticked, two clocks; printed, followed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.applying import OPEN_TO_APPLY, apply, withdraw
from biye.casework.core.applying import APPLICATIONS, LONGEST, REASONS, Option, options, prefilled
from biye.casework.core.words import Event, Kind, State
from biye.casework.queries.sheets import confirmation_sheet
from biye.foundation.errors import Refused
from biye.seasons.core.season import RouteSpec
from biye.seasons.queries.schools import school
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentences
from biye.web.student.standing import Standing, as_file, published_to

WRITABLE = (State.OPEN, State.RETURNED, State.WITHDRAWN)
PRINTABLE = (*OPEN_TO_APPLY, Kind.APPRAISAL)
MOVING = (State.SUBMITTED, State.PAPER_RECEIVED)


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def application(request: PageRequest, kind: str) -> HttpResponse:
    """一种申请."""
    mine, chosen = published_to(request), _kind(kind, APPLICATIONS)
    spec = existing(mine.file.routes.get(chosen.value))
    context = _context(request, mine, chosen, spec)
    if request.method == "POST":
        written = {field: request.POST.get(f"reason-{place}", "") for place, field in enumerate(spec.reason_fields, 1)}
        ticked = request.POST.getlist("effect")
        try:
            hand_in(request, mine, chosen, written, ticked)
        except Refused as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
            context |= {"fields": list(written.items()), "ticked": ticked}
            return show(request, "student/application.html", "conclusion", context, season=mine.season)
        messages.success(request, f"已提交。请打印、签字，在截止前交到{school().centres.label}。")
        return redirect("student_application", kind)
    return show(request, "student/application.html", "conclusion", context, season=mine.season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def withdraw_it(request: PageRequest, kind: str) -> HttpResponse:
    """撤回申请."""
    mine, chosen = published_to(request), _kind(kind, OPEN_TO_APPLY)
    seen = request.POST.get("seen", "")
    withdraw(
        mine.season.id,
        mine.card.student_no,
        chosen,
        by=request.asker,
        at=request.at,
        seen=int(seen) if seen.isdecimal() else None,
    )
    messages.success(request, f"已撤回{chosen.chinese}；截止之前可以重新提交。")
    return redirect("student_degree") if chosen is Kind.DEGREE else redirect("student_application", kind)


@page(Permission.HANDLE_OWN_CASES)
def sheet(request: PageRequest, kind: str) -> HttpResponse:
    """打印申请表."""
    mine, chosen = published_to(request), _kind(kind, PRINTABLE)
    printed = confirmation_sheet(request.asker, mine.season.id, mine.card.student_no, chosen, request.at)
    return as_file(existing(printed))


def hand_in(request: PageRequest, mine: Standing, kind: Kind, written: dict[str, str], ticked: list[str]) -> None:
    """提交, against the state the page knew of."""
    seen = request.POST.get("seen", "")
    apply(
        mine.season.id,
        mine.card.student_no,
        kind,
        written=written,
        ticked=ticked,
        by=request.asker,
        at=request.at,
        seen=int(seen) if seen.isdecimal() and int(seen) else None,
    )


def _context(request: PageRequest, mine: Standing, kind: Kind, spec: RouteSpec) -> dict[str, Any]:
    case = mine.case(kind)
    line = next((line for line in mine.explanation.routes if line.id == kind), None)
    known = prefilled(line, spec)
    kept: dict[str, str] = case.form.get(REASONS, {}) if case is not None else {}
    entry = mine.file.calendar.get(spec.paper or "")
    return {
        "card": mine.card,
        "kind": kind,
        "spec": spec,
        "option": _option(mine, kind, request),
        "case": case,
        "fields": [(field, kept.get(field, known[field])) for field in spec.reason_fields],
        "known": known,
        "ticked": [],
        "most": LONGEST,
        "is_writable": case is None or case.state in WRITABLE,
        "is_moving": case is not None and case.state in MOVING,
        "returned": _returned(mine, kind),
        "paper": entry,
        "office": school().offices.get(spec.office or ""),
    }


def _option(mine: Standing, kind: Kind, request: PageRequest) -> Option | None:
    found = options(mine.file, mine.explanation, mine.states, request.at)
    return next((option for option in found if option.kind is kind), None)


def _returned(mine: Standing, kind: Kind) -> str:
    case = mine.case(kind)
    if case is None or case.state is not State.RETURNED:
        return ""
    return next((step.reason for step in reversed(case.history) if step.event is Event.RETURN), "")


def _kind(text: str, among: tuple[Kind, ...]) -> Kind:
    try:
        found = Kind(text)
    except ValueError as error:
        raise Http404 from error
    if found not in among:
        raise Http404
    return found
