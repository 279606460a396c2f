"""成批办理: one act on the chosen cases or on all clean ones of a queue; how it went; and taking it back as one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.bulk import begin_bulk, undo_bulk
from biye.casework.core.desk import BULK_KINDS
from biye.casework.core.words import Event
from biye.casework.queries.bulk import bulk_act, clean_ids
from biye.casework.queries.cases import PAGE
from biye.foundation.errors import Reason
from biye.seasons.queries.seasons import season_by_id
from biye.web.shared.cases import queue_form
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.refusals import sentence

EVENTS = {Event.APPROVE.value: Event.APPROVE, Event.CHECK.value: Event.CHECK}
MOST = 10 * PAGE


@page(Permission.DECIDE_CASES, "POST")
def begin(request: PageRequest, stem: str) -> HttpResponse:
    """发起: the ticked ones of the page, or every clean one of the queue."""
    season = in_season(request, stem)
    event = EVENTS.get(request.POST.get("event", ""))
    chosen = queue_form(request).filter()
    if event is None or len(chosen.kinds) != 1 or chosen.kinds[0] not in BULK_KINDS:
        raise Http404
    kind = chosen.kinds[0]
    if request.POST.get("all"):
        wanted = clean_ids(request.asker, season.id, chosen)
    else:
        wanted = tuple(int(one) for one in request.POST.getlist("case")[:MOST] if one.isdecimal())
    about = f"{kind.chinese} {event.chinese}"
    done = begin_bulk(season.id, wanted, event, by=request.asker, at=request.at, kind=kind, about=about)
    return redirect("bulk_act", done.pk)


@page(Permission.SEE_CASES)
def one(request: PageRequest, bulk_id: int) -> HttpResponse:
    """结果: how many moved, how many did not and why, and the way back."""
    view = existing(bulk_act(request.asker, bulk_id))
    season = existing(season_by_id(request.asker, view.season_id))
    context = {
        "act": view,
        "job": None if view.is_done else newest_about(request.asker, ("bulk_act",), bulk_id=bulk_id),
        "why": [(_said(code, view.kind), many) for code, many in view.why],
        "examples": [(one.row, [_said(code, view.kind) for code in one.codes]) for one in view.examples],
    }
    return show(request, "shared/bulk_act.html", "cases", context, season=season)


@page(Permission.SEE_CASES, "POST")
def undo(request: PageRequest, bulk_id: int) -> HttpResponse:
    """撤销."""
    existing(bulk_act(request.asker, bulk_id))
    reason = request.POST.get("reason", "")
    done = undo_bulk(bulk_id, reason=reason, by=request.asker, at=request.at)
    messages.success(request, f"已撤销 {len(done.undone):,} 件；其后又有变动的没有动。")
    return redirect("bulk_act", bulk_id)


def _said(code: str, kind: object) -> str:
    """A stored code as a sentence; of a state that had moved on, in general words."""
    if code == "not_possible_now":
        return "状态已经变了，不能再这样办理。"
    return sentence(Reason(code))
