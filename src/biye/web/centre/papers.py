"""收纸质件: one field for the scanner, big words for what came in, the list of it with a way back, and what is still missing."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.casework.actions.papers import give_back_paper, receive_paper
from biye.casework.queries.cases import PAGE, case_by_id
from biye.casework.queries.papers import came_in, missing_papers
from biye.foundation.errors import Refused
from biye.seasons.queries.seasons import season_by_id, season_file
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentences

SLIP = "登记有误，纸质件未收到"


class PaperForm(PageForm):
    """What was scanned last, and where the list of missing sheets stands."""

    got = forms.IntegerField(required=False, min_value=1)
    start = forms.IntegerField(required=False, min_value=0)


@page(Permission.HANDLE_CASES)
def papers(request: PageRequest, stem: str) -> HttpResponse:
    """收纸质件."""
    season = in_season(request, stem)
    form = PaperForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    start, got = asked.get("start") or 0, asked.get("got")
    missing = missing_papers(request.asker, season.id, season_file(stem), start)
    context = {
        "got": case_by_id(request.asker, got) if got else None,
        "refused": request.GET.get("refused", ""),
        "code": request.GET.get("code", ""),
        "came": came_in(request.asker, season.id),
        "missing": missing,
        "start": start,
        "until": start + len(missing.rows),
        "next": start + PAGE if start + PAGE < missing.total else "",
    }
    return show(request, "centre/papers.html", "papers", context, season=season)


@page(Permission.HANDLE_CASES, "POST")
def receive(request: PageRequest, stem: str) -> HttpResponse:
    """登记收到: what the scanner sent. A sheet signed on site leads to the page with the witness."""
    season = in_season(request, stem)
    code, here = request.POST.get("code", ""), reverse("centre_papers", args=[stem])
    try:
        got = receive_paper(season.id, code, by=request.asker, at=request.at)
    except Refused as refused:
        said = {"refused": "".join(sentences(refused)), "code": code[:40]}
        return redirect(f"{here}?{urlencode(said)}")
    if got.case_id is None:
        return redirect("centre_sign", stem, got.student_no)
    return redirect(f"{here}?got={got.case_id}")


@page(Permission.HANDLE_CASES, "POST")
def undo(request: PageRequest, case_id: int) -> HttpResponse:
    """撤销登记."""
    view = existing(case_by_id(request.asker, case_id))
    give_back_paper(case_id, reason=SLIP, by=request.asker, at=request.at)
    messages.success(request, f"已撤销：{view.name} 的“{view.kind.chinese}”纸质件仍按未收到计。")
    return redirect("centre_papers", existing(season_by_id(request.asker, view.season_id)).stem)
