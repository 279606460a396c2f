"""照片: how far the photos of a season's students are, by centre; the list behind each number; who has to come again."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.centres import centres
from biye.audit.queries.candidates import candidate_ids
from biye.machinery.jobs.actions.submit import submit
from biye.photos.core.states import State
from biye.photos.queries.desk import how_many_wait
from biye.photos.queries.networks import missing
from biye.photos.queries.student_photos import picture_of
from biye.photos.queries.students import CentreStates, how_many, listed, states_by_centre
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.photo_forms import PhotoFilterForm
from biye.web.shared.refusals import sentence

# In the order in which a photo goes its way.
STATES = (
    State.UNKNOWN,
    State.NOT_CAPTURED,
    State.CAPTURING,
    State.AT_CHSI,
    State.CONSISTENT,
    State.INCONSISTENT,
    State.IN_REVIEW,
    State.REVIEWED,
)


@page(Permission.SEE_STUDENTS)
def overview(request: PageRequest, stem: str) -> HttpResponse:
    """照片总览."""
    season = in_season(request, stem)
    among = candidate_ids(request.asker, season.id)
    rows = states_by_centre(request.asker, among)
    context = {
        "rows": [_line(row) for row in rows],
        "total": [(state, sum(row.states[state] for row in rows)) for state in STATES],
        "students": sum(row.students for row in rows),
        "waiting": how_many_wait(request.asker),
        "is_audited": among is not None,
        "missing": [sentence(reason) for reason in missing()],
    }
    return show(request, "photos/overview.html", "photos", context, season=season)


@page(Permission.SEE_STUDENTS)
def students(request: PageRequest, stem: str) -> HttpResponse:
    """照片学生名单."""
    season = in_season(request, stem)
    among = candidate_ids(request.asker, season.id)
    form = PhotoFilterForm(request.GET, centres=[(one.id, one.name) for one in centres(request.asker)])
    chosen = form.filter()
    found = listed(request.asker, chosen, form.cleaned_data.get("after", ""), among)
    context = {"form": form, "page": found, "count": how_many(request.asker, chosen, among)}
    return show(request, "photos/students.html", "photos", context, season=season)


@page(Permission.EXPORT_STUDENTS, "POST")
def retakes(request: PageRequest, stem: str) -> HttpResponse:
    """补拍重拍名单, in the background."""
    season = in_season(request, stem)
    asked = request.POST.get("centre", "")
    arguments: dict[str, Any] = {
        "season_id": season.id,
        "seat_id": request.asker.seat_id,
        "centre_id": int(asked) if asked.isdecimal() else None,
        "at": request.at.isoformat(),
    }
    about = season.label
    job = submit(kind="export_retakes", about=about, arguments=arguments, by=request.asker.actor, at=request.at)
    return redirect("message", job.pk)


@page(Permission.SEE_PHOTOS)
def picture(request: PageRequest, photo_id: int) -> FileResponse:
    """图像 as it was drawn anew; never the file that was uploaded."""
    found = existing(picture_of(request.asker, photo_id))
    try:
        content = found.picture.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, content_type="image/jpeg")


def _line(row: CentreStates) -> tuple[CentreStates, list[tuple[State, int]]]:
    return row, [(state, row.states[state]) for state in STATES]
