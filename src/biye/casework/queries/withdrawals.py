"""退学处理: whom the season's file names for a proposal, and the proposals under way; a person decides, never the system."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from biye.accounts.core.asker import Asker
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.results import (
    PAGE,
    Filter,
    ResultRow,
    cleaning_up,
    favourable_rows,
    only_deciding,
    outcomes_of,
    page_of,
)
from biye.casework.core.closing import closing
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.casework.models.case import Case
from biye.casework.queries.cases import CaseRow, QueueFilter, queued, row_of
from biye.seasons.core.season import Season
from biye.seasons.queries.people import people_q
from biye.seasons.queries.schools import school

UNDER_WAY = (State.SUBMITTED, State.PUBLIC, State.APPEALED, State.APPROVED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class LastChance:
    """最后机会: students of an intake that does not come again. `waits_until`: nobody is proposed before that moment."""

    question: str
    outcome: str
    clause: str
    waits_until: datetime | None
    rows: tuple[ResultRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CleanUp:
    """学籍清理: students whose status says that they have left already."""

    rows: tuple[ResultRow, ...]
    total: int
    why: tuple[tuple[str, str], ...]  # status, why


@dataclass(frozen=True, slots=True)
class Proposal:
    """退学处理 under way; `appeal_until` from its delivery on."""

    row: CaseRow
    appeal_until: datetime | None


def last_chance(asker: Asker, run: Run, season: Season, at: datetime, size: int = PAGE) -> LastChance | None:
    """Whom it concerns and who has neither met the conditions nor been granted another way; None where the season says nothing."""
    rule = season.last_chance
    if rule is None:
        return None
    moments = [until for name in rule.after for until in closing(season, Kind(name)).values()]
    latest = max(moments, default=None)
    found = _unsettled(asker, run, season)
    short = {document.id: document.short for document in season.documents}
    return LastChance(
        question=rule.question,
        outcome=rule.outcome,
        clause=short.get(rule.source.document, "") + rule.source.clause,
        waits_until=latest if latest is not None and latest > at else None,
        rows=only_deciding(run, page_of(found, run, size=size).rows),
        total=found.count(),
    )


def may_be_proposed(asker: Asker, run: Run, season: Season, at: datetime) -> QuerySet[Outcome]:
    """Everybody who may be proposed at this moment."""
    chance = season.last_chance
    waits = chance is not None and any(
        until > at for name in chance.after for until in closing(season, Kind(name)).values()
    )
    gone = _left(asker, run, _statuses(asker, run, season))
    return gone if chance is None or waits else gone | _unsettled(asker, run, season)


def clean_up(asker: Asker, run: Run, season: Season, size: int = PAGE) -> CleanUp:
    """Those of a status that the season's file wants settled."""
    statuses = _statuses(asker, run, season)
    found = _left(asker, run, statuses)
    return CleanUp(only_deciding(run, page_of(found, run, size=size).rows), found.count(), tuple(statuses.items()))


def proposals(asker: Asker, season_id: int, states: tuple[State, ...] = UNDER_WAY) -> tuple[Proposal, ...]:
    """Proposals under way, who has waited longest first."""
    chosen = QueueFilter(kinds=(Kind.WITHDRAWAL,), states=states)
    return tuple(
        Proposal(row_of(case), _moment(case.form.get("appeal_until")))
        for case in queued(asker, season_id, chosen).order_by("changed_at", "id")[: 10 * PAGE]
    )


def _unsettled(asker: Asker, run: Run, season: Season) -> QuerySet[Outcome]:
    if season.last_chance is None:
        return outcomes_of(asker, run).none()
    kinds = [kind for kind in season.last_chance.after if kind in set(Kind)]
    cases = Case.objects.filter(season_id=run.season_id, kind__in=kinds)
    living = cases.filter(state__in=(*UNDECIDED, State.APPROVED)).order_by().values("student_id")
    found = outcomes_of(asker, run, Filter(in_season=True)).filter(people_q(season.last_chance.for_, "student__"))
    return _without_case(found.exclude(conclusion__in=favourable_rows(run)).exclude(student_id__in=living), run)


def _left(asker: Asker, run: Run, statuses: Iterable[str]) -> QuerySet[Outcome]:
    wanted = Q(student__status__in=list(statuses))
    return _without_case(outcomes_of(asker, run).exclude(candidate=1).filter(wanted), run)


def _statuses(asker: Asker, run: Run, season: Season) -> dict[str, str]:
    wanted = {meaning for meaning, one in season.excluded.items() if one.clean_up}
    return {row.status: row.why for row in cleaning_up(asker, run) if school().meaning(row.status) in wanted}


def _without_case(found: QuerySet[Outcome], run: Run) -> QuerySet[Outcome]:
    there = Case.objects.filter(season_id=run.season_id, kind=Kind.WITHDRAWAL).exclude(
        state__in=(State.OPEN, State.WITHDRAWN)
    )
    return found.exclude(student_id__in=there.order_by().values("student_id"))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
