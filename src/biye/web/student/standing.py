"""我的公布: the season in which something was published to the student, with what every page after it needs to know."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from biye.accounts.queries.students import StudentCard
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import Explanation
from biye.casework.core.words import Kind, State
from biye.casework.queries.cases import CaseView, cases_of
from biye.casework.queries.sheets import Printed
from biye.seasons.core.season import Season as SeasonFile
from biye.seasons.queries.seasons import SeasonRow, season_file
from biye.web.shared.pages import PageRequest, existing
from biye.web.student.conclusion import newest_published, own


@dataclass(frozen=True)
class Standing:
    """我的公布 with the student's cases of the season."""

    card: StudentCard
    season: SeasonRow
    publication: Any
    explanation: Explanation
    cases: tuple[CaseView, ...]

    @cached_property
    def file(self) -> SeasonFile:
        """What the season's file says."""
        return season_file(self.season.stem)

    def case(self, kind: Kind) -> CaseView | None:
        """The newest case of a kind."""
        return next((case for case in self.cases if case.kind is kind), None)

    @property
    def states(self) -> dict[Kind, State]:
        """Each kind's newest state."""
        return {case.kind: case.state for case in reversed(self.cases)}


def standing(request: PageRequest) -> Standing | None:
    """None before anything is published to the student."""
    card = own(request)
    found = newest_published(request, card)
    if found is None:
        return None
    season, publication, document = found
    cases = cases_of(request.asker, season.id, card.student_no)
    return Standing(card, season, publication, explanation(document), cases)


def published_to(request: PageRequest) -> Standing:
    """The same where there has to be one; no such page otherwise."""
    return existing(standing(request))


def as_file(printed: Printed) -> HttpResponse:
    """A sheet to be printed, always as a file of its own."""
    answer = HttpResponse(printed.content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, printed.name) or "attachment"
    return answer
