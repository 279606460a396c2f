"""退学处理: who may be proposed, what is under way, and the delivery with its proof."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import latest_run
from biye.casework.actions.withdrawing import announce_withdrawal, propose_withdrawal
from biye.casework.queries.cases import case_by_id
from biye.casework.queries.withdrawals import clean_up, last_chance, proposals
from biye.seasons.queries.seasons import season_file
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page


class DeliveryForm(PageForm):
    """送达."""

    delivered_on = forms.DateField(label="送达日期", widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.CharField(label="送达方式", max_length=200)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@page(Permission.DECIDE_CASES)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """退学处理."""
    season, file = in_season(request, stem), season_file(stem)
    run = latest_run(request.asker, season.id)
    context: dict[str, Any] = {"run": run, "proposals": proposals(request.asker, season.id), "rule": file.withdrawal}
    if run is not None:
        context |= {
            "chance": last_chance(request.asker, run, file, request.at),
            "gone": clean_up(request.asker, run, file),
        }
    return show(request, "college/withdrawals.html", "withdrawals", context, season=season)


@page(Permission.DECIDE_CASES, "POST")
def propose(request: PageRequest, stem: str) -> HttpResponse:
    """拟定 for the ticked ones."""
    season = in_season(request, stem)
    chosen, reason = request.POST.getlist("student_no"), request.POST.get("reason", "")
    done = propose_withdrawal(season.id, chosen, reason=reason, by=request.asker, at=request.at)
    return redirect("bulk_act", done.pk)


@page(Permission.DECIDE_CASES, "POST")
def announce(request: PageRequest, case_id: int) -> HttpResponse:
    """公示并送达."""
    existing(case_by_id(request.asker, case_id))
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明送达日期和送达方式，并附送达凭证。")
        return redirect("case", case_id)
    announce_withdrawal(
        case_id,
        delivered_on=form.cleaned_data["delivered_on"],
        how=form.cleaned_data["how"],
        proof=request.FILES.get("proof"),
        seen=form.cleaned_data["seen"],
        by=request.asker,
        at=request.at,
    )
    messages.success(request, "已登记送达，公示与申诉期开始。")
    return redirect("case", case_id)
