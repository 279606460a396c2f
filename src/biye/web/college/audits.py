"""审查: run it, watch it, look at what it found, and at what is otherwise than the time before."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.actions.begin import begin_audit
from biye.audit.queries.differences import ChangedRow, difference
from biye.audit.queries.differences import changed_students as students_behind
from biye.audit.queries.results import finished_before, latest_run, summary
from biye.audit.queries.runs import audits, bases_of, changed_students, run_by_id
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.RUN_AUDIT, "GET", "POST")
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """审查的各次运行, and the button that starts one."""
    season = in_season(request, stem)
    if request.method == "POST":
        only_changed = request.POST.get("only_changed") == "yes"
        begin_audit(season.id, only_changed=only_changed, by=request.asker, at=request.at)
        return redirect("college_audit", stem)
    newest = latest_run(request.asker, season.id)
    context = {
        "runs": audits(request.asker, season.id),
        "newest": newest,
        "changed": changed_students(request.asker, newest, request.at) if newest else 0,
        "summary": summary(request.asker, newest) if newest else None,
        "job": newest_about(request.asker, ("run_audit",)),
    }
    return show(request, "college/audits.html", "audit", context, season=season)


@page(Permission.RUN_AUDIT)
def one(request: PageRequest, run_id: int) -> HttpResponse:
    """一次审查: what it found, by which rules, from which moment's data; a rehearsal leads to what it would change."""
    run = existing(run_by_id(request.asker, run_id))
    if run.purpose == run.Purpose.REHEARSAL:
        return redirect("college_difference", run_id)
    context: dict[str, Any] = {"run": run, "before": finished_before(request.asker, run)}
    if run.state == run.State.DONE:
        context["summary"] = summary(request.asker, run)
        context["is_newest"] = latest_run(request.asker, run.season_id) == run
    return show(request, "college/audit.html", "audit", context, season=in_season(request, run.season.stem))


@page(Permission.RUN_AUDIT)
def compared(request: PageRequest, run_id: int) -> HttpResponse:
    """差异 with the audit before, or of a rehearsal with the audit it was tried against: who flips, both ways, and why."""
    run = existing(run_by_id(request.asker, run_id))
    asked = request.GET.get("with", "")
    base = run_by_id(request.asker, int(asked)) if asked.isdigit() else run.base or finished_before(request.asker, run)
    if base is None or run.state != run.State.DONE or base.season_id != run.season_id or base.state != run.State.DONE:
        raise Http404
    found = difference(request.asker, base, run)
    flip = next((one for one in found.flips if one.key == request.GET.get("flip")), None) if found else None
    rows: tuple[ChangedRow, ...] = ()
    after = ""
    if flip is not None:
        rows, after = students_behind(request.asker, base, run, flip.key, request.GET.get("after", ""))
    context = {
        "run": run,
        "base": base,
        "bases": bases_of(request.asker, run),
        "difference": found,
        "flip": flip,
        "rows": rows,
        "after": after,
    }
    section = "rules" if run.purpose == run.Purpose.REHEARSAL else "audit"
    return show(request, "college/difference.html", section, context, season=in_season(request, run.season.stem))
