"""学生首页: what is still to do, the most urgent first."""

from django.http import HttpResponse
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import own_card
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.photos.queries.student_photos import standing_of
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import calendar, newest_season, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.photo import DEADLINE, tone
from biye.web.student.tasks import calendar_tasks, conclusion_task, photo_task


@page(Permission.SEE_OWN_CONCLUSION)
def home(request: PageRequest) -> HttpResponse:
    """学生首页."""
    card, season = existing(own_card(request.asker)), newest_season(request.asker)
    if season is None:
        return show(request, "student/home.html", "home", {"card": card})
    file, deadlines = season_file(season.stem), calendar(season.stem, request.at)
    found = published(request.asker, season.id, card.student_no)
    concluded = conclusion_task(explanation(found[1]) if found else None, reverse("student_conclusion"))
    photo = existing(standing_of(request.asker, card.student_no))
    asked = calendar_tasks(deadlines, file, school())
    context = {
        "card": card,
        "next": next((one for one in deadlines if not one.is_past), None),
        "tasks": [concluded, *(photo_task(one, photo, tone(photo)) if one.id == DEADLINE else one for one in asked)],
        "open": sum(not one.is_past for one in deadlines) + (not concluded.is_done),
        "past": [one for one in deadlines if one.is_past],
        "notices": file.notices,
    }
    return show(request, "student/home.html", "home", context, season=season)
