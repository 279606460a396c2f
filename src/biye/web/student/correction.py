"""关键字段修改: begun, evidenced by the phone's camera, handed in, followed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.acting import act_on
from biye.casework.actions.correcting import submit_correction, write_correction
from biye.casework.actions.drafting import WRITABLE
from biye.casework.core.evidence import Asked, missing, needed
from biye.casework.core.fields import PHOTO
from biye.casework.core.words import UNDECIDED, Event, Kind
from biye.casework.queries.cases import CaseView, case_by_id, case_of
from biye.casework.queries.files import files_of
from biye.casework.queries.follow_ups import follow_ups_of_case
from biye.casework.queries.record_sheets import correction_route, record_sheet
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import newest_season, season_by_id, season_file
from biye.web.shared.correction_forms import CorrectionForm, correction_initial
from biye.web.shared.forms import posted
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.conclusion import own


@page(Permission.HANDLE_OWN_CASES, "GET", "POST")
def begin(request: PageRequest) -> HttpResponse:
    """申请修改 one key field; what is written is kept, complete or not."""
    card, season = own(request), existing(newest_season(request.asker))
    file, field = season_file(season.stem), request.GET.get("field", "")
    route = correction_route(file)
    if not field:
        return redirect("student_record")
    if route is None or field not in route.key_fields:
        raise Http404
    today = request.at.astimezone(school().zone).date()
    line = existing(existing(record_sheet(request.asker, file, card.student_no, today)).line(field))
    form = CorrectionForm(posted(request), field=field, initial=correction_initial(_draft(request, season.id, field)))
    if request.method == "POST" and form.is_valid():
        case = write_correction(season.id, card.student_no, field, **form.said, by=request.asker, at=request.at)
        return redirect("student_correction", case.pk)
    needs = needed(field, route.evidence)
    context = {"card": card, "line": line, "form": form, "route": route, "needs": needs, "is_photo": field == PHOTO}
    return show(request, "student/correction_begin.html", "record", context, season=season)


@page(Permission.HANDLE_OWN_CASES)
def one(request: PageRequest, case_id: int) -> HttpResponse:
    """一件修改申请: what is asked, what proves it, where it is now, and the paper's clock."""
    case = correction_of(request, case_id)
    season = existing(season_by_id(request.asker, case.season_id))
    file = season_file(season.stem)
    route = existing(correction_route(file))
    short = {document.id: document.short for document in file.documents}
    files = files_of(request.asker, case.id)
    given = {file.label for file in files}
    context: dict[str, Any] = {
        "card": own(request),
        "case": case,
        "asked": Asked.of(case.form),
        "clause": short.get(route.source.document, "") + route.source.clause,
        "needs": [
            (item, [file for file in files if file.label == item]) for item in needed(case.about, route.evidence)
        ],
        "other_files": [file for file in files if file.label not in needed(case.about, route.evidence)],
        "missing": missing(case.about, route.evidence, given),
        "is_writable": case.state in WRITABLE,
        "is_moving": case.state in UNDECIDED,
        "office": school().offices.get(case.office),
        "follow_ups": follow_ups_of_case(request.asker, [case.id]),
    }
    return show(request, "student/correction.html", "record", context, season=season)


@page(Permission.HANDLE_OWN_CASES, "POST")
def submit(request: PageRequest, case_id: int) -> HttpResponse:
    """提交."""
    case = correction_of(request, case_id)
    submit_correction(case.id, by=request.asker, at=request.at)
    messages.success(request, f"已提交。请在截止前把签字的纸质申请和证明材料原件交到{school().centres.label}。")
    return redirect("student_correction", case.id)


@page(Permission.HANDLE_OWN_CASES, "POST")
def withdraw(request: PageRequest, case_id: int) -> HttpResponse:
    """撤回."""
    case = correction_of(request, case_id)
    act_on(case.id, Event.WITHDRAW, by=request.asker, at=request.at)
    messages.success(request, "已撤回修改申请。")
    return redirect("student_correction", case.id)


def correction_of(request: PageRequest, case_id: int) -> CaseView:
    """One's own correction; no such page for anybody else's, or for a case of another kind."""
    own(request)
    case = existing(case_by_id(request.asker, case_id))
    if case.kind is not Kind.CORRECTION:
        raise Http404
    return case


def _draft(request: PageRequest, season_id: int, field: str) -> dict[str, Any]:
    case = case_of(request.asker, season_id, own(request).student_no, Kind.CORRECTION, field)
    return case.form if case is not None and case.state in WRITABLE else {}
