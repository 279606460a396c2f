"""人工认定: give a verdict, take it back; it counts from the next audit on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.actions.overrides import give_override, withdraw_override
from biye.audit.queries.explained import explained
from biye.audit.queries.overrides import overrides
from biye.audit.queries.results import latest_run
from biye.foundation.verdicts import Verdict
from biye.web.shared.frame import in_season
from biye.web.shared.override_forms import OverrideForm
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.OVERRIDE_VERDICT, "POST")
def give(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """人工认定."""
    season = in_season(request, stem)
    run = latest_run(request.asker, season.id)
    found = existing(explained(request.asker, run, student_no) if run else None)
    form = OverrideForm(request.POST, rules=[(finding.rule, finding.label) for finding in found.findings])
    if not form.is_valid():
        messages.error(request, "人工认定须写明项目、认定、理由和依据材料。")
        return redirect("student", stem, student_no)
    said = form.cleaned_data
    give_override(
        season.id,
        student_no,
        said["rule"],
        Verdict(said["verdict"]),
        reason=said["reason"],
        evidence=said["evidence"],
        expires_at=said["expires_at"],
        by=request.asker,
        at=request.at,
    )
    messages.success(request, "已记录人工认定，重新审查后生效。")
    return redirect("student", stem, student_no)


@page(Permission.OVERRIDE_VERDICT, "POST")
def withdraw(request: PageRequest, stem: str, student_no: str, override_id: int) -> HttpResponse:
    """撤销人工认定."""
    season = in_season(request, stem)
    if override_id not in {one.id for one in overrides(request.asker, season.id, student_no, request.at)}:
        raise Http404
    withdraw_override(override_id, reason=request.POST.get("reason", ""), by=request.asker, at=request.at)
    messages.success(request, "已撤销人工认定，重新审查后生效。")
    return redirect("student", stem, student_no)
