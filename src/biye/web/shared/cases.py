"""办理: the queue of cases, one case with its history and what can be done about it, and on to the next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import select_template
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.centres import centres
from biye.accounts.queries.students import student_card
from biye.casework.actions.acting import act_on
from biye.casework.core.desk import BULK_KINDS, is_plain
from biye.casework.core.words import Event, Who
from biye.casework.queries.bulk import how_many_clean
from biye.casework.queries.cases import (
    PAGE,
    CaseView,
    case_by_id,
    cases_of,
    next_in_queue,
    previous_in_queue,
    queue,
    queue_counts,
)
from biye.casework.queries.files import files_of
from biye.casework.queries.offers import offers
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, season_by_id
from biye.web.shared.case_forms import QUESTIONS, QueueForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.looking_ahead import looked_at, moment_asked
from biye.web.shared.offering import offered
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.SEE_CASES)
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """办理队列: who has waited longest stands first."""
    season = in_season(request, stem)
    form = queue_form(request)
    chosen = form.filter()
    start = form.cleaned_data.get("start") or 0
    found = queue(request.asker, season.id, chosen, start)
    context = {
        "form": form,
        "page": found,
        "start": start,
        "until": start + len(found.rows),
        "next": start + PAGE if start + PAGE < found.total else "",
        "tabs": tabs(request, season, form),
        "asked": asked(request),
        "clean": how_many_clean(request.asker, season.id, chosen) if _may_bulk(request, chosen.kinds) else 0,
        "in_bulk": _may_bulk(request, chosen.kinds),
    }
    return show(request, "shared/cases.html", "cases", context, season=season)


@page(Permission.SEE_CASES)
def one(request: PageRequest, case_id: int) -> HttpResponse:
    """一件事项, with the way to the ones beside it in the queue."""
    view = existing(case_by_id(request.asker, case_id))
    season = existing(season_by_id(request.asker, view.season_id))
    chosen = queue_form(request).filter()
    context = {
        **case_context(request, view, season),
        "asked": asked(request),
        "behind": next_in_queue(request.asker, season.id, chosen, case_id) if asked(request) else None,
        "before": previous_in_queue(request.asker, season.id, chosen, case_id) if asked(request) else None,
    }
    return show(request, "shared/case.html", "cases", context, season=season)


@page(Permission.SEE_CASES, "POST")
def act(request: PageRequest, case_id: int) -> HttpResponse:
    """办理一步: one that needs nothing but a click and perhaps a reason; then on to the next in the queue."""
    view = existing(case_by_id(request.asker, case_id))
    event, who = _event(request), Who(request.asker.role.value)
    if not is_plain(view.kind, event, who):
        raise Http404
    season = existing(season_by_id(request.asker, view.season_id))
    chosen = queue_form(request).filter()
    behind = next_in_queue(request.asker, season.id, chosen, case_id) if asked(request) else None
    seen = request.POST.get("seen", "")
    reason = request.POST.get("reason", "").strip()
    seen_steps = int(seen) if seen.isdecimal() else None
    act_on(case_id, event, by=request.asker, at=request.at, seen=seen_steps, reason=reason)
    messages.success(request, f"{view.name} 的“{view.kind.chinese}”：{event.chinese}。")
    return redirect(onwards(request, season, case_id, behind))


def case_context(request: PageRequest, view: CaseView, season: SeasonRow) -> dict[str, Any]:
    """What the page of a case shows. The part that only this kind has stands in a template of its own, if there is one."""
    names = [f"shared/case_{view.kind.value}.html", "shared/case_form.html"]
    office = school().offices.get(view.office)
    return {
        "case": view,
        "card": existing(student_card(request.asker, view.student_no)),
        "part": select_template(names).template.name,
        "offers": offered(offers(request.asker, view, looked_at(request))),
        "ahead": moment_asked(request),
        "at": looked_at(request),
        "files": files_of(request.asker, view.id),
        "others": [one for one in cases_of(request.asker, season.id, view.student_no) if one.id != view.id],
        "office": office,
    }


def queue_form(request: PageRequest) -> QueueForm:
    """The filter with the choices this seat has."""
    return QueueForm(
        request.GET,
        asker=request.asker,
        offices={name: office.label for name, office in school().offices.items()},
        centres=[(one.id, one.name) for one in centres(request.asker)],
        centre_label=school().centres.label,
    )


def asked(request: PageRequest) -> str:
    """The queue somebody works through, as an address carries it. `queue` says that there is one, even an unfiltered one."""
    kept = request.GET.copy()
    for name in list(kept):
        if name not in (*QUESTIONS, "queue"):
            del kept[name]
    if request.resolver_match is not None and request.resolver_match.url_name in ("cases", "cases_bulk"):
        kept["queue"] = "1"
    return kept.urlencode()


def tabs(request: PageRequest, season: SeasonRow, form: QueueForm) -> list[dict[str, Any]]:
    """事项种类 with how many wait on the asker's desk."""
    counts = queue_counts(request.asker, season.id)
    office = form.cleaned_data.get("office", "")
    kinds = {
        kind: sum(
            many
            for (one, state, owner), many in counts.items()
            if one is kind and state in form.waiting and office in ("", owner)
        )
        for kind in dict.fromkeys(kind for kind, _, _ in counts)
    }
    here = form.cleaned_data.get("kind")
    return [
        {"kind": kind.value, "label": kind.chinese, "many": many, "is_here": kind is here}
        for kind, many in sorted(kinds.items(), key=lambda one: -one[1])
        if many or kind is here
    ]


def onwards(request: PageRequest, season: SeasonRow, case_id: int, behind: int | None) -> str:
    """Where to go after a decision: the next case of the queue, the queue at its end, or the case itself."""
    if not asked(request):
        return reverse("case", args=[case_id])
    address = reverse("case", args=[behind]) if behind else reverse("cases", args=[season.stem])
    return f"{address}?{asked(request)}"


def _event(request: PageRequest) -> Event:
    try:
        return Event(request.POST.get("event", ""))
    except ValueError as error:
        raise Http404 from error


def _may_bulk(request: PageRequest, kinds: tuple[Any, ...]) -> bool:
    return request.asker.may(Permission.DECIDE_CASES) and len(kinds) == 1 and kinds[0] in BULK_KINDS
