"""截止时刻: which moments of a season close a kind of case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from biye.casework.core.transitions import Clock
from biye.casework.core.words import Kind
from biye.seasons.core.season import RouteSpec, Season, TaskSpec

NOTICE = "notice"
"""What an objection is about when it is about the public notice (公示)."""
APPEAL_UNTIL = "appeal_until"
_NEEDS_PAPER = frozenset({Kind.COMPLETION, Kind.DEFERRAL, Kind.CORRECTION})


def spec_of(season: Season, kind: Kind, about: str = "") -> RouteSpec | TaskSpec | None:
    """What the season's file says of this kind of case; None where it says nothing."""
    if kind is Kind.OBJECTION and about.startswith(NOTICE):
        return season.routes.get("notice_objection")
    return season.routes.get(kind.value) or season.tasks.get(kind.value)  # type: ignore[call-overload]


def closing(
    season: Season, kind: Kind, about: str = "", form: Mapping[str, Any] | None = None
) -> dict[Clock, datetime]:
    """Each clock's closing moment; a clock that is not here never closes.

    An application with signed paper but no time of its own online closes online when the paper does. A withdrawal's
    window is the time for appeals, kept with the case when the proposal was delivered.
    """
    if kind is Kind.WITHDRAWAL:
        until = (form or {}).get(APPEAL_UNTIL)
        return {Clock.WINDOW: datetime.fromisoformat(until)} if until else {}
    return {clock: season.calendar[entry].until for clock, entry in entries(season, kind, about).items()}


def entries(season: Season, kind: Kind, about: str = "") -> dict[Clock, str]:
    """Each clock's entry in the calendar."""
    spec = spec_of(season, kind, about)
    if spec is None:
        return {}
    found = {Clock.WINDOW: spec.window or spec.paper, Clock.PAPER: spec.paper if kind in _NEEDS_PAPER else None}
    return {clock: entry for clock, entry in found.items() if entry}


def passed(closes: Mapping[Clock, datetime], at: datetime) -> frozenset[Clock]:
    """Clocks that have run out; the closing moment itself is too late."""
    return frozenset(clock for clock, moment in closes.items() if moment <= at)


def silence_counts(season: Season, kind: Kind) -> bool:
    """Does the notice say that silence counts as no objection (逾期视为无异议)?"""
    spec = spec_of(season, kind)
    return spec is not None and bool(spec.window) and season.calendar[str(spec.window)].silence == "no_objection"
