"""学生首页: what is still to do, the most urgent first; what waits and what is done fold away."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import own_card
from biye.casework.core.tasks import Task
from biye.casework.queries.own_tasks import tasks_of
from biye.seasons.queries.seasons import calendar, newest_season, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page

# Where a card's button leads; a card without a page here has no button.
PAGES: dict[str, tuple[str, ...]] = {
    "record": ("student_record",),
    "courses": ("student_courses",),
    "photo": ("student_photo",),
    "conclusion": ("student_conclusion",),
    "sign": ("student_sign",),
    "appraisal": ("student_appraisal",),
    "degree": ("student_degree",),
    "completion": ("student_application", "completion"),
    "deferral": ("student_application", "deferral"),
    "corrections": ("student_record",),
    "objections": ("student_objections",),
    "notice": ("student_public_notice",),
}


@page(Permission.SEE_OWN_CONCLUSION)
def home(request: PageRequest) -> HttpResponse:
    """学生首页."""
    card, season = existing(own_card(request.asker)), newest_season(request.asker)
    if season is None:
        return show(request, "student/home.html", "home", {"card": card})
    found = tasks_of(request.asker, season, card.student_no, request.at)
    context = {
        "card": card,
        "deadlines": calendar(season.stem, request.at),
        "notices": season_file(season.stem).notices,
        **_sorted(found),
    }
    return show(request, "student/home.html", "home", context, season=season)


def _sorted(found: tuple[Task, ...]) -> dict[str, Any]:
    """Cards in four heaps, each card with the address of its button."""
    cards = [(task, _address(task)) for task in found]
    todo = [(task, address) for task, address in cards if not (task.is_done or task.waits or task.is_late)]
    return {
        "todo": todo,
        "waiting": [(task, address) for task, address in cards if task.waits and not (task.is_done or task.is_late)],
        "late": [(task, address) for task, address in cards if task.is_late and not task.is_done],
        "done": [(task, address) for task, address in cards if task.is_done],
        "next": next((task for task, _ in todo if task.until is not None), None),
        "total": len(cards),
    }


def _address(task: Task) -> str:
    name, *arguments = PAGES.get(task.page, ("",))
    return reverse(name, args=arguments) if name else ""
