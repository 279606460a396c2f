"""今天要办: a centre's students by days left and what can still be mended; and how they stand altogether."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import heat, latest_run, summary
from biye.audit.queries.runs import rule_labels
from biye.casework.actions.nudging import nudge as nudge_students
from biye.casework.queries.workbench import PAGE, workbench
from biye.seasons.queries.seasons import calendar, newest_season, season_file
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import show
from biye.web.shared.looking_ahead import looked_at, moment_asked
from biye.web.shared.pages import PageRequest, back, existing, page
from biye.web.shared.reminding import told


class WorkForm(PageForm):
    """What the workbench is narrowed to."""

    reason = forms.CharField(required=False, max_length=40)
    start = forms.IntegerField(required=False, min_value=0)


@page(Permission.HANDLE_CASES)
def home(request: PageRequest) -> HttpResponse:
    """今天要办."""
    season = newest_season(request.asker)
    if season is None:
        return show(request, "centre/home.html", "overview")
    form = WorkForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    reason, start = asked.get("reason", ""), asked.get("start") or 0
    found = workbench(request.asker, season.id, season_file(season.stem), looked_at(request), reason, start)
    until = start + len(found.rows)
    context: dict[str, Any] = {
        "deadlines": calendar(season.stem, looked_at(request)),
        "at": looked_at(request),
        "ahead": moment_asked(request),
        "work": found,
        "reason": reason,
        "start": start,
        "until": until,
        "next": start + PAGE if start + PAGE < found.total else "",
        **_numbers(request, season.id),
    }
    return show(request, "centre/home.html", "overview", context, season=season)


@page(Permission.REMIND, "POST")
def nudge(request: PageRequest) -> HttpResponse:
    """提醒 the chosen ones, each of what is most pressing."""
    season = existing(newest_season(request.asker))
    found = nudge_students(season.id, request.POST.getlist("student_no"), by=request.asker, at=request.at)
    (messages.success if found.told else messages.warning)(request, told(found))
    return back(request)


def _numbers(request: PageRequest, season_id: int) -> dict[str, Any]:
    """How the centre's students stand in the newest audit."""
    run = latest_run(request.asker, season_id)
    if run is None:
        return {}
    labels, rows = rule_labels(run), heat(request.asker, run)
    return {
        "run": run,
        "summary": summary(request.asker, run),
        "reasons": _counted([row.not_met for row in rows], labels),
        "unknowns": _counted([row.unknown for row in rows], labels),
    }


def _counted(columns: list[tuple[int, ...]], labels: list[str]) -> list[tuple[int, str, int]]:
    """Rule number, label and students, the most frequent first; rules that concern nobody are left out."""
    totals = [sum(column[rule] for column in columns) for rule in range(len(labels))]
    found = [(rule, label, totals[rule]) for rule, label in enumerate(labels) if totals[rule]]
    return sorted(found, key=lambda one: -one[2])
