"""毕业批次: the rounds of graduation, and how far one has come."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.queries.explained import speaking
from biye.audit.queries.fixes import fixes
from biye.audit.queries.results import cleaning_up, heat, latest_run, summary
from biye.audit.queries.runs import rule_labels
from biye.casework.queries.progress import progress
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.trouble import SchoolRefused
from biye.seasons.queries.seasons import calendar, newest_season, seasons, stems_not_open
from biye.web.college.heat import heat_map
from biye.web.shared.frame import in_season, show
from biye.web.shared.looking_ahead import looked_at, moment_asked
from biye.web.shared.pages import PageRequest, page
from biye.web.shared.school_refusals import refuse_school


@page(Permission.SEE_SEASON)
def home(request: PageRequest) -> HttpResponse:
    """The season the office is in, or the list of seasons where none is open yet."""
    newest = newest_season(request.asker)
    return redirect("college_season", newest.stem) if newest else redirect("college_seasons")


@page(Permission.SEE_SEASON)
def listed(request: PageRequest) -> HttpResponse:
    """毕业批次, and season files that nobody has opened yet."""
    context = {"rows": seasons(request.asker), "stems": stems_not_open(request.asker)}
    return show(request, "college/seasons.html", "overview", context)


@page(Permission.SEE_SEASON)
def overview(request: PageRequest, stem: str) -> HttpResponse:
    """批次总览: how far the season has come, what keeps whom back, how much time is left."""
    season = in_season(request, stem)
    at = looked_at(request)
    context: dict[str, Any] = {"deadlines": calendar(stem, at), "at": at, "ahead": moment_asked(request)}
    run = latest_run(request.asker, season.id)
    if run is not None:
        context |= {
            "run": run,
            "summary": summary(request.asker, run),
            "heat": heat_map(heat(request.asker, run), rule_labels(run)),
            "cleaning": cleaning_up(request.asker, run),
            "publication": speaking(season.id),
            "fixes": fixes(request.asker, run),
            "progress": progress(request.asker, season.id),
        }
    return show(request, "college/season.html", "overview", context, season=season)


@page(Permission.OPEN_SEASON, "POST")
def begin(request: PageRequest) -> HttpResponse:
    """新建毕业批次 from its file."""
    stem = request.POST.get("stem", "")
    try:
        open_season(stem=stem, by=request.asker.actor, at=request.at)
    except SchoolRefused as refused:
        refuse_school(request, refused, "没有建立批次")
        return redirect("college_seasons")
    messages.success(request, "批次已建立。接下来导入学生与成绩，再运行审查。")
    return redirect("college_season", stem)
