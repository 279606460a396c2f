"""起草变更 in a browser: a mistake is found without being kept, its line is marked, and nothing goes wrong on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.audit.models.run import Rules
from tests.pages.office import open_office
from tests.pages.people import populate

pytestmark = pytest.mark.django_db(transaction=True)
MARKED = "editor => editor.value.slice(editor.selectionStart, editor.selectionEnd)"


@pytest.mark.parametrize("button", ["只检查，不保存", "检查并保存草稿"])
def test_a_mistake_is_in_sight_and_marked(
    tmp_path: Path,
    live_server: LiveServer,
    settings: Settings,
    sign_in: Callable[[Page, AbstractBaseUser], None],
    desk: Page,
    button: str,
) -> None:
    people = populate()
    office = open_office(tmp_path, people, settings)
    sign_in(desk, people.college)
    desk.goto(f"{live_server.url}/college/rules/{office.school.rules.pk}/draft/")
    desk.get_by_label("改了什么、为什么").fill("改写一处")
    desk.get_by_text("规则 rulebooks/graduation.yaml").click()
    editor = desk.get_by_label("rulebooks/graduation.yaml")
    editor.fill(editor.input_value().replace("rule: credits.total", "rule: credits.totle"))
    desk.get_by_role("button", name=button).click()
    expect(desk.get_by_role("heading", name="有 1 处需要改正")).to_be_visible()
    expect(editor).to_be_focused()
    assert editor.evaluate(MARKED) == "    rule: credits.totle"
    desk.get_by_label("改了什么、为什么").focus()
    desk.get_by_role("link", name="rulebooks/graduation.yaml 第").click()
    expect(editor).to_be_focused()
    assert Rules.objects.count() == 1
