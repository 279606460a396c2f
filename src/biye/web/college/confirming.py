"""预毕业确认: who passes, who does not and why; 同意毕业 in one act; taken back with a reason until the lock."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import latest_run
from biye.audit.queries.runs import changed_students
from biye.casework.actions.confirming import begin_after_agreeing, begin_agreeing, is_in_background
from biye.casework.core.words import Event, Kind
from biye.casework.queries.confirming import Part, confirming, part_counts
from biye.seasons.queries.seasons import season_file
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import open_jobs
from biye.web.shared.pages import PageRequest, page

JOBS = ("agree_to_passing", "bulk_act")


class PartForm(PageForm):
    """名单的筛选."""

    words = forms.CharField(label="学号或姓名", required=False, max_length=80)
    part = forms.ChoiceField(required=False, choices=[(part.value, part.chinese) for part in Part])
    after = forms.CharField(required=False, widget=forms.HiddenInput)


@page(Permission.DECIDE_CASES)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """预毕业确认."""
    season = in_season(request, stem)
    run = latest_run(request.asker, season.id)
    form = PartForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    part = Part(asked.get("part") or Part.PASSING)
    context: dict[str, Any] = {"form": form, "part": part.value, "run": run}
    if run is not None:
        counts = part_counts(request.asker, season.id, run)
        context |= {
            "counts": [(one.value, one.chinese, many) for one, many in counts.items()],
            "many": counts[part],
            "agreed": counts[Part.AGREED],
            "page": confirming(request.asker, season.id, run, part, asked.get("words", ""), asked.get("after", "")),
            "changed": changed_students(request.asker, run, request.at),
            "two": Kind.PRE_CONFIRMATION.value in season_file(stem).second_person,
            "jobs": open_jobs(request.asker, *JOBS),
        }
    return show(request, "college/confirming.html", "confirming", context, season=season)


@page(Permission.DECIDE_CASES, "POST")
def agree(request: PageRequest, stem: str) -> HttpResponse:
    """同意毕业 or 初审通过: the ticked ones, or all who pass."""
    season = in_season(request, stem)
    event = _event(request, Event.APPROVE, Event.CHECK)
    chosen = None if request.POST.get("all") else request.POST.getlist("student_no")
    done = begin_agreeing(season.id, event, by=request.asker, at=request.at, student_nos=chosen)
    return redirect("message" if is_in_background(done) else "bulk_act", done.pk)


@page(Permission.DECIDE_CASES, "POST")
def afterwards(request: PageRequest, stem: str) -> HttpResponse:
    """收回同意 (the ticked ones, with a reason), 复核同意 or 锁定 (all of a list)."""
    season = in_season(request, stem)
    event = _event(request, Event.TAKE_BACK, Event.LOCK, Event.APPROVE)
    ticked = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
    done = begin_after_agreeing(
        season.id,
        event,
        by=request.asker,
        at=request.at,
        reason=request.POST.get("reason", ""),
        case_ids=None if request.POST.get("all") else ticked,
    )
    return redirect("bulk_act", done.pk)


def _event(request: PageRequest, *allowed: Event) -> Event:
    asked = next((event for event in allowed if event.value == request.POST.get("event")), None)
    if asked is None:
        raise Http404
    return asked
