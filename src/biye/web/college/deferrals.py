"""缓毕业管理: everybody who asked for deferral, on line or on paper, with the reason and how it stands."""

from typing import Any

from django import forms
from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.casework.core.words import Kind, State
from biye.casework.queries.deferrals import deferrals, states_of_deferrals
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, page


class DeferralForm(PageForm):
    """筛选."""

    text = forms.CharField(label="学号或姓名", required=False, max_length=80)
    state = forms.TypedChoiceField(
        required=False,
        coerce=State,
        empty_value=None,
        choices=[("", "全部"), *((one.value, one.chinese) for one in State)],
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


@page(Permission.SEE_CASES)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """缓毕业管理."""
    season = in_season(request, stem)
    form = DeferralForm(request.GET)
    form.is_valid()
    asked: dict[str, Any] = form.cleaned_data
    start = asked.get("start") or 0
    found = deferrals(request.asker, season.id, asked.get("state"), asked.get("text", ""), start)
    until = start + len(found.rows)
    context = {
        "form": form,
        "label": Kind.DEFERRAL.chinese,
        "page": found,
        "state": asked.get("state"),
        "states": states_of_deferrals(request.asker, season.id),
        "start": start,
        "until": until,
        "next": until if until < found.total else "",
    }
    return show(request, "college/deferrals.html", "cases", context, season=season)
