"""办理台: which cases wait for whom, which acts need nothing but a click (and perhaps a reason), and how an act is undone."""

from collections.abc import Mapping

from biye.casework.core.transitions import TABLE, Guard
from biye.casework.core.words import Event, Kind, State, Who

OWN_PAGES = frozenset({Kind.PRE_CONFIRMATION, Kind.WITHDRAWAL})
"""These have lists of their own, and no place in the queue."""
WAITING: Mapping[Who, tuple[State, ...]] = {
    Who.CENTRE: (State.SUBMITTED, State.PAPER_RECEIVED, State.UPLOADED),
    Who.COLLEGE: (State.AT_COLLEGE, State.CHECKED, State.AT_PROVINCE),
}
"""待办: what lies on whose desk."""
BULK_KINDS = (Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE)
"""成批办理 is for applications; an objection or a correction is read one by one."""

# What the spine finds out by itself: acts that ask for nothing else need only a click.
_FOUND_OUT = frozenset(
    {
        Guard.ROUTE_OPEN,
        Guard.NO_RIVAL_CHOICE,
        Guard.CHOICE_SETTLED,
        Guard.NOT_FROZEN,
        Guard.SECOND_PERSON,
        Guard.SILENCE_COUNTS,
        Guard.PUBLICITY_OVER,
        Guard.FAVOURABLE,
        Guard.REASON_GIVEN,
    }
)
# Granting these writes into the record, and a correction goes on once every original was held in somebody's hands:
# pages of their own do that.
_OWN_FORMS = frozenset(
    {(Kind.CORRECTION, Event.FORWARD), (Kind.CORRECTION, Event.APPROVE), (Kind.OBJECTION, Event.APPROVE)}
)
_UNDOING: Mapping[tuple[Event, Who], Event] = {
    (Event.CHECK, Who.COLLEGE): Event.TAKE_BACK,
    (Event.APPROVE, Who.COLLEGE): Event.TAKE_BACK,
    (Event.REJECT, Who.COLLEGE): Event.TAKE_BACK,
    (Event.PROPOSE, Who.COLLEGE): Event.TAKE_BACK,
    (Event.RECEIVE_PAPER, Who.CENTRE): Event.TAKE_BACK,
}


def is_plain(kind: Kind, event: Event, who: Who) -> bool:
    """一键可办: does the act need nothing but a click and, where the table says so, a reason?"""
    asked = {guard for row in TABLE if (row.kind, row.event, row.who) == (kind, event, who) for guard in row.guards}
    return asked <= _FOUND_OUT and (kind, event) not in _OWN_FORMS


def needs_reason(kind: Kind, state: State, event: Event, who: Who) -> bool:
    """Does the table ask for a reason?"""
    rows = (row for row in TABLE if (row.kind, row.state, row.event, row.who) == (kind, state, event, who))
    return any(Guard.REASON_GIVEN in row.guards for row in rows)


def undoing(event: Event, who: Who) -> Event | None:
    """撤销 of an act by the same desk; None where it cannot be undone."""
    return _UNDOING.get((event, who))
