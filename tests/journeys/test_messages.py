"""消息与提醒的页面 with something on them, on a phone and on a desk: axe finds nothing, nothing is too wide, keys are enough."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.casework.actions.delivering import deliver
from biye.casework.actions.reminding import remind_due
from biye.casework.actions.telling import Note, tell
from biye.casework.models.message import Message
from biye.foundation.actor import SYSTEM
from biye.records.models.student import Student
from tests.journeys.axe import overflow, violations
from tests.pages.people import AT, play_at, populate
from tests.pages.season import World, audited_season

type SignIn = Callable[[Page, AbstractBaseUser], None]

MINE, SENT = "/my/messages/", "/seasons/2022-autumn/sent/"
LONG = "阿卜杜热合曼·阿卜杜克热木·买买提吐尔逊江"


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, AT + timedelta(hours=1))
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    found = audited_season(populate())
    Student.objects.filter(student_no="20200001").update(name=LONG, email="long@example.edu.cn")
    remind_due(season_id=found.season_id, by=None, at=AT)
    text = f"姓名由“{LONG}”改为“{LONG}阿卜杜”；审查结论没有变化。"
    student = Student.objects.get(student_no="20200001")
    tell(season_id=found.season_id, notes=[Note(student.pk, "姓名已更正", text, "record_check")], by=SYSTEM, at=AT)
    deliver(at=AT)
    return found


def wrong(page: Page) -> list[object]:
    return [*violations(page), *filter(None, [overflow(page)])]


@pytest.mark.parametrize("width", [360, 390, 1440])
def test_pages_with_messages(world: World, live_server: LiveServer, phone: Page, sign_in: SignIn, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    found = {}
    for user, address in ((world.people.student, MINE), (world.people.centre, SENT), (world.people.college, SENT)):
        phone.context.clear_cookies()
        sign_in(phone, user)
        phone.goto(live_server.url + address)
        found[user.username] = wrong(phone)
    assert found == {"20200001": [], "centre": [], "college": []}


def test_from_home_to_the_message_to_what_is_to_be_done(
    world: World, live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    sign_in(phone, world.people.student)
    phone.goto(f"{live_server.url}/my/")
    phone.get_by_role("link", name="消息 2 条未读").press("Enter")
    assert phone.get_by_role("article").count() == 2
    assert Message.objects.filter(seen_at__isnull=True).count() == 1
    phone.get_by_role("article").filter(has_text="核对学籍信息：").get_by_role("link").press("Enter")
    phone.wait_for_load_state()
    assert phone.locator("nav .count").count() == 0
