"""签字确认: exactly what is shown, then a signature on the screen, or a printed sheet that is signed and photographed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.keeping import show_now
from biye.casework.actions.signing import sign, upload_signed
from biye.casework.core.applying import missing_for_degree, options
from biye.casework.core.closing import silence_counts
from biye.casework.core.words import Kind, State
from biye.casework.queries.files import files_of
from biye.casework.queries.sheets import confirmation_sheet
from biye.casework.queries.shown_documents import signed_by
from biye.foundation.errors import Refused
from biye.seasons.queries.schools import school
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentences
from biye.web.student.conclusion import own
from biye.web.student.standing import Standing, as_file, published_to, standing

SIGNED = (State.SIGNED, State.SIGNED_ON_SITE, State.DEEMED, State.UPLOADED)
CHECKED = (State.CONFIRMED, State.DEEMED)


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def sign_off(request: PageRequest) -> HttpResponse:
    """签字确认."""
    mine = standing(request)
    if mine is None:
        return show(request, "student/not_published.html", "conclusion", {"card": own(request)})
    if request.method == "POST":
        try:
            sign(
                mine.season.id,
                mine.card.student_no,
                mark=request.POST.get("mark", ""),
                ticked=request.POST.getlist("effect"),
                strokes=request.POST.get("strokes", ""),
                typed_name=request.POST.get("typed_name", ""),
                by=request.asker,
                at=request.at,
            )
        except Refused as refused:
            return _again(request, mine, refused)
        messages.success(request, "已签字确认。之后内容如有变动，会告诉您变了什么，并请您重新签字。")
        return redirect("student_sign")
    return show(request, "student/sign.html", "conclusion", _context(request, mine), season=mine.season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def upload(request: PageRequest) -> HttpResponse:
    """上传签字件."""
    mine = published_to(request)
    upload_signed(
        mine.season.id,
        mine.card.student_no,
        mark=request.POST.get("mark", ""),
        ticked=request.POST.getlist("effect"),
        upload=request.FILES.get("file"),
        by=request.asker,
        at=request.at,
    )
    messages.success(request, f"已收到签字件，等{school().centres.label}核对。")
    return redirect("student_sign")


@page(Permission.HANDLE_OWN_CASES)
def sheet(request: PageRequest) -> HttpResponse:
    """打印确认表."""
    mine = published_to(request)
    printed = confirmation_sheet(request.asker, mine.season.id, mine.card.student_no, Kind.SIGN_OFF, request.at)
    return as_file(existing(printed))


def _again(request: PageRequest, mine: Standing, refused: Refused) -> HttpResponse:
    """The page once more with what was ticked and typed, and why nothing happened."""
    for sentence in sentences(refused):
        messages.error(request, sentence)
    said = {"ticked": request.POST.getlist("effect"), "typed_name": request.POST.get("typed_name", "")}
    return show(request, "student/sign.html", "conclusion", {**_context(request, mine), **said}, season=mine.season)


def _context(request: PageRequest, mine: Standing) -> dict[str, Any]:
    number, case = mine.card.student_no, mine.case(Kind.SIGN_OFF)
    showing = existing(show_now(mine.season.id, number, by=request.asker, at=request.at))
    signed = signed_by(request.asker, mine.season.id, number, showing) if case is not None else None
    task = mine.file.tasks.get("sign_off")
    needs_record = task is not None and "record_check" in task.needs
    files = files_of(request.asker, case.id) if case is not None else ()
    return {
        "card": mine.card,
        "shown": showing.document,
        "mark": showing.mark,
        "case": case,
        "signed": signed,
        "is_signed": case is not None and case.state in SIGNED and (signed is None or signed.is_current),
        "option": options(mine.file, mine.explanation, mine.states, request.at)[0],
        "silence_counts": silence_counts(mine.file, Kind.SIGN_OFF),
        "missing_for_degree": missing_for_degree(mine.explanation),
        "has_to_check": needs_record and mine.states.get(Kind.RECORD_CHECK) not in CHECKED,
        "files": [file for file in files if file.purpose in ("signature", "signed_form")],
        "office": school().offices.get((task.office if task else "") or ""),
    }
