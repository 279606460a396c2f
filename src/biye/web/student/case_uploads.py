"""上传材料: one photographed page at a time, for one's own corrections and objections; each is kept as soon as it is there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.files import keep_evidence, remove_file
from biye.casework.core.words import Kind
from biye.casework.queries.cases import CaseView, case_by_id
from biye.casework.queries.files import file_of
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.conclusion import own

PAGES = {Kind.CORRECTION: "student_correction", Kind.OBJECTION: "student_objection"}


@page(Permission.HANDLE_OWN_CASES, "POST")
def keep(request: PageRequest, case_id: int) -> HttpResponse:
    """收下一份."""
    case = _mine(request, case_id)
    label = request.POST.get("label", "")
    keep_evidence(case.id, request.FILES.get("file"), label=label, by=request.asker, at=request.at)
    messages.success(request, f"已收到{f'「{label}」' if label else '材料'}。")
    return redirect(PAGES[case.kind], case.id)


@page(Permission.HANDLE_OWN_CASES, "POST")
def remove(request: PageRequest, file_id: int) -> HttpResponse:
    """删去一份."""
    own(request)
    case = _mine(request, existing(file_of(request.asker, file_id)).case_id)
    remove_file(file_id, by=request.asker, at=request.at)
    return redirect(PAGES[case.kind], case.id)


def _mine(request: PageRequest, case_id: int) -> CaseView:
    own(request)
    case = existing(case_by_id(request.asker, case_id))
    if case.kind not in PAGES:
        raise Http404
    return case
