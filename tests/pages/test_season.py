"""批次总览与学习中心总览: numbers that lead to people."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.core.words import Kind, State
from biye.seasons.models.season import Season
from tests.pages.desks import a_case
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import STEM, World

OVERVIEW = f"/college/seasons/{STEM}/"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_season_is_opened_from_its_file_once(people: People) -> None:
    client = signed_in(people.college)
    assert client.get("/college/").headers["Location"] == "/college/seasons/"
    assert f"建立批次 {STEM}" in text(client, "/college/seasons/")
    for _ in range(2):
        client.post("/college/seasons/new/", {"stem": STEM})
    assert [season.label for season in Season.objects.all()] == ["2022年秋季毕业资格审查"]
    assert client.get("/college/").headers["Location"] == OVERVIEW


def test_a_season_that_has_no_file_is_refused_in_words(people: People) -> None:
    client = signed_in(people.college)
    client.post("/college/seasons/new/", {"stem": "1999-autumn"})
    assert "没有批次文件「1999-autumn」" in text(client, "/college/seasons/")
    assert Season.objects.count() == 0


def test_before_the_first_audit_the_overview_says_what_to_do(people: People) -> None:
    client = signed_in(people.college)
    client.post("/college/seasons/new/", {"stem": STEM})
    page = text(client, OVERVIEW)
    assert ("还没有审查结果" in page, "6月15日 12:00" in page, "还剩 1 天 15 小时" in page) == (True, True, True)


def test_the_overview_counts_and_leads_to_the_people_behind(world: World) -> None:
    client = signed_in(world.people.college)
    page = text(client, OVERVIEW)
    for part in ("学分及统考审核通过 1", "暂不符合毕业条件 1", "已公布", "退学", "休学", "河东学习中心"):
        assert part in page
    assert f'href="/seasons/{STEM}/students/?rule=0&amp;verdict=2"' in page
    assert "林晓" in text(client, f"/seasons/{STEM}/students/?rule=0&verdict=2")


def test_the_overview_says_what_people_did_and_which_fix_alone_would_let_whom_pass(world: World) -> None:
    client = signed_in(world.people.college)
    page = text(client, OVERVIEW)
    assert ("核对 河东学习中心 学分</a>：可让 1 人通过" in page, "现场签字确认" in page) == (True, False)
    a_case(world, "20200001", Kind.SIGN_OFF, State.SIGNED_ON_SITE)
    a_case(world, "20200002", Kind.DEFERRAL, State.PAPER_RECEIVED)
    page = text(client, OVERVIEW)
    address = f"/seasons/{STEM}/cases/?kind=sign_off&amp;state=signed_on_site"
    assert (address in page, "申请延缓毕业 1" in page) == (True, True)


def test_the_overview_costs_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.people.college)
    client.get(OVERVIEW)
    with django_assert_num_queries(10):
        client.get(OVERVIEW)


def test_a_centre_sees_its_own_numbers(world: World) -> None:
    ours, theirs = (text(signed_in(user), "/centre/") for user in (world.people.centre, world.people.other_centre))
    assert ("暂不符合毕业条件 1" in ours, "学分及统考审核通过 1" in ours) == (True, False)
    assert ("暂不符合毕业条件 1" in theirs, "学分及统考审核通过 1" in theirs) == (False, True)


def test_a_centre_finds_no_overview_of_the_college(world: World) -> None:
    assert signed_in(world.people.centre).get(OVERVIEW).status_code == 404
