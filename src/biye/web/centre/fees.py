"""交费审核: mark as paid by list; whole sheets come in through the college's import."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.fees import PAGE, fee_kinds, open_fees, owners_of
from biye.foundation.moments import CHINA
from biye.records.actions.fees import mark_fees_paid
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, back, page


class FeeForm(PageForm):
    """筛选交费."""

    words = forms.CharField(label="学号或姓名", required=False, max_length=80)
    kind = forms.ChoiceField(label="费用种类", required=False)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class MarkForm(PageForm):
    """登记交清."""

    posted_on = forms.DateField()


@page(Permission.HANDLE_CASES)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """未交清的费用."""
    season = in_season(request, stem)
    form = FeeForm(request.GET)
    form.fields["kind"].choices = [("", "全部"), *((one, one) for one in fee_kinds(request.asker))]  # type: ignore[attr-defined]
    form.is_valid()
    asked = form.cleaned_data
    start = asked.get("start") or 0
    found = open_fees(request.asker, asked.get("words", ""), asked.get("kind", ""), start)
    until = start + len(found.rows)
    context = {
        "form": form,
        "page": found,
        "start": start,
        "until": until,
        "next": start + PAGE if start + PAGE < found.total else "",
        "today": request.at.astimezone(CHINA).date(),
    }
    return show(request, "centre/fees.html", "fees", context, season=season)


@page(Permission.HANDLE_CASES, "POST")
def mark(request: PageRequest, stem: str) -> HttpResponse:
    """登记交清 of the ticked ones."""
    in_season(request, stem)
    chosen = [int(one) for one in request.POST.getlist("fee") if one.isdecimal()]
    form = MarkForm(request.POST)
    if not form.is_valid():
        return back(request, "请写明到账日期。")
    students = owners_of(request.asker, chosen)
    day = form.cleaned_data["posted_on"]
    marked = mark_fees_paid(chosen, students=students, posted_on=day, by=request.asker.actor, at=request.at)
    messages.success(request, f"已登记 {marked} 笔交清；这些学生会重新审查。")
    return back(request)
