"""从表格到结论: an officer brings sheets in, audits, looks, publishes; a student reads why, and what to do; in a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.accounts.actions.accounts import create_student_logins, create_teacher
from biye.foundation.actor import SYSTEM
from tests.pages.people import AT, PASSWORD, play_at
from tests.workbooks import school_files, text_file

BAD = text_file((("学号", "姓名", "课程代码", "成绩"), ("2001", "张三", "A9", "九十")))


@pytest.fixture
def sheets(tmp_path: Path) -> list[Path]:
    """A small school's sheets, and one with a mistake."""
    for name, content in (*school_files(), ("更多成绩.csv", BAD)):
        (tmp_path / name).write_bytes(content)
    return sorted(tmp_path.iterdir())


@pytest.fixture
def site(transactional_db: None, settings: Settings, live_server: LiveServer) -> str:
    """The site on the evening of 13 June, its background work done at once."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    play_at(settings, AT)
    create_teacher(username="college", name="张老师", office="records", password=PASSWORD, by=SYSTEM, at=AT)
    return str(live_server.url)


def sign_in(page: Page, site: str, username: str) -> None:
    page.goto(site)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def agree(page: Page, act: Callable[[], None]) -> None:
    """Say yes to the question that an act asks before it is done."""
    page.once("dialog", lambda dialog: dialog.accept())
    act()


def test_from_sheets_to_a_student_who_knows_what_is_missing(
    site: str, sheets: list[Path], desk: Page, phone: Page
) -> None:
    sign_in(desk, site, "college")
    desk.get_by_role("button", name="建立批次 2022-autumn").click()
    expect(desk.get_by_text("批次已建立")).to_be_visible()

    desk.get_by_role("link", name="导入", exact=True).first.click()
    desk.set_input_files("input[type=file]", sheets)
    desk.get_by_role("button", name="上传并核对").click()
    expect(desk.get_by_text("核对完毕，尚未写入")).to_be_visible()
    expect(desk.get_by_text("第 2 行「成绩」是“九十”，不是成绩")).to_be_visible()
    desk.get_by_role("button", name="导入可用的行").click()
    expect(desk.get_by_role("link", name="下载待改表")).to_be_visible()

    desk.get_by_role("link", name="重新审查").click()
    desk.get_by_role("button", name="审查全部学生").click()
    expect(desk.get_by_role("cell", name="已完成")).to_be_visible()

    desk.get_by_role("link", name="公布", exact=True).click()
    desk.get_by_role("button", name="准备下一版").click()
    desk.get_by_role("link", name="第 1 版").click()
    desk.get_by_label("学号").fill("2002")
    desk.get_by_role("button", name="筛选").click()
    expect(desk.get_by_role("heading", name="需要处理")).to_be_visible()
    agree(desk, desk.get_by_role("button", name="名学生公布").click)
    expect(desk.get_by_text("名学生公布审查结论（第 1 版）")).to_be_visible()

    for _ in create_student_logins(student_nos=["2002"], password=PASSWORD, by=SYSTEM, at=AT):
        pass
    sign_in(phone, site, "2002")
    expect(phone.get_by_text("还剩 1 天").first).to_be_visible()
    phone.get_by_role("link", name="查看结论并选择").click()
    expect(phone.get_by_text("暂不符合毕业条件").first).to_be_visible()
    expect(phone.get_by_text("学分不足").first).to_be_visible()
    expect(phone.get_by_role("link", name="022-87401520").first).to_have_attribute("href", "tel:02287401520")

    phone.get_by_role("link", name="若补过某门课").click()
    expect(phone.get_by_text("先勾选一项")).to_be_visible()
    phone.get_by_label("会计学").check()
    expect(phone.get_by_role("heading", name="仍需处理")).to_be_visible()
