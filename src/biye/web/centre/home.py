"""学习中心总览: how one's own students stand, and how much time is left."""

from typing import Any

from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import heat, latest_run, summary
from biye.audit.queries.runs import rule_labels
from biye.seasons.queries.seasons import calendar, newest_season
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, page


@page(Permission.SEE_STUDENTS)
def home(request: PageRequest) -> HttpResponse:
    """总览."""
    season = newest_season(request.asker)
    if season is None:
        return show(request, "centre/home.html", "overview")
    context: dict[str, Any] = {"deadlines": calendar(season.stem, request.at)}
    run = latest_run(request.asker, season.id)
    if run is not None:
        labels = rule_labels(run)
        rows = heat(request.asker, run)
        context |= {
            "run": run,
            "summary": summary(request.asker, run),
            "reasons": _counted([row.not_met for row in rows], labels),
            "unknowns": _counted([row.unknown for row in rows], labels),
        }
    return show(request, "centre/home.html", "overview", context, season=season)


def _counted(columns: list[tuple[int, ...]], labels: list[str]) -> list[tuple[int, str, int]]:
    """Rule number, label and students, the most frequent first; rules that concern nobody are left out."""
    totals = [sum(column[rule] for column in columns) for rule in range(len(labels))]
    found = [(rule, label, totals[rule]) for rule, label in enumerate(labels) if totals[rule]]
    return sorted(found, key=lambda one: -one[2])
