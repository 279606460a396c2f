"""办理队列, by keyboard only: down the list, into a case, agreed, on to the next, refused with a reason, back to the queue."""

from collections.abc import Callable

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.casework.models.case import Case
from tests.pages.desks import a_case
from tests.pages.people import AT, play_at, populate
from tests.pages.season import STEM, World, audited_season


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, AT)
    return audited_season(populate())


def test_a_queue_is_worked_through_without_a_mouse(
    world: World, live_server: LiveServer, desk: Page, sign_in: Callable[[Page, AbstractBaseUser], None]
) -> None:
    first, second = (a_case(world, number) for number in ("20200001", "20200002"))
    third = a_case(world, "20200003")
    sign_in(desk, world.people.college)
    desk.goto(f"{live_server.url}/seasons/{STEM}/cases/?kind=deferral")

    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name="林晓")).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name="周建国")).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="林晓 · 申请延缓毕业")).to_be_visible()

    desk.keyboard.press("a")
    expect(desk.get_by_text("林晓 的“申请延缓毕业”：同意。")).to_be_visible()
    expect(desk.get_by_role("heading", name="周建国 · 申请延缓毕业")).to_be_visible()

    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", name="欧阳雪梅 · 申请延缓毕业")).to_be_visible()
    desk.keyboard.press("k")
    expect(desk.get_by_role("heading", name="周建国 · 申请延缓毕业")).to_be_visible()

    desk.keyboard.press("r")
    expect(desk.get_by_label("理由（学生会看到）").first).to_be_focused()
    desk.keyboard.type("申请表没有签字 jka")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="欧阳雪梅 · 申请延缓毕业")).to_be_visible()

    desk.keyboard.press("a")
    expect(desk.get_by_text("没有等待处理的事项")).to_be_visible()
    for case, state in ((first, "approved"), (second, "rejected"), (third, "approved")):
        case.refresh_from_db()
        assert case.state == state
    assert Case.objects.get(pk=second.pk).history.get().reason == "申请表没有签字 jka"
