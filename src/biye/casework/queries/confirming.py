"""预毕业确认: who passes and who does not, with each reason; who was agreed to; set by set, whatever the size of the season."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.results import (
    PAGE,
    Filter,
    ResultRow,
    favourable_rows,
    only_deciding,
    outcomes_of,
    page_of,
)
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.casework.models.case import Case
from biye.foundation.verdicts import Truth

CHOICES = (Kind.COMPLETION.value, Kind.DEFERRAL.value)
_UNDECIDED = tuple(state.value for state in UNDECIDED)


class Part(StrEnum):
    """预毕业确认的名单."""

    PASSING = "passing"
    FAILING = "failing"
    CHECKED = "checked"
    AGREED = "agreed"
    REFUSED = "refused"
    LOCKED = "locked"

    @property
    def chinese(self) -> str:
        """What people read."""
        return _PARTS[self]


_PARTS = {
    Part.PASSING: "可以同意毕业",
    Part.FAILING: "不符合",
    Part.CHECKED: "已初审，待复核",
    Part.AGREED: "已同意毕业",
    Part.REFUSED: "不同意",
    Part.LOCKED: "已锁定",
}
_STATES = {
    Part.CHECKED: State.CHECKED,
    Part.AGREED: State.APPROVED,
    Part.REFUSED: State.REJECTED,
    Part.LOCKED: State.LOCKED,
}


@dataclass(frozen=True, slots=True)
class Confirming:
    """预毕业确认 of one student; `standing` are reasons that stand with applications, beside those of the audit."""

    row: ResultRow
    case_id: int | None
    state: State | None
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmingPage:
    """一页; `after` asks for the next one."""

    rows: tuple[Confirming, ...]
    after: str


def part_counts(asker: Asker, season_id: int, run: Run) -> dict[Part, int]:
    """How many stand in each list."""
    cases = within(asker, Case.objects.filter(season_id=season_id, kind=Kind.PRE_CONFIRMATION)).order_by()
    by_state = dict(cases.values_list("state").annotate(Count("id")))
    counts = {part: by_state.get(state.value, 0) for part, state in _STATES.items()}
    candidates, good = _undecided(asker, season_id, run)
    found = candidates.order_by().aggregate(every=Count("student_id"), good=Count("student_id", filter=good))
    counts |= {Part.PASSING: found["good"], Part.FAILING: found["every"] - found["good"]}
    return {part: counts[part] for part in Part}


def confirming(
    asker: Asker, season_id: int, run: Run, part: Part, words: str = "", after: str = "", size: int = PAGE
) -> ConfirmingPage:
    """One page of a list, in the order of 学号."""
    found = _part(asker, season_id, run, part)
    if words:
        found = found.filter(Q(student__student_no__startswith=words) | Q(student__name__contains=words))
    page = page_of(found, run, after, size)
    rows = only_deciding(run, page.rows) if part is Part.FAILING else page.rows
    ids = [row.student_id for row in rows]
    kinds = (Kind.PRE_CONFIRMATION.value, *CHOICES)
    cases: dict[int, dict[str, tuple[int, State]]] = {}
    for student, kind, pk, state in Case.objects.filter(
        season_id=season_id, student_id__in=ids, kind__in=kinds
    ).values_list("student_id", "kind", "id", "state"):
        cases.setdefault(student, {})[kind] = (pk, State(state))
    return ConfirmingPage(tuple(_row(row, cases.get(row.student_id, {})) for row in rows), page.after)


def passing_ids(asker: Asker, season_id: int, run: Run) -> tuple[int, ...]:
    """Students to whom the college can agree now."""
    found = _part(asker, season_id, run, Part.PASSING).order_by("student_id")
    return tuple(found.values_list("student_id", flat=True))


def case_ids_in(asker: Asker, season_id: int, part: Part) -> tuple[int, ...]:
    """Cases of a list that has cases."""
    cases = Case.objects.filter(season_id=season_id, kind=Kind.PRE_CONFIRMATION, state=_STATES[part])
    return tuple(within(asker, cases).order_by("pk").values_list("pk", flat=True))


def _part(asker: Asker, season_id: int, run: Run, part: Part) -> QuerySet[Outcome]:
    if part in _STATES:
        cases = Case.objects.filter(season_id=season_id)
        chosen = _of(cases, Kind.PRE_CONFIRMATION, _STATES[part].value)
        return outcomes_of(asker, run, Filter(in_season=True)).filter(chosen)
    candidates, good = _undecided(asker, season_id, run)
    return candidates.filter(good if part is Part.PASSING else ~good)


def _undecided(asker: Asker, season_id: int, run: Run) -> tuple[QuerySet[Outcome], Q]:
    """Candidates of whom nothing was decided, and what lets one of them graduate."""
    cases = Case.objects.filter(season_id=season_id)
    decided = _of(cases, Kind.PRE_CONFIRMATION, *(state.value for state in _STATES.values()))
    concluded = Q(candidate=Truth.TRUE, conclusion__in=favourable_rows(run))
    granted = _of(cases, Kind.COMPLETION, State.APPROVED.value)
    stopped = _of(cases, Kind.DEFERRAL, State.APPROVED.value, *_UNDECIDED) | _of(cases, Kind.COMPLETION, *_UNDECIDED)
    return outcomes_of(asker, run, Filter(in_season=True)).exclude(decided), (concluded | granted) & ~stopped


def _of(cases: QuerySet[Case], kind: Kind, *states: str) -> Q:
    """Not correlated, so that it is read once, whatever the number of candidates."""
    return Q(student_id__in=cases.filter(kind=kind, state__in=states).order_by().values("student_id"))


def _row(row: ResultRow, cases: dict[str, tuple[int, State]]) -> Confirming:
    standing = []
    for kind in (Kind.COMPLETION, Kind.DEFERRAL):
        state = cases.get(kind.value, (0, State.OPEN))[1]
        if state in UNDECIDED:
            standing.append(f"{kind.chinese}：{state.chinese}")
        if state is State.APPROVED:
            standing.append("已获准结业" if kind is Kind.COMPLETION else "已获准延缓毕业")
    pk, stands = cases.get(Kind.PRE_CONFIRMATION.value, (None, None))
    return Confirming(row, pk, stands, tuple(standing))
