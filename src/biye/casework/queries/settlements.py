"""到期结转: the season's closing moments, and what silence came to at each."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.casework.core.settling import Due, due
from biye.casework.core.words import Kind
from biye.casework.models.settlement import Settlement
from biye.seasons.core.season import CalendarEntry
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """一个截止时刻: what it settles, and what came of it; `counts` is empty before."""

    entry: str
    calendar: CalendarEntry
    due: tuple[Due, ...]
    is_past: bool
    started_at: datetime | None
    finished_at: datetime | None
    counts: tuple[tuple[Kind, int], ...]


def settlements(asker: Asker, season_id: int, at: datetime) -> tuple[SettlementRow, ...]:
    """Every closing moment that settles anything, the earliest first; nothing for who may not settle."""
    if not asker.may(Permission.SETTLE_DEADLINES):
        return ()
    file = season_file(Season.objects.get(pk=season_id).stem)
    done = {one.entry: one for one in Settlement.objects.filter(season_id=season_id)}
    rows = []
    for name, entry in sorted(file.calendar.items(), key=lambda item: (item[1].until, item[0])):
        settles = due(file, name)
        one = done.get(name)
        if settles:
            counts = tuple((Kind(kind), many) for kind, many in one.counts.items()) if one else ()
            started, finished = (one.started_at, one.finished_at) if one else (None, None)
            rows.append(SettlementRow(name, entry, settles, entry.until <= at, started, finished, counts))
    return tuple(rows)


def due_entries(season_id: int, at: datetime) -> tuple[str, ...]:
    """Closing moments that have passed and settle something, for whatever runs by the clock."""
    file = season_file(Season.objects.get(pk=season_id).stem)
    past = sorted((entry.until, name) for name, entry in file.calendar.items() if entry.until <= at)
    return tuple(name for _, name in past if due(file, name))
