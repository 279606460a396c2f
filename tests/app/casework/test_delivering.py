"""投递: letters through a real mail server and a real web service; each at most once, none at night, none of what is done."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from biye.casework.actions.delivering import LOST_AFTER, TRIES, Delivered, deliver
from biye.casework.actions.reminding import remind_due
from biye.casework.actions.telling import Note, tell
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.casework.models.message import Delivery, Message
from biye.casework.queries.messages import proof, sent, totals
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.machinery.gateway.core.letters import Channel
from biye.machinery.jobs.models.job import Job
from biye.project.gateways import mailers
from biye.records.models.student import Student
from tests.app.gateway.sinks import REFUSED, closed_port, mail_sink, web_sink
from tests.pages.people import AT, populate
from tests.pages.season import World, audited_season

EARLY = moment("2022-06-14 09:00")
NIGHT = moment("2022-06-14 23:30")
LOCMEM = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.DEFAULT_FROM_EMAIL = "graduation@example.edu.cn"
    settings.SITE_ADDRESS = "https://biye.example.edu.cn"
    found = audited_season(populate())
    Student.objects.filter(student_no="20200001").update(email="lin@example.edu.cn", telephone="10000000001")
    Student.objects.filter(student_no="20200002").update(email="zhou@example.edu.cn")
    return found


def told(world: World, at: datetime = AT) -> int:
    return remind_due(season_id=world.season_id, by=None, at=at)


def outcomes() -> dict[str, str]:
    return dict(Delivery.objects.values_list("message__student__student_no", "outcome"))


def test_a_letter_says_whom_what_otherwise_where_and_whom_to_ask(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    told(world)
    assert deliver(at=AT) == Delivered(sent=2, failed=0, dropped=0, waiting=0)
    letter = next(one for one in mail.outbox if one.to == ["lin@example.edu.cn"])
    assert letter.subject == "【2022年秋季毕业资格审查】请在 2022年6月15日 24:00 前办理：核对学籍信息"
    assert letter.body.splitlines() == [
        "林晓同学：",
        "核对学籍信息：2022年6月15日 24:00 截止。",
        "逾期未反馈或未签字确认的，视为对各项数据无异议，后果由学生本人承担",
        "办理：https://biye.example.edu.cn/my/messages/",
        "咨询：河东学习中心 022-11112222",
    ]


def test_delivered_again_nothing_comes_twice(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    told(world)
    assert [deliver(at=AT).sent, deliver(at=AT).sent, len(mail.outbox)] == [2, 0, 2]


def test_without_a_gateway_the_site_alone_tells(world: World) -> None:
    told(world)
    assert (deliver(at=AT), Message.objects.count(), Delivery.objects.count(), mail.outbox) == (
        Delivered(0, 0, 0, 0),
        2,
        0,
        [],
    )


def test_through_a_mail_server_and_a_web_service(world: World, settings: Settings) -> None:
    Student.objects.filter(student_no="20200002").update(email=REFUSED)
    with mail_sink() as post_office, web_sink() as (port, taken):
        settings.MAILERS = mailers(f"smtp://127.0.0.1:{post_office.port}")
        settings.GATEWAY_SECRET_URLS = {"sms": f"json://127.0.0.1:{port}/?:to={{to}}"}
        told(world)
        assert deliver(at=AT) == Delivered(sent=2, failed=1, dropped=0, waiting=0)
    assert [to for to, _ in post_office.letters] == ["lin@example.edu.cn"]
    assert [(one["to"], one["title"][:11]) for one in taken] == [("10000000001", "【2022年秋季毕业资")]
    found = Delivery.objects.values_list("message__student__student_no", "channel", "outcome")
    assert set(found) == {
        ("20200001", "email", "sent"),
        ("20200001", "sms", "sent"),
        ("20200002", "email", "failed"),
        ("20200002", "sms", "no_address"),
    }


@pytest.mark.parametrize(
    ("at", "letters"),
    [
        ("2022-06-14 21:59", 2),
        ("2022-06-14 22:00", 0),
        ("2022-06-14 22:01", 0),
        ("2022-06-15 07:59", 0),
        ("2022-06-15 08:00", 2),
        ("2022-06-15 08:01", 2),
    ],
)
def test_letters_wait_for_the_end_of_quiet_hours(world: World, settings: Settings, at: str, letters: int) -> None:
    settings.MAILERS = LOCMEM
    told(world, EARLY)
    found = deliver(at=moment(at))
    assert (found.sent, found.waiting, len(mail.outbox)) == (letters, 2 - letters, letters)


def test_what_was_done_meanwhile_is_not_written_about(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    told(world, EARLY)
    student = Student.objects.get(student_no="20200001")
    Case.objects.create(
        season_id=world.season_id,
        student=student,
        kind=Kind.RECORD_CHECK,
        state=State.CONFIRMED,
        opened_at=AT,
        changed_at=AT,
    )
    assert deliver(at=EARLY) == Delivered(sent=1, failed=0, dropped=1, waiting=0)
    assert outcomes() == {"20200001": "dropped", "20200002": "sent"}


@pytest.mark.parametrize(("minutes", "letters"), [(-1, 2), (0, 0), (1, 0)])
def test_no_letter_after_the_deadline(world: World, settings: Settings, minutes: int, letters: int) -> None:
    settings.MAILERS = LOCMEM
    told(world, EARLY)
    noon = moment("2022-06-15 12:00")
    Message.objects.update(deadline=noon)
    assert deliver(at=noon + timedelta(minutes=minutes)).sent == letters


def test_a_notice_has_no_deadline_to_miss(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    note = Note(Student.objects.get(student_no="20200001").pk, "姓名已更正", "姓名由“林小”改为“林晓”。")
    assert tell(season_id=world.season_id, notes=[note], by=SYSTEM, at=NIGHT) == 1
    assert Job.objects.get(kind="deliver_messages").state == Job.State.WAITING
    assert (deliver(at=NIGHT).sent, deliver(at=moment("2022-06-20 09:00")).sent) == (0, 1)
    assert mail.outbox[0].subject == "【2022年秋季毕业资格审查】姓名已更正"


@pytest.mark.parametrize(("seconds", "outcome"), [(-1, "sending"), (0, "sending"), (1, "uncertain")])
def test_what_a_lost_worker_was_sending_is_uncertain_and_not_sent_again(
    world: World, settings: Settings, seconds: int, outcome: str
) -> None:
    settings.MAILERS = LOCMEM
    told(world)
    Delivery.objects.update(outcome=Delivery.Outcome.SENDING, at=EARLY - LOST_AFTER - timedelta(seconds=seconds))
    assert deliver(at=EARLY).sent == 0
    assert (set(outcomes().values()), mail.outbox) == ({outcome}, [])


def test_a_server_that_is_away_is_tried_again_and_at_last_given_up(world: World, settings: Settings) -> None:
    settings.MAILERS = mailers(f"smtp://127.0.0.1:{closed_port()}")
    told(world)
    found = [deliver(at=AT) for _ in range(TRIES)]
    assert [(one.failed, one.waiting) for one in found] == [(0, 2)] * (TRIES - 1) + [(2, 0)]
    settings.MAILERS = LOCMEM
    assert (deliver(at=AT).sent, mail.outbox) == (0, [])


def test_a_server_that_comes_back_gets_what_waited(world: World, settings: Settings) -> None:
    settings.MAILERS = mailers(f"smtp://127.0.0.1:{closed_port()}")
    told(world)
    deliver(at=AT)
    settings.MAILERS = LOCMEM
    assert (deliver(at=AT).sent, set(outcomes().values())) == (2, {"sent"})


def test_a_channel_that_was_taken_away_lets_letters_wait(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    told(world)
    settings.MAILERS = {}
    assert deliver(at=AT) == Delivered(sent=0, failed=0, dropped=0, waiting=2)


def test_delivery_is_part_of_the_proof_and_of_what_staff_see(world: World, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    told(world)
    deliver(at=AT)
    assert {one.letters for (one,) in proof(world.season_id, None, "record_check").values()} == {
        ((Channel.EMAIL, "sent", AT),)
    }
    assert totals(world.officer, world.season_id).letters == (("电子邮件", "已发出", 2),)
    ways = [way for row in sent(world.officer, world.season_id).rows for way in row.ways]
    assert [(way.channel, way.outcome, way.is_good, way.is_bad) for way in ways] == [
        ("电子邮件", "已发出", True, False)
    ] * 2
