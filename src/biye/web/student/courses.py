"""学分与统考: what counted for what and what did not, the nearest way to mend it, and an objection to any line."""

from typing import Any

from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import CourseLine, Explanation, Finding
from biye.casework.actions.keeping import show_now
from biye.casework.core.closing import closing, spec_of
from biye.casework.core.routing import Line, Point
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Kind
from biye.casework.queries.cases import CaseView, cases_of
from biye.casework.queries.follow_ups import follow_ups_of
from biye.foundation.verdicts import Verdict
from biye.seasons.queries.seasons import SeasonRow, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, page
from biye.web.student.conclusion import newest_published, own


@page(Permission.HANDLE_OWN_CASES)
def courses(request: PageRequest) -> HttpResponse:
    """学分与统考; before anything is published, an honest word that it is not."""
    card = own(request)
    found = newest_published(request, card)
    if found is None:
        return show(request, "student/courses_not_yet.html", "courses", {"card": card})
    season, publication, document = found
    told = explanation(document)
    # Whoever has looked here has looked at what the first page asks them to look at.
    show_now(season.id, card.student_no, by=request.asker, at=request.at)
    cases = cases_of(request.asker, season.id, card.student_no)
    objections = {case.about: case for case in reversed(cases) if case.kind is Kind.OBJECTION}
    context: dict[str, Any] = {
        "card": card,
        "publication": publication,
        "groups": groups(told, objections),
        "exams": [(exam, objections.get(Point(Line.EXAM, exam.subject).about)) for exam in told.exams],
        "on_credits": objections.get(Point(Line.CREDITS).about),
        "follow_ups": follow_ups_of(request.asker, season.id, card.student_no),
        "short": _short(told),
        "explanation": told,
        **_clock(request, season),
    }
    return show(request, "student/courses.html", "courses", context, season=season)


def groups(
    told: Explanation, objections: dict[str, CaseView]
) -> list[tuple[str, list[tuple[CourseLine, CaseView | None]], int]]:
    """Courses by module in the order of the plan, those outside it last: name, lines with their objections, how many count."""
    names = [*(module.name for module in told.modules), *(line.module for line in told.courses), ""]
    found = []
    for name in sorted(dict.fromkeys(names), key=lambda one: one == ""):
        lines = [line for line in told.courses if line.module == name]
        pairs = [(line, objections.get(Point(Line.COURSE, line.code).about)) for line in lines]
        if lines:
            found.append((name, pairs, sum(line.counts for line in lines)))
    return found


def _short(told: Explanation) -> list[Finding]:
    """What stands between the student and graduation, as far as study goes; photos and degrees have pages of their own."""
    first = told.conclusions[0].book if told.conclusions else ""
    open_ = (Verdict.NOT_MET, Verdict.UNKNOWN)
    return [finding for finding in told.findings if finding.book == first and finding.verdict in open_]


def _clock(request: PageRequest, season: SeasonRow) -> dict[str, Any]:
    file = season_file(season.stem)
    spec, until = spec_of(file, Kind.OBJECTION), closing(file, Kind.OBJECTION).get(Clock.WINDOW)
    entry = file.calendar.get(spec.window or "") if spec else None
    return {"until": until, "entry": entry, "is_open": until is None or request.at < until}
