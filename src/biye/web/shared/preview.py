"""某时刻的样子: the season at any moment, for looking only."""

from datetime import timedelta

from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.casework.queries.previews import preview
from biye.seasons.queries.seasons import calendar, season_file
from biye.web.shared.frame import in_season, show
from biye.web.shared.looking_ahead import as_asked, looked_at
from biye.web.shared.pages import PageRequest, page

A_MINUTE = timedelta(minutes=1)


@page(Permission.SEE_CASES)
def season(request: PageRequest, stem: str) -> HttpResponse:
    """批次在某时刻的样子."""
    here, moment = in_season(request, stem), looked_at(request)
    ways = [
        (one.entry.label, as_asked(one.entry.until, -A_MINUTE), as_asked(one.entry.until))
        for one in calendar(stem, request.at)
    ]
    context = {
        "moment": moment,
        "asked": as_asked(moment),
        "preview": preview(request.asker, here.id, season_file(stem), moment),
        "shortcuts": ways,
    }
    return show(request, "shared/preview.html", "overview", context, season=here)
