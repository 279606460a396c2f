"""学生名单与一名学生: filters, scope, reasons, overrides, identity numbers, export."""

from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from python_calamine import CalamineWorkbook

from biye.audit.models.override import Override
from biye.casework.models.message import Message
from biye.foundation.actor import SYSTEM
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.models.entry import Entry
from biye.seasons.actions.seasons import open_season
from tests.pages.conftest import Post
from tests.pages.desks import said
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import LATER, STEM, World, audit_now

LIST = f"/seasons/{STEM}/students/"
LIN = f"{LIST}20200001/"
NAMES = ("林晓", "周建国", "欧阳雪梅", "买买提·艾力")
OVERRIDE = {"rule": "credits", "verdict": "1", "reason": "漏登一门成绩", "evidence": "成绩单第 3 页", "expires_at": ""}


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def shown(client: Client, address: str) -> list[str]:
    page = text(client, address)
    return [name for name in NAMES if name in page]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["林晓", "周建国"]),
        ("?scope=outside", ["欧阳雪梅", "买买提·艾力"]),
        ("?scope=outside&status=退学", ["买买提·艾力"]),
        ("?scope=", list(NAMES)),
        ("?words=202000", ["林晓", "周建国"]),
        ("?words=林", ["林晓"]),
        ("?rule=0&verdict=2", ["林晓"]),
        ("?rule=0&verdict=1", ["周建国"]),
        ("?conclusion=0", ["周建国"]),
        ("?level=专科", []),
        ("?after=20200001", ["周建国"]),
        ("?verdict=9&rule=x&centre=y", ["林晓", "周建国"]),
    ],
)
def test_the_list_shows_whom_it_is_asked_for(world: World, asked: str, found: list[str]) -> None:
    assert shown(signed_in(world.people.college), f"{LIST}{asked}") == found


def test_a_centre_sees_its_own_students_whatever_it_asks(world: World) -> None:
    client = signed_in(world.people.other_centre)
    assert shown(client, f"{LIST}?scope=") == ["周建国"]
    assert shown(client, f"{LIST}?scope=&words=林") == []


def test_the_list_costs_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.people.college)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    with django_assert_num_queries(8):
        client.get(f"{LIST}?scope=")


def test_every_no_has_have_need_clause_office_telephone_and_a_way(world: World) -> None:
    page = text(signed_in(world.people.centre), LIN)
    for part in (
        "已修 76.0，要求 80.0",
        "尚欠 4.0",
        "通知二.1",
        "学习支持服务办公室",
        'href="tel:02287401520"',
        "最近的办法",
        "会计学",
    ):
        assert part in page


def test_a_student_costs_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.people.college)
    client.get(LIN)
    with django_assert_num_queries(14):
        client.get(LIN)


def test_an_override_counts_from_the_next_audit_and_can_be_taken_back(world: World) -> None:
    client = signed_in(world.people.college)
    client.post(f"/college{LIN}override/", OVERRIDE)
    given = Override.objects.get()
    assert (given.rule, given.verdict, given.given_by_name) == ("credits", 1, "张老师")
    assert shown(client, f"{LIST}?conclusion=0") == ["周建国"]
    audit_now(world.rules, LATER)
    assert shown(client, f"{LIST}?conclusion=0") == ["林晓", "周建国"]
    assert "人工认定" in text(client, LIN)
    client.post(f"/college{LIN}override/{given.pk}/withdraw/", {"reason": "材料不实"})
    given.refresh_from_db()
    assert given.withdrawn_at is not None


def test_an_override_without_evidence_is_not_given(world: World) -> None:
    client = signed_in(world.people.college)
    answer = client.post(f"/college{LIN}override/", {**OVERRIDE, "evidence": ""}, follow=True)
    assert "须写明项目、认定、理由和依据材料" in answer.content.decode()
    assert Override.objects.count() == 0


def test_an_identity_number_is_masked_until_somebody_asks_and_is_written_down(world: World) -> None:
    client = signed_in(world.people.centre)
    assert ("999***********1234" in text(client, LIN), "999010199001011234" in text(client, LIN)) == (True, False)
    answer = client.post("/students/20200001/identity/", headers={"HX-Request": "true"})
    assert "999010199001011234" in answer.content.decode()
    entry = Entry.objects.latest("id")
    told = (entry.action, entry.subject, entry.actor_id)
    assert told == ("reveal_identity", "student:20200001", world.people.centre.pk)


def test_nobody_reveals_a_number_out_of_reach(world: World) -> None:
    before = Entry.objects.count()
    for user in (world.people.other_centre, world.people.other_student):
        assert signed_in(user).post("/students/20200001/identity/").status_code == 404
    assert Entry.objects.count() == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_holds_what_the_screen_shows_and_says_who_took_it(world: World, post: Post, form: str) -> None:
    client = signed_in(world.people.centre)
    answer = post(client, f"/seasons/{STEM}/export/?scope=", {"format": form})
    job = Job.objects.get()
    assert (answer.headers["Location"], job.state, job.result) == (f"/messages/{job.pk}/", "done", {"students": 3})
    content = b"".join(client.get(f"/messages/{job.pk}/file/"))
    rows = _rows(content) if form == "xlsx" else [line.split(",") for line in content.decode("utf-8-sig").splitlines()]
    assert [row[1] for row in rows[1:]] == ["林晓", "欧阳雪梅", "买买提·艾力"]
    assert {row[-1].partition(" ")[0] for row in rows[1:]} == {"李老师"}
    assert "999010199001011234" not in str(rows)


def test_a_double_click_exports_once_until_that_export_is_over(world: World) -> None:
    client, address = signed_in(world.people.centre), f"/seasons/{STEM}/export/?scope="
    first, second = (client.post(address, {"format": "csv"}).headers["Location"] for _ in range(2))
    assert (first, Job.objects.count()) == (second, 1)
    assert client.post(address, {"format": "xlsx"}).headers["Location"] != first
    Job.objects.update(state=Job.State.DONE)
    assert client.post(address, {"format": "csv"}).headers["Location"] != first


def test_before_the_first_audit_the_list_says_what_to_do(people: People) -> None:
    open_season(stem=STEM, by=SYSTEM, at=AT)
    assert "还没有审查结果" in text(signed_in(people.college), LIST)


def _rows(content: bytes) -> list[list[str]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("学生").to_python()  # type: ignore[return-value]


def test_the_ticked_or_all_of_a_list_are_reminded_once(world: World, settings: Settings) -> None:
    play_at(settings, AT)
    client = signed_in(world.people.college)
    address = f"/seasons/{STEM}/roster/remind/"
    assert "已提醒 1 人" in said(client, address, {"student_no": "20200001"})
    assert "已提醒 1 人；1 人在这一截止前的同一阶段已提醒过" in said(client, address, {"all": "yes"})
    assert "请先选中" in said(client, address)
    far = signed_in(world.people.other_centre)
    assert "请先选中" in said(far, address, {"student_no": "20200001"})
    assert signed_in(world.people.student).post(address, {"all": "yes"}).status_code == 404
    assert Message.objects.count() == 2
