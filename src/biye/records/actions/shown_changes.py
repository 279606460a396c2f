"""所示变动的告知: whoever changes what students are shown says so here; storeys above, where signatures are kept, listen."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from biye.foundation.actor import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class Change:
    """变动: of these students, or of everybody in a season where `students` is None."""

    at: datetime
    by: Actor = SYSTEM
    students: frozenset[int] | None = None
    season_id: int | None = None


Listener = Callable[[Change], None]
_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Register a listener; a package does it when it is loaded."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)
    return listener


def students_changed(students: Collection[int], *, at: datetime, by: Actor = SYSTEM) -> None:
    """Tell all listeners of these students, inside the transaction of the change."""
    if students:
        _tell(Change(at, by, frozenset(students)))


def season_changed(season_id: int, *, at: datetime, by: Actor) -> None:
    """Tell all listeners of a whole season, inside the transaction of the change."""
    _tell(Change(at, by, season_id=season_id))


def _tell(change: Change) -> None:
    for listener in _LISTENERS:
        listener(change)
