"""一名学生: what the audit found, with every reason; for the college and for the student's own centre."""

from typing import Any

from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.ledger import entries_about
from biye.accounts.queries.students import StudentCard, student_card
from biye.audit.queries.explained import changed_since_run, explained, published
from biye.audit.queries.overrides import overrides
from biye.audit.queries.results import latest_run
from biye.casework.queries.cases import cases_of
from biye.web.shared.explaining import explanation_context
from biye.web.shared.frame import in_season, show
from biye.web.shared.override_forms import OverrideForm
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.SEE_STUDENTS)
def one(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """一名学生."""
    season, card = in_season(request, stem), card_of(request, student_no)
    run = latest_run(request.asker, season.id)
    context: dict[str, Any] = {
        "card": card,
        "run": run,
        "trace": entries_about(request.asker, f"student:{student_no}"),
        "overrides": overrides(request.asker, season.id, student_no, request.at),
        "publication": published(request.asker, season.id, student_no),
        "cases": cases_of(request.asker, season.id, student_no),
    }
    found = explained(request.asker, run, student_no) if run else None
    if run and found:
        context |= explanation_context(found)
        context["changed_at"] = changed_since_run(run, card.id)
        context["form"] = OverrideForm(rules=[(finding.rule, finding.label) for finding in found.findings])
    return show(request, "shared/student.html", "students", context, season=season)


def card_of(request: PageRequest, student_no: str) -> StudentCard:
    """The student of the address; no such page where the student is not the asker's to see."""
    return existing(student_card(request.asker, student_no))
