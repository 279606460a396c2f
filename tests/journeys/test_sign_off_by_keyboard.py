"""只用键盘签字: from the list of tasks to the signature without a finger or a mouse, and the shown page says so."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.casework.core.words import Kind
from biye.casework.models.case import Case, Step
from tests.app.casework.published import PASSED, check_record
from tests.journeys.axe import overflow, violations
from tests.journeys.test_every_page import SignIn
from tests.pages.people import AT, play_at, populate
from tests.pages.season import World, audited_season

MOST_TABS = 60


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, AT)
    found = audited_season(populate())
    check_record(found, PASSED)
    return found


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus; where it has it, it can be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
    raise AssertionError(f"no way by Tab to {wanted}")


def test_from_the_tasks_to_the_signature(world: World, live_server: LiveServer, desk: Page, sign_in: SignIn) -> None:
    sign_in(desk, world.people.other_student)
    desk.goto(f"{live_server.url}/my/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="跳到正文")).to_be_focused()
    desk.keyboard.press("Enter")
    tab_to(desk, desk.get_by_role("link", name="查看结论并选择"))
    desk.keyboard.press("Enter")

    tab_to(desk, desk.get_by_role("link", name="去签字确认"))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="签字确认")).to_be_visible()
    assert [*violations(desk), *filter(None, [overflow(desk)])] == []

    tab_to(desk, desk.get_by_label("我知道：毕业之后不能再补足学位申请条件").first)
    desk.keyboard.press("Space")
    tab_to(desk, desk.get_by_label("不方便手写？输入本人姓名代替"))
    desk.keyboard.type("周建国")
    tab_to(desk, desk.get_by_role("button", name="签字确认"))
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", name="已签字确认")).to_be_visible()
    case = Case.objects.get(kind=Kind.SIGN_OFF)
    assert (case.state, Step.objects.get(case=case).detail["way"]) == ("signed", "typed")


def test_a_finger_signs_on_a_telephone(world: World, live_server: LiveServer, phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, world.people.other_student)
    phone.goto(f"{live_server.url}/my/sign/")
    pad = phone.locator(".pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 20, box["y"] + 30)
    phone.mouse.down()
    for step in range(1, 12):
        phone.mouse.move(box["x"] + 20 + 22 * step, box["y"] + 30 + 60 * (step % 2))
    phone.mouse.up()
    phone.get_by_label("我知道：毕业之后不能再补足学位申请条件").first.check()
    phone.get_by_role("button", name="签字确认").click()
    expect(phone.get_by_role("heading", name="已签字确认")).to_be_visible()
    expect(phone.locator("img.signature")).to_be_visible()
    assert Step.objects.get(case__kind=Kind.SIGN_OFF).detail["way"] == "screen"
    assert [*violations(phone), *filter(None, [overflow(phone)])] == []


def test_a_self_appraisal_is_saved_while_it_is_written(
    world: World, live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    sign_in(phone, world.people.other_student)
    phone.goto(f"{live_server.url}/my/appraisal/")
    phone.get_by_label("思想、学习、工作等方面的自我鉴定").fill("勤奋好学，" * 10)
    expect(phone.get_by_text("还差 50 字")).to_be_visible()
    expect(phone.get_by_text("已自动保存")).to_be_visible()
    phone.get_by_label("思想、学习、工作等方面的自我鉴定").fill("勤奋好学，" * 20)
    expect(phone.get_by_text("字数符合要求")).to_be_visible()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("已提交自我鉴定")).to_be_visible()
    assert Case.objects.get(kind=Kind.APPRAISAL).form == {"text": "勤奋好学，" * 20}
    assert [*violations(phone), *filter(None, [overflow(phone)])] == []
