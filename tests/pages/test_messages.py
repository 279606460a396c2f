"""消息与提醒: what a student reads and when it counts as seen; how staff remind, and what they see of it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.actions.reminding import remind_due
from biye.casework.actions.telling import Note, tell
from biye.casework.core.undone import matters
from biye.casework.models.message import Message
from biye.foundation.actor import SYSTEM
from biye.records.models.student import Student
from biye.seasons.queries.seasons import season_file
from biye.web.student.inbox import address
from tests.pages.conftest import Post
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import STEM, World

MINE, SENT, REMIND, DUE = (
    "/my/messages/",
    f"/seasons/{STEM}/sent/",
    f"/seasons/{STEM}/remind/",
    f"/seasons/{STEM}/remind/due/",
)
LOCMEM = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def remind_all(world: World) -> None:
    remind_due(season_id=world.season_id, by=None, at=AT)


def test_no_message_is_an_honest_page(people: People) -> None:
    page = text(signed_in(people.student), MINE)
    assert ("还没有消息" in page, "条未读" in page, 'href="tel:02211112222"' in page) == (True, False, True)


def test_a_message_says_until_when_what_otherwise_and_where_to_go(world: World) -> None:
    remind_all(world)
    page = text(signed_in(world.people.student), MINE)
    for part in (
        "请在 2022年6月15日 24:00 前办理：核对学籍信息",
        "2022年6月15日 24:00 截止 · 还剩 2 天",
        "视为对各项数据无异议",
        "去办理",
        "系统",
        ">新<",
    ):
        assert part in page, part


def test_unread_messages_are_counted_on_every_page_until_the_list_is_opened(world: World) -> None:
    remind_all(world)
    client = signed_in(world.people.student)
    assert '1<span class="visually-hidden"> 条未读' in text(client, "/my/")
    assert Message.objects.filter(seen_at__isnull=False).count() == 0
    client.head(MINE)
    assert Message.objects.filter(seen_at__isnull=False).count() == 0
    text(client, MINE)
    assert "条未读" not in text(client, "/my/")
    assert list(Message.objects.filter(seen_at__isnull=False).values_list("student__student_no", flat=True)) == [
        "20200001"
    ]
    assert ">新<" not in text(client, MINE)


def test_every_matter_leads_to_a_page_of_the_student(world: World) -> None:
    """One that leads merely home says nothing of where to go."""
    client = signed_in(world.people.student)
    found = {name: address(name) for name in matters(season_file(STEM))}
    assert [name for name, where in found.items() if where == "/my/"] == []
    assert {client.get(where).status_code for where in set(found.values())} <= {200}
    assert (address("photo"), address("notice"), address("completion_paper")) == (
        "/my/photo/",
        "/my/",
        "/my/applications/completion/",
    )


def test_a_student_reads_nobody_elses_messages(world: World) -> None:
    student = Student.objects.get(student_no="20200001")
    tell(season_id=world.season_id, notes=[Note(student.pk, "姓名已更正", "详见学籍信息。")], by=SYSTEM, at=AT)
    own, other = (text(signed_in(user), MINE) for user in (world.people.student, world.people.other_student))
    assert ("姓名已更正" in own, "姓名已更正" in other) == (True, False)


def test_those_chosen_are_reminded_and_one_is_back_where_one_was(world: World) -> None:
    client = signed_in(world.people.centre)
    form = {"student_no": ["20200001", "20200002"], "task": "record_check"}
    answer = client.post(REMIND, form, headers={"Referer": f"http://testserver{SENT}?seen=no"})
    assert answer.headers["Location"] == f"{SENT}?seen=no"
    page = text(client, SENT)
    assert ("已提醒 1 人。" in page, "林晓" in page, "周建国" in page) == (True, True, False)
    client.post(REMIND, form, headers={"Referer": f"http://testserver{SENT}"})
    assert "没有需要提醒的人；1 人在这一截止前的同一阶段已提醒过。" in text(client, SENT)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"student_no": "20200002", "task": "record_check"}, "请先选择要提醒的学生。"),
        ({"task": "record_check"}, "请先选择要提醒的学生。"),
        ({"student_no": "20200001", "task": "nothing"}, "这个事项不能提醒"),
    ],
)
def test_a_reminder_that_cannot_be_says_why(world: World, form: dict[str, str], sentence: str) -> None:
    client = signed_in(world.people.centre)
    client.post(REMIND, form, headers={"Referer": f"http://testserver{SENT}"})
    assert (sentence in text(client, SENT), Message.objects.count()) == (True, 0)


def test_all_who_are_due_are_reminded_in_the_background(world: World, post: Post, settings: Settings) -> None:
    settings.MAILERS = LOCMEM
    Student.objects.filter(student_no="20200001").update(email="lin@example.edu.cn")
    client = signed_in(world.people.college)
    assert "只有站内消息" not in text(client, SENT)
    job = post(client, DUE).headers["Location"]
    page = text(client, job)
    assert ("提醒 2 人；信件发出 1 封" in page, f'href="{SENT}"' in page) == (True, True)
    found = text(client, SENT)
    for part in ("2 条，2 人", "已发出 1，没有登记地址 1", "电子邮件 没有登记地址", "未查看", "通过电子邮件发送"):
        assert part in found, part


def test_before_anything_was_sent_the_page_says_what_to_do(world: World) -> None:
    page = text(signed_in(world.people.college), SENT)
    for part in ("还没有发过消息", "只有站内消息", "22:00 至 08:00 不打扰"):
        assert part in page, part


def test_what_was_sent_is_found_by_name_and_by_whether_it_was_seen(world: World) -> None:
    remind_all(world)
    Message.objects.filter(student__student_no="20200001").update(seen_at=AT)
    client = signed_in(world.people.college)
    names = ("林晓", "周建国")
    assert [
        [name in text(client, SENT + asked) for name in names] for asked in ("?seen=no", "?words=林", "?words=2020")
    ] == [
        [False, True],
        [True, False],
        [True, True],
    ]
    assert "没有符合条件的消息" in text(client, f"{SENT}?words=nobody")


def test_long_lists_come_in_pages(world: World) -> None:
    students = [Student(student_no=f"3020{number:04}", name=f"学生{number}") for number in range(60)]
    notes = [Note(one.pk, "一", "二") for one in Student.objects.bulk_create(students)]
    tell(season_id=world.season_id, notes=notes, by=SYSTEM, at=AT)
    client = signed_in(world.people.college)
    first = text(client, SENT)
    assert (first.count("<tr>") - 1, "下一页" in first) == (50, True)
    last = text(client, f"{SENT}?before={Message.objects.order_by('-id')[49].pk}")
    assert (last.count("<tr>") - 1, "下一页" in last, "回到第一页" in last) == (10, False, True)


def test_pages_cost_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    remind_all(world)
    officer, student = signed_in(world.people.college), signed_in(world.people.student)
    for client, where, queries in ((student, MINE, 7), (officer, SENT, 9)):
        text(client, where)
        with django_assert_num_queries(queries):
            text(client, where)
