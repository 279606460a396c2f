"""公示页: one's own result, open to objections within the time to the minute, and nobody else's."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from biye.foundation.moments import moment
from tests.pages.office import text
from tests.pages.people import play_at, signed_in
from tests.pages.season import World

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/my/notice/"
OPENS, CLOSES = moment("2022-06-27 00:00"), moment("2022-06-30 24:00")
OBJECT = "对公示结果提出异议"


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (OPENS - timedelta(minutes=1), False),
        (OPENS + timedelta(minutes=1), True),
        (CLOSES - timedelta(minutes=1), True),
        (CLOSES, False),
    ],
)
def test_the_way_to_object_is_open_while_the_notice_is_public(
    world: World, settings: Settings, at: object, is_open: bool
) -> None:
    play_at(settings, at)  # type: ignore[arg-type]
    page = text(signed_in(world.people.student).get(PAGE))
    assert "公示的审查结果" in page
    assert (OBJECT in page) is is_open


def test_who_was_told_nothing_and_who_is_no_student_has_no_such_page(world: World) -> None:
    assert signed_in(world.people.centre).get(PAGE).status_code == 404
    world.publication.conclusions.all().delete()
    assert signed_in(world.people.student).get(PAGE).status_code == 404


def test_the_page_costs_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    student = signed_in(world.people.student)
    student.get(PAGE)
    with django_assert_num_queries(9):
        student.get(PAGE)
