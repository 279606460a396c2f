"""学生名单: the students of a season with what the audit found, for the college all of them, for a centre its own."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.centres import centres
from biye.audit.queries.results import conclusion_labels, how_many, latest_run, results
from biye.audit.queries.runs import rule_labels
from biye.machinery.jobs.actions.submit import submit
from biye.seasons.queries.schools import school
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.student_forms import StudentFilterForm


@page(Permission.SEE_STUDENTS)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """学生名单."""
    season = in_season(request, stem)
    run = latest_run(request.asker, season.id)
    if run is None:
        return show(request, "shared/students.html", "students", season=season)
    form = filter_form(request, run, asked(request.GET))
    chosen = form.filter()
    found = results(request.asker, run, chosen, form.cleaned_data.get("after", ""))
    context = {"run": run, "form": form, "page": found, "count": how_many(request.asker, run, chosen)}
    return show(request, "shared/students.html", "students", context, season=season)


@page(Permission.EXPORT_STUDENTS, "POST")
def export(request: PageRequest, stem: str) -> HttpResponse:
    """导出: exactly what the list on the screen asks for, in the background."""
    season = in_season(request, stem)
    run = existing(latest_run(request.asker, season.id))
    chosen = filter_form(request, run, asked(request.GET)).filter()
    arguments = {
        "run_id": run.pk,
        "seat_id": request.asker.seat_id,
        "chosen": asdict(chosen),
        "form": "csv" if request.POST.get("format") == "csv" else "xlsx",
        "at": request.at.isoformat(),
    }
    job = submit(kind="export_students", about=season.label, arguments=arguments, by=request.asker.actor, at=request.at)
    return redirect("message", job.pk)


def filter_form(request: PageRequest, run: Any, asked: QueryDict) -> StudentFilterForm:
    """The filter with the choices this run and this seat have."""
    return StudentFilterForm(
        asked,
        conclusions=conclusion_labels(run),
        rules=rule_labels(run),
        centres=[(one.id, one.name) for one in centres(request.asker)],
        centre_label=school().centres.label,
        levels=list(school().levels),
    )


def asked(query: QueryDict) -> QueryDict:
    """Who asks for nothing is shown the students of the season."""
    asked = query.copy()
    asked.setdefault("scope", "season")
    return asked
