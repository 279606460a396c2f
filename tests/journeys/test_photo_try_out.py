"""试检: a student reads what is wrong with the photo, tries a picture on the telephone, has one made; in a browser."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.storage import default_storage
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.foundation.actor import SYSTEM
from biye.machinery.ledger.models.entry import Entry
from biye.photos.core.drawing.portrait import draw
from biye.photos.models.photo import Photo
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests import photo_files
from tests.journeys.axe import overflow, violations
from tests.pages.people import AT, People, play_at, populate
from tests.pages.season import STEM

type SignIn = Callable[[Page, AbstractBaseUser], None]


@pytest.fixture
def people(transactional_db: None, settings: Settings) -> People:
    """林晓's comparison failed, on the evening before the last but one day."""
    play_at(settings, AT)
    people = populate()
    open_season(stem=STEM, by=SYSTEM, at=AT)
    ChsiPhoto.objects.create(
        student=Student.objects.get(student_no="20200001"), at_chsi=True, comparison="学信照片不通过"
    )
    return people


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """A telephone's picture with room around, one whose head leaves it, a finished photo, and a file that is none."""
    sitter = replace(
        photo_files.person(2),
        width=1200,
        height=1600,
        middle=620.0,
        eye_line=640.0,
        crown=260.0,
        face_width=460.0,
        roll=1.5,
        background=(196, 198, 200),
    )
    contents = {
        "phone.jpg": photo_files.encoded(draw(sitter).pixels, quality=92, dpi=(72, 72)),
        "cut.jpg": photo_files.encoded(photo_files.moved(0, -100)(photo_files.portrait())[:500]),
        "good.jpg": photo_files.good(),
        "notes.jpg": b"%PDF-1.7 not a photo",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name.partition(".")[0]: tmp_path / name for name in contents}


def try_out(page: Page, picture: Path, heading: str) -> None:
    """Choose a picture; it is checked at once, and what was found stands before the eyes."""
    page.get_by_label("选一张照片").set_input_files(picture)
    expect(page.get_by_role("heading", name=heading)).to_be_focused()
    assert [*violations(page), *filter(None, [overflow(page)])] == []


def kept() -> list[str]:
    """Every file below the photos' folder, other tests' among them."""
    if not default_storage.exists("photos"):
        return []
    return sorted(str(file) for file in Path(default_storage.path("photos")).rglob("*"))


def test_from_a_red_comparison_to_a_photo_that_fits(
    people: People, pictures: dict[str, Path], live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    before = kept()
    sign_in(phone, people.student)
    phone.goto(f"{live_server.url}/my/")
    phone.get_by_role("link", name="毕业照片", exact=True).click()
    expect(phone.get_by_text("学信照片不通过")).to_be_visible()
    expect(phone.get_by_text("12:00 整即为逾期")).to_be_visible()
    expect(phone.get_by_text("不化妆、不修图")).to_be_visible()
    assert [*violations(phone), *filter(None, [overflow(phone)])] == []

    phone.get_by_role("link", name="试检一张照片").click()
    expect(phone.get_by_label("现在拍一张")).to_have_attribute("capture", "user")
    try_out(phone, pictures["notes"], "这个文件没有打开")
    expect(phone.get_by_text("PDF 文件")).to_be_visible()
    try_out(phone, pictures["cut"], "照这张裁不出合格的照片，要重拍")
    expect(phone.get_by_text("头顶超出画面").first).to_be_visible()
    try_out(phone, pictures["phone"], "项必须改")
    expect(phone.get_by_text("按图中的框裁剪")).to_be_visible()

    phone.get_by_role("button", name="制作标准照").click()
    expect(phone.get_by_role("heading", name="标准照做好了")).to_be_focused()
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="保存标准照").click()
    try_out(phone, Path(saved.value.path()).rename(pictures["phone"].with_name("made.jpg")), "可测各项都合格")

    assert not Photo.objects.exists()
    assert not Entry.objects.filter(action__startswith="photo").exists()
    assert kept() == before


def test_without_scripts_a_picture_is_checked_all_the_same(
    people: People, pictures: dict[str, Path], live_server: LiveServer, chromium_browser: Browser, sign_in: SignIn
) -> None:
    with chromium_browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        sign_in(page, people.student)
        page.goto(f"{live_server.url}/my/photo/try/")
        page.get_by_label("选一张照片").set_input_files(pictures["good"])
        page.get_by_role("button", name="检查这张照片").click()
        expect(page.get_by_role("heading", name="可测各项都合格")).to_be_visible()


def test_on_a_desk_the_camera_is_not_asked_for(
    people: People, pictures: dict[str, Path], live_server: LiveServer, desk: Page, sign_in: SignIn
) -> None:
    sign_in(desk, people.student)
    desk.goto(f"{live_server.url}/my/photo/try/")
    expect(desk.get_by_label("现在拍一张")).to_be_hidden()
    try_out(desk, pictures["phone"], "项必须改")


def test_a_lost_connection_is_told(
    people: People, pictures: dict[str, Path], live_server: LiveServer, chromium_browser: Browser, sign_in: SignIn
) -> None:
    with chromium_browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        sign_in(page, people.student)
        page.goto(f"{live_server.url}/my/photo/try/")
        context.set_offline(True)
        page.get_by_label("选一张照片").set_input_files(pictures["good"])
        expect(page.get_by_text("没有传成功")).to_be_visible()
        expect(page.get_by_role("button", name="检查这张照片")).to_be_enabled()
