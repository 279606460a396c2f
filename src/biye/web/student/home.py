"""学生首页: what is still to do, the most urgent first."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import own_card
from biye.seasons.queries.seasons import calendar, newest_season, season_file
from biye.web.shared.pages import PageRequest, page


@page(Permission.SEE_OWN_CONCLUSION)
def home(request: PageRequest) -> HttpResponse:
    """学生首页."""
    card = own_card(request.asker)
    if card is None:
        raise Http404
    season = newest_season(request.asker)
    deadlines = calendar(season.stem, request.at) if season else []
    context = {
        "card": card,
        "season": season,
        "at": request.at,
        "next": next((one for one in deadlines if not one.is_past), None),
        "deadlines": [one for one in deadlines if not one.is_past],
        "past": [one for one in deadlines if one.is_past],
        "notices": season_file(season.stem).notices if season else (),
    }
    return render(request, "student/home.html", context)
