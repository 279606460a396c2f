"""签字失效: whatever changed, only those whose words changed sign again; they are told what; done again it finds nothing."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from biye.audit.actions.publications import prepare_publication, release_publication, withdraw_publication
from biye.casework.actions.acting import act_on
from biye.casework.actions.lapsing import Lapsed, lapse_changed
from biye.casework.core.showing import SHOWN
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.models.message import Message
from biye.casework.queries.shown_documents import shown_documents, shown_to, signed_by
from biye.foundation.moments import moment
from biye.photos.actions.handling import start_capture
from biye.records.models.course import Course
from biye.records.models.facts import FactChange, Result
from biye.records.models.student import Student
from tests.app.casework.published import PASSED, SHORT, SOON, World, deferred, in_person, mark_of, signed
from tests.app.casework.school import teacher_of
from tests.pages.people import populate
from tests.pages.season import audit_now, audited_season

LATER = SOON + timedelta(hours=1)


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    return audited_season(populate())


def release_again(world: World, at: datetime) -> None:
    run = audit_now(world.rules, at)
    again = prepare_publication(run.pk, by=world.officer, at=at)
    release_publication(again.pk, by=world.officer, at=at)


def state(number: str) -> str:
    return Case.objects.get(student__student_no=number, kind=Kind.SIGN_OFF).state


def test_a_new_release_lapses_only_whom_it_tells_something_else(world: World) -> None:
    signed(world, PASSED)
    signed(world, SHORT)
    short = Student.objects.get(student_no=SHORT)
    Result.objects.create(student=short, course=Course.objects.get(code="A3"), score=8000, term=4041)
    FactChange.objects.create(student=short, at=SOON)
    release_again(world, LATER)
    assert (state(PASSED), state(SHORT)) == ("signed", "lapsed")
    message = Message.objects.get()
    assert (message.student_id, message.task, message.title) == (
        short.pk,
        "sign_off",
        "签字已失效，请看过变动之后重新签字",
    )
    assert "学分「已修」由“76.0”改为“80.0”" in message.text
    asker = in_person(world, SHORT)
    said = signed_by(asker, world.season_id, SHORT, shown_to(asker, world.season_id, SHORT))
    assert said is not None
    assert (said.is_current, "审查结论「毕业资格」由“暂不符合毕业条件”改为“学分及统考审核通过”" in said.changed) == (
        False,
        True,
    )


def test_done_again_it_finds_nothing(world: World) -> None:
    signed(world, PASSED)
    Student.objects.filter(student_no=PASSED).update(name="周健国")
    assert lapse_changed(world.season_id, at=LATER) == Lapsed(1, 0, 0)
    assert lapse_changed(world.season_id, at=LATER) == Lapsed(0, 0, 0)
    assert (Message.objects.count(), Step.objects.filter(event=Event.LAPSE).count()) == (1, 1)


def test_a_lapsed_signature_is_signed_anew_under_what_is_shown_now(world: World) -> None:
    signed(world, PASSED)
    Student.objects.filter(student_no=PASSED).update(name="周健国")
    lapse_changed(world.season_id, at=LATER)
    assert signed(world, PASSED, at=LATER).state == "signed"
    marks = [step.detail[SHOWN] for step in Step.objects.filter(event=Event.SIGN)]
    assert (len(set(marks)), marks[-1]) == (2, mark_of(world, PASSED))


def test_a_photo_that_moves_on_lapses_at_once(world: World) -> None:
    signed(world, SHORT)
    teacher = teacher_of(Student.objects.get(student_no=SHORT))
    start_capture(SHORT, by=teacher, at=LATER)
    assert state(SHORT) == "lapsed"
    assert "毕业照片「状态」由“未采集”改为“采集中”" in Message.objects.get().text


def test_a_conclusion_taken_back_takes_the_signature_with_it(world: World) -> None:
    signed(world, PASSED)
    withdraw_publication(world.publication.pk, reason="有误", by=world.officer, at=LATER)
    assert (state(PASSED), "审查结论已收回" in Message.objects.get().text) == ("lapsed", True)


def test_what_the_college_grants_updates_the_conclusion_first(world: World) -> None:
    """Signed, then applied, granted: the signature was under a conclusion that is no longer so."""
    signed(world, PASSED)
    case = deferred(world)
    teacher = teacher_of(Student.objects.get(student_no=PASSED))
    before = mark_of(world, PASSED)
    act_on(case.pk, Event.RECEIVE_PAPER, by=teacher, at=LATER)
    act_on(case.pk, Event.FORWARD, by=teacher, at=LATER)
    assert (state(PASSED), mark_of(world, PASSED)) == ("signed", before)
    act_on(case.pk, Event.APPROVE, by=world.officer, at=LATER, holds=(Guard.SECOND_PERSON,))
    assert state(PASSED) == "lapsed"
    assert "申请延缓毕业已同意：本季不毕业，随以后的批次再审查" in Message.objects.get(task="sign_off").text
    assert signed(world, PASSED, at=LATER).state == "signed"
    act_on(case.pk, Event.TAKE_BACK, by=world.officer, at=LATER, reason="材料有误")
    assert (state(PASSED), mark_of(world, PASSED)) == ("lapsed", before)


def test_a_pre_confirmation_that_rested_on_the_signature_is_open_again(world: World) -> None:
    case = signed(world, PASSED)
    Case.objects.create(
        season_id=world.season_id, student_id=case.student_id, kind=Kind.PRE_CONFIRMATION, state=State.APPROVED,
        opened_at=SOON, changed_at=SOON,
    )  # fmt: skip
    Student.objects.filter(student_no=PASSED).update(name="周健国")
    assert lapse_changed(world.season_id, at=LATER) == Lapsed(1, 0, 1)


def test_a_checked_record_that_changes_is_checked_anew(world: World) -> None:
    case = signed(world, PASSED)
    Case.objects.filter(student_id=case.student_id, kind=Kind.RECORD_CHECK).update(form={"marks": {"姓名": "other"}})
    assert lapse_changed(world.season_id, [case.student_id], at=LATER).records == 1
    assert Message.objects.filter(task="record_check").count() == 1


def test_a_signature_without_a_fingerprint_was_under_nothing(world: World) -> None:
    case = signed(world, PASSED)
    Step.objects.filter(case=case).update(detail={})
    Student.objects.filter(student_no=PASSED).update(name="周健国")
    assert lapse_changed(world.season_id, at=LATER) == Lapsed(0, 0, 0)


def test_two_students_cost_as_many_queries_as_one(world: World) -> None:
    ids = list(Student.objects.filter(student_no__in=(PASSED, SHORT)).values_list("id", flat=True))
    counts = []
    for some in (ids[:1], ids):
        with CaptureQueriesContext(connection) as captured:
            assert len(shown_documents(world.season_id, some)) == len(some)
        counts.append(len(captured))
    assert counts == [5, 5]


def test_lapsing_costs_a_constant_number_of_queries(world: World) -> None:
    counts = []
    for numbers in ((PASSED,), (PASSED, SHORT)):
        for number in numbers:
            if not Case.objects.filter(student__student_no=number, kind=Kind.SIGN_OFF, state=State.SIGNED).exists():
                signed(world, number)
        Student.objects.filter(student_no__in=numbers).update(name=f"周健国{len(numbers)}")
        with CaptureQueriesContext(connection) as captured:
            assert lapse_changed(world.season_id, at=LATER).signatures == len(numbers)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_students_hear_of_what_was_decided_about_their_choice(world: World) -> None:
    case = deferred(world)
    teacher = teacher_of(Student.objects.get(student_no=PASSED))
    act_on(case.pk, Event.RETURN, by=teacher, at=LATER, reason="未签字。")
    back = Message.objects.get()
    assert (back.title, back.text, back.task) == ("申请延缓毕业：已退回，请修改", "退回的理由：未签字", "deferral")
    assert back.deadline == moment("2022-06-15 24:00")
    deferred(world, at=LATER)
    act_on(case.pk, Event.RECEIVE_PAPER, by=teacher, at=LATER)
    act_on(case.pk, Event.FORWARD, by=teacher, at=LATER)
    act_on(case.pk, Event.APPROVE, by=world.officer, at=LATER, holds=(Guard.SECOND_PERSON,))
    titles = list(Message.objects.order_by("id").values_list("title", "deadline"))[1:]
    assert titles == [("申请延缓毕业：纸质材料已收", None), ("申请延缓毕业：学院已同意", None)]


def test_who_signs_is_not_told_of_the_own_signature(world: World) -> None:
    signed(world, PASSED)
    assert not Message.objects.exists()
