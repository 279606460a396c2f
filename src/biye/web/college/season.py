"""毕业批次: the rounds of graduation, and how far one has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.trouble import SchoolRefused
from biye.seasons.queries.seasons import newest_season, seasons, stems_not_open
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, page


@page(Permission.SEE_SEASON)
def home(request: PageRequest) -> HttpResponse:
    """The season the office is in, or the list of seasons where none is open yet."""
    newest = newest_season(request.asker)
    return redirect("college_season", newest.stem) if newest else redirect("college_seasons")


@page(Permission.SEE_SEASON, "GET", "POST")
def listed(request: PageRequest) -> HttpResponse:
    """毕业批次, and season files that nobody has opened yet."""
    if request.method == "POST":
        return _open(request, request.POST.get("stem", ""))
    context = {"rows": seasons(request.asker), "stems": stems_not_open(request.asker)}
    return show(request, "college/seasons.html", "overview", context)


def _open(request: PageRequest, stem: str) -> HttpResponse:
    try:
        open_season(stem=stem, by=request.asker.actor, at=request.at)
    except SchoolRefused as refused:
        for trouble in refused.troubles:
            messages.error(request, str(trouble))
        return redirect("college_seasons")
    messages.success(request, "批次已建立。接下来导入学生与成绩，再运行审查。")
    return redirect("college_season", stem)
