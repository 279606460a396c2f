"""公示: one's own result while it is public, and the way to object to it within the time."""

from django.http import Http404, HttpResponse

from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import explanation
from biye.casework.core.routing import Line
from biye.casework.core.words import Kind
from biye.casework.queries.cases import cases_of
from biye.seasons.queries.seasons import season_file
from biye.web.shared.explaining import explanation_context
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, page
from biye.web.student.conclusion import newest_published, own


@page(Permission.HANDLE_OWN_CASES)
def public_notice(request: PageRequest) -> HttpResponse:
    """公示: what is announced of this student; whoever was told nothing has nothing to look at."""
    card = own(request)
    found = newest_published(request, card)
    task = season_file(found[0].stem).tasks.get("public_notice") if found else None
    if found is None or task is None or task.window is None:
        raise Http404
    season, publication, document = found
    entry = season_file(season.stem).calendar[task.window]
    begins = entry.from_ or entry.until
    objections = cases_of(request.asker, season.id, card.student_no)
    context = {
        "card": card,
        "publication": publication,
        "entry": entry,
        "clause": task.source.clause,
        "until": entry.until,
        "is_open": begins <= request.at < entry.until,
        "is_to_come": request.at < begins,
        "objections": [one for one in objections if one.kind is Kind.OBJECTION and one.form.get("line") == Line.NOTICE],
        **explanation_context(explanation(document)),
    }
    return show(request, "student/public_notice.html", "home", context, season=season)
