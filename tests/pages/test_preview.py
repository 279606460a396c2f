"""某时刻的样子: the same pages by another clock, and nothing written."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case, Step
from biye.machinery.ledger.models.entry import Entry
from tests.pages.desks import a_case, text
from tests.pages.people import AT, play_at, signed_in
from tests.pages.season import STEM, World

PREVIEW = f"/seasons/{STEM}/preview/"
AFTER = "2022-06-16T00:00"
BEFORE = "2022-06-15T23:59"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.people.college)


def written() -> tuple[int, int, int]:
    return Case.objects.count(), Step.objects.count(), Entry.objects.count()


def test_silence_is_counted_at_the_closing_moment_and_not_a_minute_before(world: World, office: Client) -> None:
    a_case(world, "20200001", Kind.SIGN_OFF, State.SIGNED)
    a_case(world, "20200002", Kind.DEFERRAL, State.SUBMITTED)
    before = written()
    ahead = text(office, f"{PREVIEW}?moment={AFTER}")
    assert ("1 人</span> 签字确认：逾期视为无异议" in ahead, "1 人</span> 申请延缓毕业：逾期无效" in ahead) == (
        True,
        True,
    )
    now = text(office, f"{PREVIEW}?moment={BEFORE}")
    assert ("1 人未办</span> 签字确认" in now, "1 人</span> 签字确认" in now) == (True, False)
    assert "如果到了 2022年6月13日 20:00" in text(office, f"{PREVIEW}?moment=soon")
    assert written() == before


def test_a_case_shows_what_could_be_done_then_and_offers_nothing_now(world: World) -> None:
    client, case = signed_in(world.people.centre), a_case(world, "20200001", state=State.SUBMITTED)
    assert "收到纸质材料 <kbd>" in text(client, f"/cases/{case.pk}/")
    page = text(client, f"/cases/{case.pk}/?moment={AFTER}")
    assert ("已过截止时间" in page, "<kbd>P</kbd>" in page, "正在看 2022年6月16日 00:00" in page) == (True, False, True)


def test_a_centre_looks_ahead_for_its_own_students_only(world: World, office: Client) -> None:
    near = signed_in(world.people.centre)
    assert "1 人未办</span> 签字确认" in text(near, f"{PREVIEW}?moment={BEFORE}")
    assert "2 人未办</span> 签字确认" in text(office, f"{PREVIEW}?moment={BEFORE}")
    assert "没有还差一步的学生" in text(near, f"/centre/?moment={AFTER}")
    assert signed_in(world.people.student).get(PREVIEW).status_code == 404


def test_looking_ahead_costs_a_constant_number_of_queries(
    world: World, office: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.get(PREVIEW)
    with django_assert_num_queries(8):
        office.get(PREVIEW)
    a_case(world, "20200001", Kind.SIGN_OFF, State.SIGNED)
    with django_assert_num_queries(8):
        office.get(f"{PREVIEW}?moment={AFTER}")
