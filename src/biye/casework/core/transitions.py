"""办理流转: every state × event × actor × guard → next. Code, documentation and tests read this one table.

A clock names which closing moment a row looks at: `window` (the online one) or `paper` (the signed sheet's).
`before` and `after` are about that moment; a row without a clock holds at any time.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from biye.casework.core.words import Event, Kind, State, Who
from biye.foundation.errors import Reason


class Clock(StrEnum):
    """时限: which closing moment counts."""

    WINDOW = "window"
    PAPER = "paper"


class Side(StrEnum):
    """Before or after the closing moment; the moment itself is after."""

    BEFORE = "before"
    AFTER = "after"


class Guard(StrEnum):
    """条件: what must hold besides state, actor and time; the reason's code when it does not."""

    ROUTE_OPEN = "route_open"
    EFFECTS_ACCEPTED = "effects_accepted"
    FORM_COMPLETE = "form_complete"
    EVIDENCE_COMPLETE = "evidence_complete"
    SHOWN_UNCHANGED = "shown_unchanged"
    REASON_GIVEN = "reason_given"
    SECOND_PERSON = "second_person"
    NO_RIVAL_CHOICE = "no_rival_choice"
    CHOICE_SETTLED = "choice_settled"
    NOT_FROZEN = "not_frozen"
    PUBLICITY_OVER = "publicity_over"
    DELIVERED = "delivered"
    SILENCE_COUNTS = "silence_counts"
    WITNESS_PRESENT = "witness_present"
    FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True)
class Transition:
    """流转: one row."""

    kind: Kind
    state: State
    event: Event
    who: Who
    next: State
    clock: Clock | None = None
    side: Side | None = None
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """情形: what is so at this moment. A clock the season does not set never closes."""

    passed: frozenset[Clock] = frozenset()
    holds: frozenset[Guard] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Refusal:
    """不能办理: why nothing happens, all reasons at once."""

    reasons: tuple[Reason, ...]


_S, _C, _K, _Y = Who.STUDENT, Who.CENTRE, Who.COLLEGE, Who.SYSTEM
_W_BEFORE = (Clock.WINDOW, Side.BEFORE)
_W_AFTER = (Clock.WINDOW, Side.AFTER)
_P_BEFORE = (Clock.PAPER, Side.BEFORE)
_P_AFTER = (Clock.PAPER, Side.AFTER)
_ANY: tuple[None, None] = (None, None)
_Time = tuple[Clock | None, Side | None]


def _row(
    kind: Kind, states: State | tuple[State, ...], event: Event, who: Who, then: State, time: _Time, *guards: Guard
) -> tuple[Transition, ...]:
    several = states if isinstance(states, tuple) else (states,)
    return tuple(Transition(kind, state, event, who, then, *time, guards) for state in several)


def _record_check() -> tuple[Transition, ...]:
    kind, undecided = Kind.RECORD_CHECK, (State.OPEN, State.DISPUTED, State.LAPSED)
    return (
        *_row(kind, undecided, Event.CONFIRM, _S, State.CONFIRMED, _W_BEFORE, Guard.SHOWN_UNCHANGED),
        *_row(kind, undecided, Event.CONFIRM, _C, State.CONFIRMED, _W_BEFORE, Guard.WITNESS_PRESENT),
        *_row(kind, (State.OPEN, State.LAPSED), Event.DISPUTE, _S, State.DISPUTED, _W_BEFORE),
        *_row(kind, State.CONFIRMED, Event.REOPEN, _S, State.OPEN, _W_BEFORE),
        *_row(kind, (State.CONFIRMED, State.DEEMED), Event.LAPSE, _Y, State.LAPSED, _ANY),
        # Whoever said 有误 was not silent: their objection or correction goes its own way.
        *_row(kind, (State.OPEN, State.LAPSED), Event.SETTLE, _Y, State.DEEMED, _W_AFTER, Guard.SILENCE_COUNTS),
    )


def _sign_off() -> tuple[Transition, ...]:
    kind, unsigned = Kind.SIGN_OFF, (State.OPEN, State.LAPSED)
    signed = (State.SIGNED, State.SIGNED_ON_SITE, State.DEEMED, State.UPLOADED)
    return (
        *_row(kind, unsigned, Event.SIGN, _S, State.SIGNED, _W_BEFORE, Guard.SHOWN_UNCHANGED, Guard.CHOICE_SETTLED),
        *_row(kind, unsigned, Event.UPLOAD, _S, State.UPLOADED, _W_BEFORE, Guard.SHOWN_UNCHANGED, Guard.CHOICE_SETTLED),
        *_row(kind, State.UPLOADED, Event.ACCEPT_UPLOAD, _C, State.SIGNED, _ANY),
        *_row(kind, State.UPLOADED, Event.RETURN, _C, State.OPEN, _ANY, Guard.REASON_GIVEN),
        *_row(
            kind, unsigned, Event.SIGN_ON_SITE, _C, State.SIGNED_ON_SITE, _W_BEFORE,
            Guard.WITNESS_PRESENT, Guard.SHOWN_UNCHANGED, Guard.CHOICE_SETTLED,
        ),
        *_row(kind, (*unsigned, State.DEEMED), Event.ACCEPT_LATE, _K, State.SIGNED_ON_SITE, _W_AFTER, Guard.REASON_GIVEN),
        *_row(kind, signed, Event.LAPSE, _Y, State.LAPSED, _ANY),
        *_row(kind, unsigned, Event.SETTLE, _Y, State.DEEMED, _W_AFTER, Guard.SILENCE_COUNTS),
    )  # fmt: skip


def _application(kind: Kind) -> tuple[Transition, ...]:
    """申请结业 and 申请延缓毕业: online first, then signed paper; two clocks."""
    startable = (State.OPEN, State.RETURNED, State.WITHDRAWN)
    at_college = (State.AT_COLLEGE, State.CHECKED)
    gates = (Guard.ROUTE_OPEN, Guard.EFFECTS_ACCEPTED, Guard.FORM_COMPLETE, Guard.NO_RIVAL_CHOICE)
    return (
        *_row(kind, startable, Event.SUBMIT, _S, State.SUBMITTED, _W_BEFORE, *gates),
        *_row(kind, startable, Event.ENTER_FROM_PAPER, _C, State.PAPER_RECEIVED, _P_BEFORE, *gates),
        *_row(kind, State.SUBMITTED, Event.RECEIVE_PAPER, _C, State.PAPER_RECEIVED, _P_BEFORE),
        # A sheet laid to the wrong student: it did not come in.
        *_row(kind, State.PAPER_RECEIVED, Event.TAKE_BACK, _C, State.SUBMITTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, (State.SUBMITTED, State.PAPER_RECEIVED), Event.WITHDRAW, _S, State.WITHDRAWN, _W_BEFORE),
        *_row(kind, State.SUBMITTED, Event.SETTLE, _Y, State.VOID, _P_AFTER),
        *_row(kind, (State.SUBMITTED, State.PAPER_RECEIVED), Event.RETURN, _C, State.RETURNED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, State.PAPER_RECEIVED, Event.FORWARD, _C, State.AT_COLLEGE, _ANY),
        *_row(kind, State.AT_COLLEGE, Event.CHECK, _K, State.CHECKED, _ANY),
        *_row(kind, at_college, Event.APPROVE, _K, State.APPROVED, _ANY, Guard.SECOND_PERSON),
        *_row(kind, at_college, Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, at_college, Event.RETURN, _K, State.RETURNED, _ANY, Guard.REASON_GIVEN),
        *_row(
            kind, (State.CHECKED, State.APPROVED, State.REJECTED), Event.TAKE_BACK, _K, State.AT_COLLEGE, _ANY,
            Guard.REASON_GIVEN, Guard.NOT_FROZEN,
        ),
        *_row(
            kind, (State.VOID, State.OPEN, State.RETURNED), Event.ACCEPT_LATE, _K, State.AT_COLLEGE, _P_AFTER,
            Guard.REASON_GIVEN, Guard.NOT_FROZEN,
        ),
    )  # fmt: skip


def _correction() -> tuple[Transition, ...]:
    kind, startable = Kind.CORRECTION, (State.OPEN, State.RETURNED, State.WITHDRAWN)
    gates = (Guard.FORM_COMPLETE, Guard.EVIDENCE_COMPLETE, Guard.NOT_FROZEN)
    moving = (State.SUBMITTED, State.PAPER_RECEIVED)
    return (
        *_row(kind, startable, Event.SUBMIT, _S, State.SUBMITTED, _W_BEFORE, *gates),
        *_row(kind, startable, Event.ENTER_FROM_PAPER, _C, State.PAPER_RECEIVED, _P_BEFORE, *gates),
        *_row(kind, State.SUBMITTED, Event.RECEIVE_PAPER, _C, State.PAPER_RECEIVED, _P_BEFORE),
        # A sheet laid to the wrong student: it did not come in.
        *_row(kind, State.PAPER_RECEIVED, Event.TAKE_BACK, _C, State.SUBMITTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, moving, Event.WITHDRAW, _S, State.WITHDRAWN, _ANY),
        *_row(kind, moving, Event.RETURN, _C, State.RETURNED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, State.SUBMITTED, Event.SETTLE, _Y, State.VOID, _P_AFTER),
        *_row(kind, State.PAPER_RECEIVED, Event.FORWARD, _C, State.AT_COLLEGE, _ANY, Guard.NOT_FROZEN),
        *_row(kind, State.AT_COLLEGE, Event.FORWARD_TO_PROVINCE, _K, State.AT_PROVINCE, _ANY),
        *_row(kind, (State.AT_COLLEGE, State.AT_PROVINCE), Event.APPROVE, _K, State.APPROVED, _ANY, Guard.NOT_FROZEN),
        *_row(kind, (State.AT_COLLEGE, State.AT_PROVINCE), Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, State.AT_COLLEGE, Event.RETURN, _K, State.RETURNED, _ANY, Guard.REASON_GIVEN),
        *_row(
            kind, (State.VOID, State.OPEN, State.RETURNED), Event.ACCEPT_LATE, _K, State.AT_COLLEGE, _W_AFTER,
            Guard.REASON_GIVEN, Guard.NOT_FROZEN,
        ),
    )  # fmt: skip


def _objection() -> tuple[Transition, ...]:
    kind = Kind.OBJECTION
    answered = (State.APPROVED, State.REJECTED)
    return (
        *_row(kind, State.OPEN, Event.SUBMIT, _S, State.SUBMITTED, _W_BEFORE, Guard.FORM_COMPLETE),
        *_row(kind, State.OPEN, Event.ENTER_FROM_PAPER, _C, State.AT_COLLEGE, _W_BEFORE, Guard.FORM_COMPLETE),
        *_row(kind, State.SUBMITTED, Event.FORWARD, _C, State.AT_COLLEGE, _ANY),
        *_row(kind, State.SUBMITTED, Event.REJECT, _C, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, (State.SUBMITTED, State.AT_COLLEGE), Event.WITHDRAW, _S, State.WITHDRAWN, _ANY),
        *_row(kind, (State.SUBMITTED, State.AT_COLLEGE), Event.APPROVE, _K, State.APPROVED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, (State.SUBMITTED, State.AT_COLLEGE), Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, answered, Event.TAKE_BACK, _K, State.AT_COLLEGE, _ANY, Guard.REASON_GIVEN, Guard.NOT_FROZEN),
        *_row(kind, State.OPEN, Event.ACCEPT_LATE, _K, State.AT_COLLEGE, _W_AFTER, Guard.REASON_GIVEN),
    )


def _degree() -> tuple[Transition, ...]:
    kind, startable = Kind.DEGREE, (State.OPEN, State.RETURNED, State.WITHDRAWN)
    at_college = (State.AT_COLLEGE, State.CHECKED)
    return (
        *_row(kind, startable, Event.SUBMIT, _S, State.SUBMITTED, _W_BEFORE, Guard.ROUTE_OPEN, Guard.EFFECTS_ACCEPTED),
        *_row(kind, startable, Event.ENTER_FROM_PAPER, _C, State.SUBMITTED, _W_BEFORE, Guard.ROUTE_OPEN),
        *_row(kind, State.SUBMITTED, Event.WITHDRAW, _S, State.WITHDRAWN, _W_BEFORE),
        *_row(kind, State.SUBMITTED, Event.RETURN, _C, State.RETURNED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, State.SUBMITTED, Event.FORWARD, _C, State.AT_COLLEGE, _ANY),
        *_row(kind, State.AT_COLLEGE, Event.CHECK, _K, State.CHECKED, _ANY),
        *_row(kind, at_college, Event.APPROVE, _K, State.APPROVED, _ANY, Guard.SECOND_PERSON),
        *_row(kind, at_college, Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(
            kind, (State.CHECKED, State.APPROVED, State.REJECTED), Event.TAKE_BACK, _K, State.AT_COLLEGE, _ANY,
            Guard.REASON_GIVEN, Guard.NOT_FROZEN,
        ),
        *_row(kind, startable, Event.ACCEPT_LATE, _K, State.AT_COLLEGE, _W_AFTER, Guard.REASON_GIVEN, Guard.NOT_FROZEN),
        *_row(kind, startable, Event.SETTLE, _Y, State.MISSED, _W_AFTER),
    )  # fmt: skip


def _appraisal() -> tuple[Transition, ...]:
    kind, editable = Kind.APPRAISAL, (State.OPEN, State.SAVED, State.RETURNED)
    return (
        *_row(kind, editable, Event.SAVE, _S, State.SAVED, _ANY),
        *_row(kind, editable, Event.SUBMIT, _S, State.SUBMITTED, _ANY, Guard.FORM_COMPLETE),
        *_row(
            kind, (State.OPEN, State.RETURNED), Event.ENTER_FROM_PAPER, _C, State.SUBMITTED, _ANY, Guard.FORM_COMPLETE
        ),
        *_row(kind, State.SUBMITTED, Event.REOPEN, _S, State.SAVED, _ANY, Guard.NOT_FROZEN),
        *_row(kind, State.SUBMITTED, Event.RETURN, _C, State.RETURNED, _ANY, Guard.REASON_GIVEN),
    )


def _pre_confirmation() -> tuple[Transition, ...]:
    kind, undecided = Kind.PRE_CONFIRMATION, (State.OPEN, State.CHECKED)
    gates = (Guard.FAVOURABLE, Guard.CHOICE_SETTLED)
    return (
        *_row(kind, State.OPEN, Event.CHECK, _K, State.CHECKED, _ANY, *gates),
        *_row(kind, undecided, Event.APPROVE, _K, State.APPROVED, _ANY, *gates, Guard.SECOND_PERSON),
        *_row(kind, undecided, Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(
            kind, (State.CHECKED, State.APPROVED, State.REJECTED), Event.TAKE_BACK, _K, State.OPEN, _ANY,
            Guard.REASON_GIVEN, Guard.NOT_FROZEN,
        ),
        *_row(kind, (State.CHECKED, State.APPROVED), Event.LAPSE, _Y, State.OPEN, _ANY, Guard.NOT_FROZEN),
        *_row(kind, State.APPROVED, Event.LOCK, _K, State.LOCKED, _ANY),
    )  # fmt: skip


def _withdrawal() -> tuple[Transition, ...]:
    """退学: proposed, announced with proof of delivery, open to appeal, decided by a person; never automatic."""
    kind = Kind.WITHDRAWAL
    return (
        *_row(kind, (State.OPEN, State.WITHDRAWN), Event.PROPOSE, _K, State.SUBMITTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, State.SUBMITTED, Event.ANNOUNCE, _K, State.PUBLIC, _ANY, Guard.DELIVERED, Guard.NO_RIVAL_CHOICE),
        *_row(kind, State.PUBLIC, Event.APPEAL, _S, State.APPEALED, _W_BEFORE, Guard.REASON_GIVEN),
        *_row(kind, State.PUBLIC, Event.APPEAL, _C, State.APPEALED, _W_BEFORE, Guard.REASON_GIVEN),
        *_row(
            kind, State.PUBLIC, Event.APPROVE, _K, State.APPROVED, _W_AFTER,
            Guard.PUBLICITY_OVER, Guard.SECOND_PERSON, Guard.NO_RIVAL_CHOICE,
        ),
        *_row(kind, State.APPEALED, Event.APPROVE, _K, State.APPROVED, _W_AFTER, Guard.REASON_GIVEN, Guard.SECOND_PERSON),
        *_row(kind, State.APPEALED, Event.REJECT, _K, State.REJECTED, _ANY, Guard.REASON_GIVEN),
        *_row(kind, (State.SUBMITTED, State.PUBLIC), Event.TAKE_BACK, _K, State.WITHDRAWN, _ANY, Guard.REASON_GIVEN),
    )  # fmt: skip


TABLE: tuple[Transition, ...] = (
    *_record_check(),
    *_correction(),
    *_objection(),
    *_sign_off(),
    *_application(Kind.COMPLETION),
    *_application(Kind.DEFERRAL),
    *_degree(),
    *_appraisal(),
    *_pre_confirmation(),
    *_withdrawal(),
)
_BY_KEY = {
    key: tuple(rows)
    for key, rows in groupby(
        sorted(TABLE, key=lambda t: (t.kind, t.state, t.event, t.who)), lambda t: (t.kind, t.state, t.event, t.who)
    )
}


def step(kind: Kind, state: State, event: Event, who: Who, situation: Situation) -> Transition | Refusal:
    """办理一步: the row that applies, or every reason why none does."""
    rows = _BY_KEY.get((kind, state, event, who), ())
    if not rows:
        return Refusal((Reason("not_possible_now", {"kind": kind, "state": state, "event": event, "who": who}),))
    reasons: list[Reason] = []
    for row in rows:
        missing = _missing(row, situation)
        if not missing:
            return row
        reasons.extend(missing)
    return Refusal(tuple(reasons))


def _missing(row: Transition, situation: Situation) -> tuple[Reason, ...]:
    reasons = [Reason(guard.value) for guard in row.guards if guard not in situation.holds]
    if row.clock is not None:
        passed = row.clock in situation.passed
        if passed and row.side is Side.BEFORE:
            reasons.insert(0, Reason("too_late", {"clock": row.clock}))
        if not passed and row.side is Side.AFTER:
            reasons.insert(0, Reason("too_early", {"clock": row.clock}))
    return tuple(reasons)


def events(kind: Kind, state: State, who: Who) -> tuple[Event, ...]:
    """What this actor may try at all in this state, in the order of the table."""
    return tuple(dict.fromkeys(t.event for t in TABLE if (t.kind, t.state, t.who) == (kind, state, who)))
