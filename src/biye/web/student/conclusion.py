"""审查结论: what was published to the student, in the words in which it was published."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import StudentCard, own_card
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import Explanation
from biye.audit.queries.explained import published
from biye.casework.actions.keeping import show_now
from biye.casework.core.applying import APPLICATIONS, missing_for_degree, options
from biye.casework.core.words import UNDECIDED, Kind
from biye.casework.queries.cases import cases_of
from biye.casework.queries.shown_documents import signed_by
from biye.seasons.queries.seasons import SeasonRow, season_file, seasons
from biye.web.shared.explaining import explanation_context
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.tags import start
from biye.web.shared.what_if import try_out


@page(Permission.SEE_OWN_CONCLUSION)
def conclusion(request: PageRequest) -> HttpResponse:
    """审查结论; before it is published, an honest word that it is not."""
    card = own(request)
    found = newest_published(request, card)
    if found is None:
        return show(request, "student/not_published.html", "conclusion", {"card": card})
    season, publication, document = found
    told = explanation(document)
    context = {
        "card": card,
        "publication": publication,
        "caption": f"{start(publication.run.at)} 审查",
        **explanation_context(told),
        **_choice(request, season, card, told),
    }
    return show(request, "student/conclusion.html", "conclusion", context, season=season)


def _choice(request: PageRequest, season: SeasonRow, card: StudentCard, told: Explanation) -> dict[str, Any]:
    """What may be chosen now, what was granted, and what is no longer as it was signed. Looking is noted as having seen."""
    file, cases = season_file(season.stem), cases_of(request.asker, season.id, card.student_no)
    showing = show_now(season.id, card.student_no, by=request.asker, at=request.at)
    states = {case.kind: case.state for case in reversed(cases)}
    signed = signed_by(request.asker, season.id, card.student_no, showing) if Kind.SIGN_OFF in states else None
    return {
        "options": options(file, told, states, request.at),
        "missing_for_degree": missing_for_degree(told),
        "granted": showing.document["choice"] if showing is not None else {},
        "signed": signed,
        "sign_off": next((case for case in cases if case.kind is Kind.SIGN_OFF), None),
        "pending": next((case for case in cases if case.kind in APPLICATIONS and case.state in UNDECIDED), None),
        "degree_route": file.routes.get(Kind.DEGREE.value),
    }


@page(Permission.TRY_WHAT_IF)
def what_if(request: PageRequest) -> HttpResponse:
    """若补过……，则……, by the rules and the moment of what was published."""
    card = own(request)
    season, publication, _ = existing(newest_published(request, card))
    context = {"card": card, "section": "conclusion", "back": reverse("student_conclusion")}
    return try_out(request, publication.run, card.student_no, season, context)


def own(request: PageRequest) -> StudentCard:
    """The status record of the student's seat; no such page for every other seat."""
    return existing(own_card(request.asker))


def newest_published(request: PageRequest, card: StudentCard) -> tuple[SeasonRow, Any, dict[str, Any]] | None:
    """The newest season in which something was published to this student."""
    for season in seasons(request.asker):
        found = published(request.asker, season.id, card.student_no)
        if found is not None:
            return season, *found
    return None
