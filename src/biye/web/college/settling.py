"""到期结转: the season's closing moments, what silence comes to at each, and the act that says so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.queries.settlements import settlements
from biye.machinery.jobs.actions.submit import submit
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.SETTLE_DEADLINES, "GET", "POST")
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """到期结转."""
    season = in_season(request, stem)
    rows = settlements(request.asker, season.id, request.at)
    if request.method == "POST":
        row = existing(next((one for one in rows if one.entry == request.POST.get("entry") and one.is_past), None))
        arguments = {"season_id": season.id, "entry": row.entry}
        submit(
            kind="settle_deadline",
            about=f"{season.label} {row.calendar.label}",
            arguments=arguments,
            by=request.asker.actor,
            at=request.at,
        )
        messages.success(request, f"已开始结转“{row.calendar.label}”。")
        return redirect("college_settling", stem)
    job = newest_about(request.asker, ("settle_deadline",), season_id=season.id)
    return show(request, "college/settling.html", "cases", {"rows": rows, "job": job}, season=season)
