"""学生端: what one sees before and after publishing, in the words of the publication, and what one may try."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.audit.actions.publications import withdraw_publication
from biye.foundation.actor import SYSTEM
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import Result
from biye.seasons.actions.seasons import open_season
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import STEM, World

HOME, CONCLUSION, WHAT_IF = "/my/", "/my/conclusion/", "/my/conclusion/what-if/"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


def text(client: Client, address: str, **more: dict[str, str]) -> str:
    return client.get(address, **more).content.decode()


def test_before_a_season_is_open_home_says_so(people: People) -> None:
    assert "还没有毕业批次" in text(signed_in(people.student), HOME)


def test_before_publishing_home_names_every_deadline_and_the_conclusion_waits(people: People) -> None:
    open_season(stem=STEM, by=SYSTEM, at=AT)
    client = signed_in(people.student)
    home = text(client, HOME)
    for part in (
        "还剩 1 天 15 小时",
        "毕业图像采集并通过学信网人像比对",
        "无法在2022年秋季毕业",
        "通知三.1",
        'href="tel:02287557593"',
    ):
        assert part in home
    assert "学院还没有公布审查结论" in text(client, CONCLUSION)
    assert client.get(WHAT_IF).status_code == 404


def test_the_conclusion_has_ring_reasons_courses_and_choices(world: World) -> None:
    page = text(signed_in(world.people.student), CONCLUSION)
    for part in (
        "暂不符合毕业条件",
        "已修 76.0 学分，要求 80.0 学分",
        "学分不足",
        "尚欠 4.0",
        "会计学",
        "专业必修",
        "大学英语B",
        "申请结业",
        "只有2018年春季入学",
        "河东学习中心",
        'href="tel:02211112222"',
    ):
        assert part in page, part


def test_what_was_published_keeps_its_words_when_facts_change(world: World) -> None:
    Result.objects.all().delete()
    assert "已修 76.0 学分" in text(signed_in(world.people.student), CONCLUSION)


def test_what_was_taken_back_is_no_longer_shown(world: World) -> None:
    withdraw_publication(world.publication.pk, reason="有误", by=world.officer, at=AT)
    client = signed_in(world.people.student)
    assert "学院还没有公布审查结论" in text(client, CONCLUSION)
    assert "尚欠 4.0" not in text(client, HOME)


def test_a_student_reads_nobody_elses_conclusion(world: World) -> None:
    page = text(signed_in(world.people.other_student), CONCLUSION)
    assert ("学分及统考审核通过" in page, "林晓" in page, "尚欠 4.0" in page) == (True, False, False)


def test_what_if_shows_what_would_change_and_changes_nothing(world: World) -> None:
    client = signed_in(world.people.student)
    assert "先勾选一项" in text(client, WHAT_IF)
    page = text(client, f"{WHAT_IF}?course=A3")
    assert "学分及统考审核通过" in page
    assert "现在：暂不符合毕业条件" in page
    part = text(client, f"{WHAT_IF}?course=A3", headers={"HX-Request": "true"})
    assert ("学分及统考审核通过" in part, "<html" in part) == (True, False)
    assert "暂不符合毕业条件" in text(client, CONCLUSION)
    assert Result.objects.count() == 5


def test_what_if_takes_only_what_there_is(world: World) -> None:
    assert "先勾选一项" in text(signed_in(world.people.student), f"{WHAT_IF}?course=nothing&score=400")


def test_pages_cost_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.people.student)
    for address, queries in ((HOME, 17), (CONCLUSION, 16)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_the_own_identity_number_is_masked_and_may_be_revealed(world: World) -> None:
    client = signed_in(world.people.student)
    assert ("999***********1234" in text(client, HOME), "999010199001011234" in text(client, HOME)) == (True, False)
    assert "999010199001011234" in client.post("/students/20200001/identity/").content.decode()
    assert Entry.objects.latest("id").action == "reveal_identity"
