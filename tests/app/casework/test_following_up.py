"""更正后的重新审查: once, however often it is started; never by rules that were not published; nothing before an audit."""

import pytest
from django.db import transaction

from biye.audit.actions.amending import amend_conclusions
from biye.audit.models.amendment import Amendment
from biye.audit.models.run import Rules, Run
from biye.casework.actions.following_up import ask_for_follow_up, follow_up
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.casework.models.follow_up import FollowUp
from biye.casework.models.message import Message
from biye.foundation.actor import SYSTEM
from biye.foundation.codes import Mark
from biye.machinery.jobs.models.job import Job
from biye.records.actions.corrections import correct_result
from biye.records.models.course import Course
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.pages.matters import IN_TIME, asker
from tests.pages.people import populate
from tests.pages.season import STEM, World, audited_season

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(Exception):
    """Somebody pulled the plug."""


@pytest.fixture
def world() -> World:
    return audited_season(populate())


def corrected(world: World) -> FollowUp:
    """林晓's missing grade is entered, and a follow-up asked for."""
    student = Student.objects.get(student_no="20200001")
    case = Case.objects.create(
        season_id=world.season_id,
        student=student,
        kind=Kind.OBJECTION,
        about="course:A3",
        state=State.APPROVED,
        opened_at=IN_TIME,
        changed_at=IN_TIME,
    )
    with transaction.atomic():
        course = Course.objects.get(code="A3")
        correct_result(
            student.pk, course.pk, term=4041, obtained=0, score=8000, mark=Mark.NUMBER, by=SYSTEM, at=IN_TIME
        )
        return ask_for_follow_up(case, "会计学", "没有成绩", "80", by=world.officer, at=IN_TIME)


def counts() -> tuple[int, int, int]:
    return Amendment.objects.count(), Message.objects.filter(title="已更正：会计学").count(), Run.objects.count()


def test_it_is_done_once_however_often_it_is_started(world: World) -> None:
    corrected(world)
    assert [follow_up(world.season_id, by=SYSTEM, at=IN_TIME) for _ in range(2)] == [1, 0]
    assert counts() == (1, 1, 2)
    assert FollowUp.objects.get().told[0] == ["毕业资格", "暂不符合毕业条件", "学分及统考审核通过"]


def test_killed_in_the_middle_it_is_begun_again_and_ends_the_same(world: World) -> None:
    corrected(world)

    def pull_the_plug(done: int, total: int, message: str) -> None:
        raise Killed

    with pytest.raises(Killed):
        follow_up(world.season_id, by=SYSTEM, at=IN_TIME, progress=pull_the_plug)
    assert (counts()[:2], FollowUp.objects.get().done_at) == ((0, 0), None)
    assert follow_up(world.season_id, by=SYSTEM, at=IN_TIME) == 1
    assert counts()[:2] == (1, 1)


def test_a_correction_that_comes_while_one_is_running_has_a_job_of_its_own(world: World) -> None:
    first, second = corrected(world), corrected(world)
    jobs = Job.objects.filter(kind="follow_up").order_by("id").values_list("arguments", flat=True)
    assert [job["up_to"] for job in jobs] == [first.pk, second.pk]


def test_rules_that_were_not_published_speak_to_nobody(world: World) -> None:
    student = Student.objects.get(student_no="20200001")
    rules = Rules.objects.get(pk=world.rules.pk)
    rules.pk, rules.number = None, rules.number + 1
    rules.save()
    run = Run.objects.get(pk=world.run.pk)
    run.pk, run.rules = None, rules
    run.save()
    assert amend_conclusions(run, {student.pk: "更正"}, by=SYSTEM, at=IN_TIME) == {}
    assert Amendment.objects.count() == 0


def test_before_the_first_audit_there_is_nothing_to_renew() -> None:
    people = populate()
    season_id = open_season(stem=STEM, by=SYSTEM, at=IN_TIME)
    student = Student.objects.get(student_no="20200001")
    case = Case.objects.create(
        season_id=season_id, student=student, kind=Kind.CORRECTION, about="姓名", opened_at=IN_TIME, changed_at=IN_TIME
    )
    with transaction.atomic():
        ask_for_follow_up(case, "姓名", "林晓", "林小晓", by=asker(people.college), at=IN_TIME)
    assert follow_up(season_id, by=SYSTEM, at=IN_TIME) == 1
    done = FollowUp.objects.get()
    assert (done.done_at, done.told, done.is_compared, Run.objects.count()) == (IN_TIME, [], False, 0)
    assert "下一次公布的审查结论将按更正后的数据作出" in Message.objects.get().text
