"""打包毕业照片: those of whoever graduates, to be handed over or put on file; and who of them was left out, and why."""

from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.queries.graduating import Basis
from biye.machinery.jobs.actions.submit import submit
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, page

KIND = "export_photos"


@page(Permission.EXPORT_PHOTOS, "GET", "POST")
def export(request: PageRequest, stem: str) -> HttpResponse:
    """打包: begin, and what the newest one holds."""
    season = in_season(request, stem)
    if request.method == "POST":
        arguments = {"season_id": season.id, "seat_id": request.asker.seat_id, "at": request.at.isoformat()}
        submit(kind=KIND, about=season.label, arguments=arguments, by=request.asker.actor, at=request.at)
        return redirect("college_photo_export", stem)
    job = newest_about(request.asker, (KIND,), season_id=season.id)
    result = job.result if job and job.state == "done" and job.result else None
    context = {"job": job, "result": result, "basis": Basis(result["basis"]).chinese if result else ""}
    return show(request, "college/photo_export.html", "photos", context, season=season)
