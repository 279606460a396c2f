"""到期结转: which cases a closing moment of the calendar settles, and what silence comes to."""

from dataclasses import dataclass

from biye.casework.core.closing import entries
from biye.casework.core.transitions import TABLE, Clock, Guard
from biye.casework.core.words import Event, Kind, State
from biye.seasons.core.season import Season

ENTRY, UNTIL, PUBLISHED, PUBLICATION, SEEN, TOLD = "entry", "until", "published", "publication", "seen", "told"
"""In the detail of a settling step: calendar entry, its moment, fingerprint and number of what was published, when it
was last looked at, and what told the student of the deadline: the proof.
"""


@dataclass(frozen=True, slots=True)
class Due:
    """待结转: a kind of case that this moment settles. `everybody`: silence of who never began counts, too."""

    kind: Kind
    states: tuple[State, ...]
    everybody: bool
    after: State


def due(season: Season, entry: str) -> tuple[Due, ...]:
    """What a calendar entry settles, in the order of the transition table; nothing where silence has no effect."""
    found: list[Due] = []
    for kind in Kind:
        rows = [row for row in TABLE if row.kind is kind and row.event is Event.SETTLE]
        named = entries(season, kind)
        mine = [row for row in rows if named.get(row.clock or Clock.WINDOW) == entry]
        silent = any(Guard.SILENCE_COUNTS in row.guards for row in mine)
        if mine and not (silent and season.calendar[entry].silence != "no_objection"):
            found.append(Due(kind, tuple(row.state for row in mine), silent, mine[0].next))
    return tuple(found)
