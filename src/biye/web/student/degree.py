"""申请学位: every condition as it stands at this moment, until when, what graduating ends, and the application."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.queries.what_if import as_of_now
from biye.casework.core.applying import degree_findings, effects
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Kind, State
from biye.foundation.errors import Refused
from biye.foundation.verdicts import Truth, Verdict
from biye.seasons.queries.schools import school
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, page
from biye.web.shared.refusals import sentences
from biye.web.student.application import WRITABLE, hand_in
from biye.web.student.conclusion import own
from biye.web.student.standing import Standing, standing


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def degree(request: PageRequest) -> HttpResponse:
    """申请学位."""
    mine = standing(request)
    if mine is None:
        return show(request, "student/not_published.html", "conclusion", {"card": own(request)})
    context = _context(request, mine)
    if request.method == "POST":
        ticked = request.POST.getlist("effect")
        spec = mine.file.routes.get(Kind.DEGREE.value)
        fields = spec.reason_fields if spec else ()
        written = {field: request.POST.get(f"reason-{place}", "") for place, field in enumerate(fields, 1)}
        try:
            hand_in(request, mine, Kind.DEGREE, written, ticked)
        except Refused as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
            return show(request, "student/degree.html", "conclusion", {**context, "ticked": ticked}, season=mine.season)
        messages.success(request, "已提交学位申请，学院审核后会告诉您结果。")
        return redirect("student_degree")
    return show(request, "student/degree.html", "conclusion", context, season=mine.season)


def _context(request: PageRequest, mine: Standing) -> dict[str, Any]:
    now = as_of_now(request.asker, mine.publication.run, mine.card.student_no) or mine.explanation
    case, spec = mine.case(Kind.DEGREE), mine.file.routes.get(Kind.DEGREE.value)
    line, live = (
        next((line for line in told.routes if line.id == Kind.DEGREE), None) for told in (mine.explanation, now)
    )
    until = closing(mine.file, Kind.DEGREE).get(Clock.WINDOW)
    entry = mine.file.calendar.get(spec.window or "") if spec else None
    conditions = degree_findings(now)
    is_over = until is not None and until <= request.at
    not_yet = entry.from_ if entry is not None and entry.from_ is not None and entry.from_ > request.at else None
    return {
        "card": mine.card,
        "conditions": conditions,
        "met": sum(one.verdict is Verdict.MET for one in conditions),
        "policy": mine.file.degree,
        "spec": spec,
        "route": line,
        # Whoever meets the conditions since the release waits for the next one: nobody applies upon what they were not told.
        "is_new": line is not None and live is not None and live.state is Truth.TRUE and line.state is not Truth.TRUE,
        "case": case,
        "until": until,
        "entry": entry,
        "not_yet": not_yet,
        "is_over": is_over,
        "may_apply": line is not None and line.state is Truth.TRUE and not is_over and not_yet is None,
        "is_writable": case is None or case.state in WRITABLE,
        "is_moving": case is not None and case.state is State.SUBMITTED,
        "effects": effects(Kind.DEGREE, mine.file, now),
        "ticked": [],
        "office": school().offices.get((spec.office if spec else "") or ""),
    }
