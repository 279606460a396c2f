"""到期结转页: what is due, what came of it, and nobody but the college."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.models.case import Case
from tests.app.casework.school import CLOSES
from tests.pages.conftest import Post
from tests.pages.office import text
from tests.pages.people import play_at, signed_in
from tests.pages.season import World

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/college/seasons/2022-autumn/settling/"


def test_a_passed_deadline_is_settled_from_the_page_and_the_result_stands_there(
    world: World, post: Post, settings: Settings
) -> None:
    officer = signed_in(world.people.college)
    play_at(settings, CLOSES - timedelta(minutes=1))
    assert "还没有到" in text(officer.get(PAGE))
    assert "待结转" not in text(officer.get(PAGE))
    assert post(officer, PAGE, {"entry": "sign_off"}).status_code == 404
    play_at(settings, CLOSES)
    assert "待结转" in text(officer.get(PAGE))
    post(officer, PAGE, {"entry": "sign_off"})
    page = text(officer.get(PAGE))
    assert "签字确认 2 人" in page
    assert set(Case.objects.values_list("state", flat=True)) == {"deemed"}


def test_only_the_college_settles(world: World) -> None:
    assert signed_in(world.people.centre).get(PAGE).status_code == 404
    assert signed_in(world.people.student).post(PAGE, {"entry": "sign_off"}).status_code == 404


def test_the_page_costs_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = signed_in(world.people.college)
    officer.get(PAGE)
    with django_assert_num_queries(7):
        officer.get(PAGE)
