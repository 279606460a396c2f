"""办理流转: every state × event × actor × before/after, asked of the one table."""

from itertools import product

import pytest

from biye.casework.core.transitions import TABLE, Clock, Guard, Refusal, Side, Situation, Transition, events, step
from biye.casework.core.words import UNDECIDED, Event, Kind, State, Who

EVERY_GUARD = frozenset(Guard)
MOMENTS = tuple(
    frozenset(clock for clock, is_past in zip(Clock, past, strict=True) if is_past)
    for past in product((False, True), repeat=len(Clock))
)
NEVER = "not_possible_now"
ENDS = {
    Kind.CORRECTION: {State.APPROVED, State.REJECTED},
    Kind.OBJECTION: {State.WITHDRAWN},
    Kind.DEGREE: {State.MISSED},
    Kind.PRE_CONFIRMATION: {State.LOCKED},
    Kind.WITHDRAWAL: {State.APPROVED, State.REJECTED},
}
"""Where nothing can happen any more, as the notices have it; every other state has a way on."""


def rows_for(kind: Kind, state: State, event: Event, who: Who) -> list[Transition]:
    return [row for row in TABLE if (row.kind, row.state, row.event, row.who) == (kind, state, event, who)]


def in_time(row: Transition, passed: frozenset[Clock]) -> bool:
    return row.clock is None or (row.clock in passed) == (row.side is Side.AFTER)


def lateness(row: Transition) -> str:
    return "too_early" if row.side is Side.AFTER else "too_late"


def late(row: Transition, passed: frozenset[Clock]) -> list[str]:
    return [] if in_time(row, passed) else [lateness(row)]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_event_actor_and_moment_has_the_answer_of_the_table(kind: Kind) -> None:
    """All that is asked for is there: only state, actor and time decide, and the refusal says which of them it was."""
    for state, event, who, passed in product(State, Event, Who, MOMENTS):
        rows = rows_for(kind, state, event, who)
        answer = step(kind, state, event, who, Situation(passed, EVERY_GUARD))
        if open_rows := [row for row in rows if in_time(row, passed)]:
            assert [answer] == open_rows
        else:
            assert isinstance(answer, Refusal)
            assert [reason.code for reason in answer.reasons] == ([lateness(row) for row in rows] or [NEVER])


@pytest.mark.parametrize("kind", list(Kind))
def test_every_state_event_actor_and_moment_says_all_that_is_missing(kind: Kind) -> None:
    """Nothing that is asked for is there: whatever asks for nothing goes on, and everything else says all of it."""
    for state, event, who, passed in product(State, Event, Who, MOMENTS):
        rows = rows_for(kind, state, event, who)
        answer = step(kind, state, event, who, Situation(passed, frozenset()))
        if free := [row for row in rows if in_time(row, passed) and not row.guards]:
            assert [answer] == free
        else:
            assert isinstance(answer, Refusal)
            wanted = [code for row in rows for code in (*late(row, passed), *(guard.value for guard in row.guards))]
            assert [reason.code for reason in answer.reasons] == (wanted or [NEVER])


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


def test_only_these_four_kinds_are_looked_at_by_two_people() -> None:
    """初审 leads to 复核: one of the college checks, one approves; it can be taken back as long as nothing is locked."""
    kinds = (Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE, Kind.PRE_CONFIRMATION)
    into = {(row.kind, row.state, row.who) for row in TABLE if row.event is Event.CHECK}
    assert into == {
        (kind, State.OPEN if kind is Kind.PRE_CONFIRMATION else State.AT_COLLEGE, Who.COLLEGE) for kind in kinds
    }
    assert {row.next for row in TABLE if row.event is Event.CHECK} == {State.CHECKED}
    assert {row.kind for row in TABLE if State.CHECKED in (row.state, row.next)} == set(kinds)
    approving = [row for row in TABLE if row.kind in kinds and row.event is Event.APPROVE]
    assert {row.state for row in approving} == {State.OPEN, State.AT_COLLEGE, State.CHECKED}
    assert all(Guard.SECOND_PERSON in row.guards for row in approving)


@pytest.mark.parametrize(
    ("kind", "events"),
    [
        (Kind.COMPLETION, {Event.APPROVE, Event.REJECT, Event.RETURN, Event.TAKE_BACK}),
        (Kind.DEFERRAL, {Event.APPROVE, Event.REJECT, Event.RETURN, Event.TAKE_BACK}),
        (Kind.DEGREE, {Event.APPROVE, Event.REJECT, Event.TAKE_BACK}),
        (Kind.PRE_CONFIRMATION, {Event.APPROVE, Event.REJECT, Event.TAKE_BACK, Event.LAPSE}),
    ],
)
def test_what_was_checked_waits_for_the_college_alone(kind: Kind, events: set[Event]) -> None:
    rows = [row for row in TABLE if (row.kind, row.state) == (kind, State.CHECKED)]
    assert {row.event for row in rows} == events
    assert {row.who for row in rows if row.event is not Event.LAPSE} == {Who.COLLEGE}
    assert {row.clock for row in rows} == {None}


def test_who_does_what() -> None:
    """Students never decide, centres never approve, and the system only settles and lapses."""
    done = {who: {row.event for row in TABLE if row.who is who} for who in Who}
    assert done[Who.SYSTEM] == {Event.SETTLE, Event.LAPSE}
    assert done[Who.STUDENT] == {
        Event.CONFIRM, Event.DISPUTE, Event.REOPEN, Event.SUBMIT, Event.WITHDRAW,
        Event.SIGN, Event.UPLOAD, Event.SAVE, Event.APPEAL,
    }  # fmt: skip
    assert done[Who.CENTRE] & {Event.CHECK, Event.APPROVE, Event.LOCK, Event.PROPOSE, Event.ANNOUNCE} == set()
    assert {row.kind for row in TABLE if row.who is Who.CENTRE and row.event is Event.REJECT} == {Kind.OBJECTION}
    assert done[Who.COLLEGE] & (done[Who.STUDENT] | done[Who.SYSTEM]) == set()


@pytest.mark.parametrize("kind", list(Kind))
def test_no_state_is_a_dead_end_but_those_that_are_meant_to_be(kind: Kind) -> None:
    reached = {row.next for row in TABLE if row.kind is kind} | {State.OPEN}
    left = {row.state for row in TABLE if row.kind is kind}
    assert reached - left == ENDS.get(kind, set())


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_under_way_can_go_on_when_every_moment_has_passed(kind: Kind) -> None:
    """Lateness closes doors to those who come late, never to whoever is inside and waits for an answer."""
    past = Situation(frozenset(Clock), EVERY_GUARD)
    for state in {row.state for row in TABLE if row.kind is kind} & UNDECIDED:
        answers = [step(kind, state, event, who, past) for event, who in product(Event, Who)]
        assert any(isinstance(answer, Transition) for answer in answers), state


def test_a_late_student_is_only_let_in_by_the_college_and_with_a_reason() -> None:
    late_rows = [row for row in TABLE if row.event is Event.ACCEPT_LATE]
    assert {(row.who, row.side) for row in late_rows} == {(Who.COLLEGE, Side.AFTER)}
    assert all(Guard.REASON_GIVEN in row.guards for row in late_rows)
    begun_late = {
        (row.kind, row.event)
        for row in TABLE
        if row.state is State.OPEN and row.who in (Who.STUDENT, Who.CENTRE) and row.side is not Side.BEFORE
    }
    assert begun_late == {
        (Kind.APPRAISAL, Event.SAVE),
        (Kind.APPRAISAL, Event.SUBMIT),
        (Kind.APPRAISAL, Event.ENTER_FROM_PAPER),
    }
