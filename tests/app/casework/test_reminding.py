"""提醒的办理: once a deadline and step, never of what is done, within one's scope, with the proof that a settlement needs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.casework.actions import reminding
from biye.casework.actions.reminding import Reminded, remind, remind_due
from biye.casework.actions.seeing import see
from biye.casework.actions.telling import Note, tell
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.casework.models.message import Mention, Message
from biye.casework.queries.messages import own_messages, proof, sent, totals, unread
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Refused
from biye.foundation.moments import moment
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests.pages.people import AT, populate
from tests.pages.season import World, audited_season

LATER = moment("2022-06-15 09:00")
OWES, PASSES = "20200001", "20200002"


@pytest.fixture
def world(transactional_db: None) -> World:
    return audited_season(populate())


def student(number: str) -> int:
    return Student.objects.get(student_no=number).pk


def teacher(world: World) -> Asker:
    seat = world.people.centre.seats.get()
    return Asker(world.people.centre.pk, "李老师", Role.CENTRE, seat.pk, centre_id=seat.centre_id)


def done(world: World, number: str, *steps: tuple[Kind, State]) -> None:
    for kind, state in steps:
        Case.objects.create(
            season_id=world.season_id, student_id=student(number), kind=kind, state=state, opened_at=AT, changed_at=AT
        )


def all_due(world: World, at: datetime = AT, by: Asker | None = None) -> int:
    return remind_due(season_id=world.season_id, by=by, at=at)


def chosen(
    world: World, *numbers: str, task: str = "record_check", by: Asker | None = None, at: datetime = AT
) -> Reminded:
    return remind(season_id=world.season_id, student_nos=numbers, task=task, by=by or world.officer, at=at)


def refusal(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def test_candidates_are_told_of_what_they_have_left_undone(world: World) -> None:
    assert all_due(world) == 2
    found = Message.objects.order_by("student__student_no").values_list(
        "student__student_no", "kind", "task", "title", "deadline", "by_name", "created_at"
    )
    title, closes = "请在 2022年6月15日 24:00 前办理：核对学籍信息", moment("2022-06-15 24:00")
    assert list(found) == [(number, "reminder", "record_check", title, closes, "系统", AT) for number in (OWES, PASSES)]
    assert set(Message.objects.values_list("consequence", flat=True)) == {
        "逾期未反馈或未签字确认的，视为对各项数据无异议，后果由学生本人承担"
    }


def test_whoever_has_done_it_is_left_alone(world: World) -> None:
    done(world, OWES, (Kind.RECORD_CHECK, State.CONFIRMED), (Kind.SIGN_OFF, State.SIGNED))
    done(world, PASSES, (Kind.RECORD_CHECK, State.CONFIRMED))
    assert all_due(world) == 1
    assert list(Mention.objects.values_list("student_id", "task", "step")) == [(student(PASSES), "sign_off", 2)]


def test_a_photo_that_lies_with_the_student_is_one_message_with_the_rest(world: World) -> None:
    ChsiPhoto.objects.create(student_id=student(OWES), at_chsi=False)
    ChsiPhoto.objects.create(student_id=student(PASSES), at_chsi=True, comparison="通过")
    all_due(world)
    mentioned = Mention.objects.filter(student__student_no=OWES).order_by("id").values_list("task", flat=True)
    assert list(mentioned) == ["photo", "record_check"]
    assert Message.objects.get(student__student_no=OWES).title == "还有 2 件事没有办，最近的 2022年6月15日 12:00 截止"
    assert Message.objects.get(student__student_no=PASSES).task == "record_check"


def test_done_again_it_tells_nobody_twice_and_in_the_next_step_again(world: World) -> None:
    assert [all_due(world, at) for at in (AT, AT, AT + timedelta(hours=1), LATER, LATER)] == [2, 0, 0, 2, 0]
    assert sorted(Mention.objects.values_list("step", flat=True)) == [2, 2, 3, 3]


def test_in_quiet_hours_nobody_is_reminded_by_itself(world: World) -> None:
    assert all_due(world, moment("2022-06-13 23:00")) == 0
    assert all_due(world, moment("2022-06-14 08:00")) == 2


def test_a_centre_reminds_its_own_students_only(world: World) -> None:
    assert all_due(world, by=teacher(world)) == 1
    assert list(Message.objects.values_list("student__student_no", "by_name")) == [(OWES, "李老师")]
    assert refusal(lambda: chosen(world, PASSES, by=teacher(world))) == ["nobody_to_remind"]
    assert Message.objects.count() == 1


def test_those_chosen_are_reminded_and_the_others_counted(world: World) -> None:
    done(world, OWES, (Kind.RECORD_CHECK, State.CONFIRMED))
    assert chosen(world, OWES, PASSES, "20200003", "nobody") == Reminded(told=1, done=2, waiting=0, before=0)
    assert chosen(world, OWES, PASSES) == Reminded(told=0, done=1, waiting=0, before=1)
    assert chosen(world, OWES, PASSES, task="sign_off") == Reminded(told=1, done=0, waiting=1, before=0)


def test_a_double_click_reminds_once(world: World) -> None:
    def once() -> int:
        try:
            return chosen(world, OWES, PASSES).told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(future.result() for future in [pool.submit(once) for _ in range(2)])
    assert (told, Message.objects.count(), list(breaks())) == ([0, 2], 2, [])


@pytest.mark.parametrize(
    ("task", "at", "code"),
    [
        ("courses", AT, "no_such_matter"),
        ("record_check", moment("2022-06-15 24:00"), "matter_closed"),
        ("record_check", moment("2022-06-16 00:01"), "matter_closed"),
    ],
)
def test_what_cannot_be_reminded_of(world: World, task: str, at: datetime, code: str) -> None:
    assert refusal(lambda: chosen(world, OWES, task=task, at=at)) == [code]


def test_a_student_reminds_nobody(world: World) -> None:
    seat = world.people.student.seats.get()
    asker = Asker(world.people.student.pk, "林晓", Role.STUDENT, seat.pk, student_id=seat.student_id)
    assert refusal(lambda: chosen(world, OWES, by=asker)) == ["no_permission"]
    assert (sent(asker, world.season_id).rows, totals(asker, world.season_id).messages) == ((), 0)


def test_an_interrupted_round_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "MANY", 1)

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remind_due(season_id=world.season_id, by=None, at=AT, progress=killed)
    assert Message.objects.count() == 1
    assert all_due(world) == 1
    assert Message.objects.values("student_id").distinct().count() == 2


def test_one_entry_in_the_ledger_for_each_act(world: World) -> None:
    before = Entry.objects.count()
    all_due(world)
    entry = Entry.objects.latest("id")
    assert (Entry.objects.count() - before, entry.action, entry.subject, entry.after) == (
        1,
        "remind",
        "season:2022-autumn",
        {"tasks": ["record_check"], "students": 2},
    )


def test_before_anything_is_audited_nobody_is_due(db: None) -> None:
    from biye.seasons.actions.seasons import open_season

    season_id = open_season(stem="2022-autumn", by=SYSTEM, at=AT)
    assert remind_due(season_id=season_id, by=None, at=AT) == 0


@pytest.mark.parametrize("people", [1, 2])
def test_a_round_costs_the_same_queries_however_many_are_told(
    world: World, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    all_due(world)
    if people == 1:
        done(world, PASSES, *((kind, State.SUBMITTED) for kind in (Kind.RECORD_CHECK, Kind.SIGN_OFF)))
    # PostgreSQL locks a table by a statement of its own; SQLite has only one writer.
    with django_assert_num_queries(16 + (connection.vendor == "postgresql")):
        assert all_due(world, LATER) == people


def test_what_is_seen_is_seen_from_the_first_time_on_and_by_nobody_else(world: World) -> None:
    all_due(world)
    seats = {user: user.seats.get() for user in (world.people.student, world.people.other_student)}
    asker, other = (Asker(u.pk, u.name, Role.STUDENT, s.pk, student_id=s.student_id) for u, s in seats.items())
    mine = own_messages(asker)[0]
    assert (unread(asker), see([mine.id], by=other, at=AT), unread(asker)) == (1, 0, 1)
    assert (see([mine.id], by=asker, at=AT), see([mine.id], by=asker, at=LATER), unread(asker)) == (1, 0, 0)
    assert own_messages(asker)[0].seen_at == AT
    assert unread(world.officer) == 0


def test_the_proof_of_telling_has_every_reminder_and_when_it_was_seen(world: World) -> None:
    all_due(world)
    all_due(world, LATER)
    tell(
        season_id=world.season_id,
        notes=[Note(student(OWES), "已更正", "姓名已更正。", "record_check")],
        by=SYSTEM,
        at=LATER,
    )
    Message.objects.filter(student_id=student(OWES), created_at=AT).update(seen_at=LATER)
    found = proof(world.season_id, None, "record_check")
    assert {
        number: [(one.at, one.step, one.seen_at, one.letters) for one in told] for number, told in found.items()
    } == {
        student(OWES): [(AT, 2, LATER, ()), (LATER, 3, None, ()), (LATER, None, None, ())],
        student(PASSES): [(AT, 2, None, ()), (LATER, 3, None, ())],
    }
    assert proof(world.season_id, [student(PASSES)], "record_check") == {student(PASSES): found[student(PASSES)]}
    assert proof(world.season_id, None, "sign_off") == {}


@pytest.mark.parametrize("named", [True, False])
def test_the_proof_takes_two_queries(
    world: World, named: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    all_due(world)
    ids = [student(OWES), student(PASSES)] if named else None
    with django_assert_num_queries(2):
        assert len(proof(world.season_id, ids, "record_check")) == 2


def test_staff_see_what_was_sent_within_their_scope(world: World) -> None:
    all_due(world)
    Message.objects.filter(student_id=student(OWES)).update(seen_at=LATER)
    rows = sent(world.officer, world.season_id).rows
    assert [(row.student_no, row.centre, row.seen_at) for row in rows] == [
        (OWES, "河东学习中心", LATER),
        (PASSES, "滨海学习中心", None),
    ]
    assert [row.student_no for row in sent(teacher(world), world.season_id).rows] == [OWES]
    assert [row.student_no for row in sent(world.officer, world.season_id, unseen=True).rows] == [PASSES]
    assert [row.student_no for row in sent(world.officer, world.season_id, words="林").rows] == [OWES]
    found = [totals(asker, world.season_id) for asker in (world.officer, teacher(world))]
    assert [(one.messages, one.students, one.unseen) for one in found] == [(2, 2, 1), (1, 1, 0)]
