"""对名单的办理: act on the ticked students, or on everybody whom the list's filter finds, on whatever page they stand."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import how_many, latest_run, numbers_of
from biye.casework.actions.nudging import nudge
from biye.machinery.jobs.actions.submit import submit
from biye.web.shared.frame import in_season
from biye.web.shared.pages import PageRequest, back, existing, page
from biye.web.shared.reminding import told
from biye.web.shared.students import asked, filter_form

AT_ONCE = 500


@page(Permission.REMIND, "POST")
def remind(request: PageRequest, stem: str) -> HttpResponse:
    """提醒 of what is most pressing for each; in the background for more than a few hundred."""
    season = in_season(request, stem)
    run = existing(latest_run(request.asker, season.id))
    numbers = request.POST.getlist("student_no")[:AT_ONCE]
    if request.POST.get("all"):
        chosen = filter_form(request, run, asked(request.GET)).filter()
        if how_many(request.asker, run, chosen) > AT_ONCE:
            arguments = {
                "run_id": run.pk,
                "seat_id": request.asker.seat_id,
                "chosen": asdict(chosen),
                "at": request.at.isoformat(),
            }
            job = submit(
                kind="nudge_students",
                about=season.label,
                arguments=arguments,
                by=request.asker.actor,
                at=request.at,
            )
            return redirect("message", job.pk)
        numbers = numbers_of(request.asker, run.pk, chosen)[1]
    found = nudge(season.id, numbers, by=request.asker, at=request.at)
    (messages.success if found.told else messages.warning)(request, told(found))
    return back(request)
