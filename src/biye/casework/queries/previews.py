"""某时刻的样子: what a season would look like at any moment if nobody did anything until then. Nothing is written."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.queries.scope import within
from biye.audit.queries.results import Filter, how_many, latest_run
from biye.casework.core.closing import closing
from biye.casework.core.desk import WAITING
from biye.casework.core.settling import due
from biye.casework.core.words import Kind, State, Who
from biye.casework.models.case import Case
from biye.casework.models.settlement import Settlement
from biye.casework.queries.workbench import workbench
from biye.seasons.core.season import CalendarEntry, Season


@dataclass(frozen=True, slots=True)
class Silence:
    """届时的沉默: how many would stand how by then, if nobody did anything."""

    kind: Kind
    after: State
    students: int


@dataclass(frozen=True, slots=True)
class Moment:
    """日程的一项 as it would stand then."""

    entry: CalendarEntry
    is_past: bool
    is_settled: bool
    silence: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """某时刻的样子. `closed`: kinds that can no longer be handed in by then; `open_steps`: chips of the workbench."""

    moments: tuple[Moment, ...]
    open_kinds: tuple[tuple[Kind, datetime | None], ...]
    closed_kinds: tuple[tuple[Kind, datetime], ...]
    waiting: int
    a_step_short: int | None
    steps: tuple[tuple[str, str, int], ...]


def preview(asker: Asker, season_id: int, season: Season, at: datetime) -> Preview:
    """Within the asker's scope; the same rules, another clock."""
    cases = within(asker, Case.objects.filter(season_id=season_id)).order_by()
    counts = {
        (Kind(kind), State(state)): many
        for kind, state, many in cases.values_list("kind", "state").annotate(Count("id"))
    }
    run = latest_run(asker, season_id)
    candidates = how_many(asker, run, Filter(in_season=True)) if run is not None else 0
    settled = set(Settlement.objects.filter(season_id=season_id).values_list("entry", flat=True))
    moments = tuple(
        Moment(entry, entry.until <= at, name in settled, _silence(season, name, counts, candidates))
        for name, entry in sorted(season.calendar.items(), key=lambda item: item[1].until)
    )
    kinds = [kind for kind in Kind if kind.value in season.routes or kind.value in season.tasks]
    ends = {kind: max(closing(season, kind).values(), default=None) for kind in kinds}
    # Student by student for a centre; a whole season is told by its counts.
    work = workbench(asker, season_id, season, at, count=0) if asker.role is Role.CENTRE else None
    return Preview(
        moments=moments,
        open_kinds=tuple((kind, until) for kind, until in ends.items() if until is None or until > at),
        closed_kinds=tuple((kind, until) for kind, until in ends.items() if until is not None and until <= at),
        waiting=sum(many for (_, state), many in counts.items() if state in WAITING[Who.COLLEGE]),
        a_step_short=work.everybody if work is not None else None,
        steps=work.chips if work is not None else (),
    )


def _silence(season: Season, name: str, counts: dict[tuple[Kind, State], int], candidates: int) -> tuple[Silence, ...]:
    found = []
    for one in due(season, name):
        students = sum(counts.get((one.kind, state), 0) for state in one.states)
        if one.everybody:
            students += max(candidates - sum(many for (kind, _), many in counts.items() if kind is one.kind), 0)
        found.append(Silence(one.kind, one.after, students))
    return tuple(found)
