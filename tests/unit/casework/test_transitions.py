"""办理流转: every state × event × actor × before/after, asked of the one table."""

from itertools import product

import pytest

from biye.casework.core.transitions import TABLE, Clock, Guard, Refusal, Side, Situation, Transition, events, step
from biye.casework.core.words import Event, Kind, State, Who

EVERY_GUARD = frozenset(Guard)
MOMENTS = tuple(
    frozenset(clock for clock, is_past in zip(Clock, past, strict=True) if is_past)
    for past in product((False, True), repeat=2)
)


def rows_for(kind: Kind, state: State, event: Event, who: Who) -> list[Transition]:
    return [row for row in TABLE if (row.kind, row.state, row.event, row.who) == (kind, state, event, who)]


def in_time(row: Transition, passed: frozenset[Clock]) -> bool:
    return row.clock is None or (row.clock in passed) == (row.side is Side.AFTER)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_event_actor_and_moment_has_the_answer_of_the_table(kind: Kind) -> None:
    for state, event, who, passed in product(State, Event, Who, MOMENTS):
        rows = [row for row in rows_for(kind, state, event, who) if in_time(row, passed)]
        answer = step(kind, state, event, who, Situation(passed, EVERY_GUARD))
        if rows:
            assert answer == rows[0]
        else:
            assert isinstance(answer, Refusal)


def test_no_two_rows_could_apply_at_once() -> None:
    for row in TABLE:
        rivals = [other for other in rows_for(row.kind, row.state, row.event, row.who) if other is not row]
        for passed in MOMENTS:
            assert not (in_time(row, passed) and any(in_time(other, passed) for other in rivals))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.kind}-{row.state}-{row.event}-{row.who}")
def test_each_guard_alone_stops_its_row_and_says_so(row: Transition) -> None:
    passed = frozenset({row.clock}) if row.clock is not None and row.side is Side.AFTER else frozenset()
    for guard in row.guards:
        answer = step(row.kind, row.state, row.event, row.who, Situation(passed, EVERY_GUARD - {guard}))
        assert isinstance(answer, Refusal)
        assert [reason.code for reason in answer.reasons] == [guard.value]


def test_all_reasons_come_at_once_with_lateness_first() -> None:
    answer = step(
        Kind.COMPLETION, State.OPEN, Event.SUBMIT, Who.STUDENT, Situation(frozenset({Clock.WINDOW}), frozenset())
    )
    assert isinstance(answer, Refusal)
    assert [reason.code for reason in answer.reasons] == [
        "too_late",
        "route_open",
        "effects_accepted",
        "form_complete",
        "no_rival_choice",
    ]


def test_silence_is_never_a_signature() -> None:
    to_signed = [row for row in TABLE if row.next in (State.SIGNED, State.SIGNED_ON_SITE)]
    assert all(row.who is not Who.SYSTEM for row in to_signed)
    assert {row.who for row in TABLE if row.next is State.DEEMED} == {Who.SYSTEM}


def test_nobody_is_withdrawn_by_the_system_or_before_publicity_ends() -> None:
    approvals = [row for row in TABLE if row.kind is Kind.WITHDRAWAL and row.next is State.APPROVED]
    assert {row.who for row in approvals} == {Who.COLLEGE}
    assert all((row.clock, row.side) == (Clock.WINDOW, Side.AFTER) for row in approvals)


def test_late_paper_voids_an_application_and_only_the_college_can_still_take_it() -> None:
    past = Situation(frozenset(Clock), EVERY_GUARD)
    void = step(Kind.DEFERRAL, State.SUBMITTED, Event.SETTLE, Who.SYSTEM, past)
    assert isinstance(void, Transition)
    assert void.next is State.VOID
    assert isinstance(step(Kind.DEFERRAL, State.SUBMITTED, Event.RECEIVE_PAPER, Who.CENTRE, past), Refusal)
    late = step(Kind.DEFERRAL, State.VOID, Event.ACCEPT_LATE, Who.COLLEGE, past)
    assert isinstance(late, Transition)
    assert late.next is State.AT_COLLEGE


def test_every_state_but_the_first_is_reached_by_some_row() -> None:
    for kind in Kind:
        left = {row.state for row in TABLE if row.kind is kind}
        reached = {row.next for row in TABLE if row.kind is kind} | {State.OPEN}
        assert left <= reached


def test_events_lists_what_an_actor_may_try() -> None:
    assert events(Kind.SIGN_OFF, State.OPEN, Who.STUDENT) == (Event.SIGN, Event.UPLOAD)
    assert events(Kind.SIGN_OFF, State.SIGNED, Who.CENTRE) == ()
