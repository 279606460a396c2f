"""全体比对: swapped files, and one face or file under two people, among everybody's photos; side by side for a person to see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.machinery.jobs.actions.submit import submit
from biye.photos.queries.pictures import Face, faces
from biye.photos.queries.specifications import specification_of
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, page
from biye.web.shared.photo_uploads import choices_of

KIND = "compare_photos"


@page(Permission.COMPARE_PHOTOS, "GET", "POST")
def comparison(request: PageRequest, stem: str) -> HttpResponse:
    """全体比对: begin one, and what the newest one found."""
    season = in_season(request, stem)
    specification = choices_of(stem)[0][0]
    arguments = {"stem": specification, "season": stem}
    if request.method == "POST":
        about, by = season.label, request.asker.actor
        submit(kind=KIND, about=about, arguments=arguments, by=by, at=request.at)
        return redirect("college_photo_comparison", stem)
    job = newest_about(request.asker, (KIND,), **arguments)
    result = job.result if job and job.state == "done" and job.result else None
    thresholds = specification_of(specification).comparison
    context: dict[str, Any] = {"job": job, "result": result, "thresholds": thresholds}
    if result:
        context |= _pairs(request, result)
    return show(request, "college/photo_comparison.html", "photos", context, season=season)


def _pairs(request: PageRequest, result: dict[str, Any]) -> dict[str, Any]:
    swapped, repeated = result["swapped_pairs"], result["repeated_pairs"]
    numbers = {number for pair in (*swapped, *repeated) for number in pair[:2]} | set(result["faceless_students"])
    shown = faces(request.asker, numbers)
    nobody = Face("", "", "", None, None)

    def face(number: str) -> Face:
        return shown.get(number, nobody)

    return {
        "swapped_pairs": [(face(one), face(other), score, own) for one, other, score, own in swapped],
        "repeated_pairs": [(face(one), face(other), score, is_file) for one, other, score, is_file in repeated],
        "faceless": [face(number) for number in result["faceless_students"]],
    }
