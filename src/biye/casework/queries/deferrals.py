"""缓毕业管理: applications for deferral as a list, with what the student gave as the reason."""

from dataclasses import dataclass
from typing import Any

from biye.accounts.core.asker import Asker
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Step
from biye.casework.queries.cases import PAGE, CaseRow, QueueFilter, in_turn, queue_counts, queued, row_of

REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class Deferral:
    """缓毕业申请; `reasons` field by field as it was written."""

    row: CaseRow
    reasons: tuple[tuple[str, str], ...]
    is_from_paper: bool


@dataclass(frozen=True, slots=True)
class DeferralPage:
    """一页."""

    rows: tuple[Deferral, ...]
    total: int


def deferrals(
    asker: Asker, season_id: int, state: State | None, text: str = "", start: int = 0, count: int = PAGE
) -> DeferralPage:
    """Who has waited longest stands first. Four queries."""
    chosen = QueueFilter(kinds=(Kind.DEFERRAL,), states=(state,) if state else (), text=text)
    found = queued(asker, season_id, chosen)
    on_paper = Step.objects.filter(event=Event.ENTER_FROM_PAPER)
    cases = in_turn(found, start, count)
    entered = set(on_paper.filter(case__in=[case.pk for case in cases]).values_list("case_id", flat=True))
    rows = tuple(Deferral(row_of(case), _reasons(case.form), case.pk in entered) for case in cases)
    return DeferralPage(rows, found.count())


def states_of_deferrals(asker: Asker, season_id: int) -> list[tuple[State, int]]:
    """How many stand how."""
    counts: dict[State, int] = {}
    for (kind, state, _), many in queue_counts(asker, season_id).items():
        if kind is Kind.DEFERRAL:
            counts[state] = counts.get(state, 0) + many
    return [(state, counts[state]) for state in State if state in counts]


def _reasons(form: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    said = form.get(REASONS)
    return tuple((field, str(text)) for field, text in said.items()) if isinstance(said, dict) else ()
