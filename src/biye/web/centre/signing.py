"""现场签字: what the student sees is on the teacher's screen; the teacher is the witness."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import student_card
from biye.casework.actions.record_check import RIGHT, confirm_record
from biye.casework.actions.signing import sign_on_site
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.queries.cases import case_of
from biye.casework.queries.offers import possible
from biye.casework.queries.record_sheets import record_sheet
from biye.casework.queries.shown_documents import shown_to
from biye.foundation.errors import Reason
from biye.foundation.moments import CHINA
from biye.seasons.queries.seasons import SeasonRow, season_file
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.record_forms import seen
from biye.web.shared.refusals import sentence

SIGNED = (State.SIGNED, State.SIGNED_ON_SITE, State.UPLOADED)
WITNESSED = (Guard.WITNESS_PRESENT, Guard.SHOWN_UNCHANGED)


@page(Permission.HANDLE_CASES)
def sign(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """现场签字."""
    season = in_season(request, stem)
    card = existing(student_card(request.asker, student_no))
    showing = shown_to(request.asker, season.id, student_no)
    context = {
        "card": card,
        "showing": showing,
        "sheet": record_sheet(request.asker, season_file(stem), student_no, request.at.astimezone(CHINA).date()),
        "record": _stand(request, season, student_no, Kind.RECORD_CHECK, Event.CONFIRM, (State.CONFIRMED,)),
        "signing": _stand(request, season, student_no, Kind.SIGN_OFF, Event.SIGN_ON_SITE, SIGNED),
    }
    return show(request, "centre/sign.html", "overview", context, season=season)


@page(Permission.HANDLE_CASES, "POST")
def confirm(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """核对无误, said by the student beside the teacher."""
    season = in_season(request, stem)
    existing(student_card(request.asker, student_no))
    if not request.POST.get("witness"):
        messages.error(request, sentence_of(Guard.WITNESS_PRESENT))
        return redirect("centre_sign", stem, student_no)
    marks = seen(request.POST)
    said = dict.fromkeys(marks, RIGHT)
    confirm_record(season.id, student_no, said, marks, by=request.asker, at=request.at, is_witnessed=True)
    messages.success(request, "已登记：学生在场核对学籍无误。")
    return redirect("centre_sign", stem, student_no)


@page(Permission.HANDLE_CASES, "POST")
def witness(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """学生已在纸面签字."""
    season = in_season(request, stem)
    existing(student_card(request.asker, student_no))
    if not request.POST.get("witness"):
        messages.error(request, sentence_of(Guard.WITNESS_PRESENT))
        return redirect("centre_sign", stem, student_no)
    mark, upload = request.POST.get("mark", ""), request.FILES.get("file")
    sign_on_site(season.id, student_no, mark=mark, upload=upload, by=request.asker, at=request.at)
    messages.success(request, "已登记现场签字，您是见证人。")
    return redirect("centre_sign", stem, student_no)


def sentence_of(guard: Guard) -> str:
    """What a missing condition says."""
    return sentence(Reason(guard.value))


def _stand(
    request: PageRequest, season: SeasonRow, student_no: str, kind: Kind, event: Event, done: tuple[State, ...]
) -> dict[str, Any]:
    """How one of the two stands, and what would stand against it now."""
    case = case_of(request.asker, season.id, student_no, kind)
    is_done = case is not None and case.state in done
    reasons = () if is_done else possible(request.asker, season.id, student_no, kind, event, request.at, WITNESSED)
    return {"case": case, "is_done": is_done, "why": [sentence(reason) for reason in reasons]}
