"""学生信息校对表: on the screen and on paper; who signed it is then marked on site, student by student."""

from django import forms
from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import latest_run
from biye.casework.queries.check_lists import check_rows
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, page


class CheckListForm(PageForm):
    """Whose list."""

    level = forms.ChoiceField(label="层次", required=False)
    class_name = forms.ChoiceField(label="班级", required=False)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


@page(Permission.HANDLE_CASES)
def printed(request: PageRequest, stem: str) -> HttpResponse:
    """校对表 of the season's candidates, as page and as print (A4)."""
    season = in_season(request, stem)
    run = latest_run(request.asker, season.id)
    asked = {name: request.GET.get(name, "") for name in ("level", "class_name")}
    start = int(request.GET["start"]) if request.GET.get("start", "").isdecimal() else 0
    found = check_rows(request.asker, season.id, run, asked["level"], asked["class_name"], start) if run else None
    form = CheckListForm(request.GET)
    if found is not None:
        form.fields["level"].choices = [("", "全部"), *((one, one) for one in found.levels)]  # type: ignore[attr-defined]
        form.fields["class_name"].choices = [("", "全部"), *((one, one) for one in found.classes)]  # type: ignore[attr-defined]
    until = start + (len(found.rows) if found else 0)
    context = {"form": form, "list": found, "start": start, "until": until, "asked": asked}
    return show(request, "centre/check_list.html", "overview", context, season=season)
