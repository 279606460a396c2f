"""办理一步: state, step and ledger entry together or not at all; the slower of two people is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from biye.casework.actions.move import move
from biye.casework.core.transitions import Guard, Situation
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.foundation.actor import Actor
from biye.foundation.errors import Refused
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.student import Student
from biye.seasons.models.season import Season

NOW = datetime(2022, 6, 1, 8, tzinfo=UTC)
ALL = Situation(frozenset(), frozenset(Guard))
TEACHER = Actor(3, "王老师", "centre")
OFFICER = Actor(4, "赵老师", "college")


def a_case(state: State = State.PAPER_RECEIVED) -> Case:
    season = Season.objects.create(stem="a", label="2022年秋季", term=4045, opened_at=NOW)
    student = Student.objects.create(student_no="20180001", name="林晓")
    return Case.objects.create(
        season=season, student=student, kind=Kind.COMPLETION, state=state, opened_at=NOW, changed_at=NOW
    )


@pytest.mark.django_db
def test_a_step_is_kept_with_its_reason_and_its_ledger_entry() -> None:
    case = move(a_case(), Event.RETURN, ALL, by=TEACHER, at=NOW, reason="未签字")
    assert (case.state, case.steps) == ("returned", 1)
    step = Step.objects.get()
    assert (step.event, step.before, step.after, step.reason, step.actor_name) == (
        "return",
        "paper_received",
        "returned",
        "未签字",
        "王老师",
    )
    entry = Entry.objects.get()
    assert (entry.action, entry.subject, entry.before, entry.after) == (
        "completion.return",
        "student:20180001",
        {"state": "paper_received"},
        {"state": "returned", "case": case.pk},
    )


@pytest.mark.django_db
def test_a_refused_step_leaves_nothing_behind() -> None:
    case = a_case(State.AT_COLLEGE)
    with pytest.raises(Refused) as refused:
        move(case, Event.FORWARD, ALL, by=TEACHER, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["not_possible_now"]
    case.refresh_from_db()
    assert (case.state, case.steps, Step.objects.count(), Entry.objects.count()) == ("at_college", 0, 0, 0)


@pytest.mark.django_db
def test_who_saw_an_older_state_is_told_who_was_faster() -> None:
    case = a_case(State.AT_COLLEGE)
    move(case, Event.REJECT, ALL, by=OFFICER, at=NOW, seen=0, reason="已超期")
    with pytest.raises(Refused) as refused:
        move(case, Event.APPROVE, ALL, by=Actor(5, "钱老师", "college"), at=NOW, seen=0)
    reason = refused.value.reasons[0]
    assert (reason.code, reason.details["who"], reason.details["event"]) == (
        "somebody_was_faster",
        "赵老师",
        Event.REJECT,
    )


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_decision() -> None:
    case = a_case(State.AT_COLLEGE)

    def decide(officer: Actor) -> str:
        try:
            return move(case, Event.APPROVE, ALL, by=officer, at=NOW, seen=0).state
        except Refused as refused:
            return refused.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, (OFFICER, Actor(5, "钱老师", "college"))))
    assert answers == ["approved", "somebody_was_faster"]
    assert (Step.objects.count(), list(breaks())) == (1, [])
