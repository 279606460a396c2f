"""照片审看, by keys alone; and every page about photos on a phone and on an office's screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.photos.actions.uploading import standardise_photo
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests.journeys.axe import overflow, violations
from tests.pages.people import AT, play_at, populate
from tests.pages.photos import GOOD, HERE, NUMBERS, OTHER, PHOTOS, RED, THERE, Desk, college, hand_in, open_desk

type SignIn = Callable[[Page, AbstractBaseUser], None]
LONG = "欧阳·阿卜杜热西提·买买提艾力江·古丽巴哈尔"
SHARED = ("", "students/", "students/?words=nobody", "upload/", "paper/", "desk/?answer=pass", f"students/{HERE}/")


@pytest.fixture
def office(transactional_db: None, settings: Settings) -> Desk:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    play_at(settings, AT)
    return open_desk(populate())


def test_a_pile_of_photos_is_looked_through_by_keys_alone(
    office: Desk, live_server: LiveServer, desk: Page, sign_in: SignIn
) -> None:
    first, second = hand_in(office, HERE), hand_in(office, THERE, RED)
    sign_in(desk, office.people.college)
    desk.goto(f"{live_server.url}{PHOTOS}desk/")
    expect(desk.get_by_role("heading", name="林晓")).to_be_visible()

    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", name="周建国")).to_be_visible()
    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", name="林晓")).to_be_visible()

    # Two keys for a no: which question, and so it is.
    desk.keyboard.press("5")
    expect(desk.locator("[data-key='5']")).to_be_checked()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("刚才：林晓（20200001）判为不合格")).to_be_visible()
    assert (PhotoDecision.objects.get(photo=first).is_accepted, first.sha256) == (False, first.sha256)

    desk.keyboard.press("u")
    expect(desk.get_by_text("已撤销，请重新审看")).to_be_visible()
    expect(desk.get_by_role("heading", name="林晓")).to_be_visible()

    # One key for a yes.
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("刚才：林晓（20200001）判为合格")).to_be_visible()
    expect(desk.get_by_role("heading", name="周建国")).to_be_visible()

    # The machine said no and is agreed with by one key; typing in the text is typing.
    reason = desk.get_by_label("说明")
    reason.focus()
    desk.keyboard.type("j5k")
    expect(reason).to_have_value("j5k")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("没有待审看的照片")).to_be_visible()
    assert (PhotoDecision.objects.get(photo=second).is_accepted, Photo.objects.count()) == (False, 2)


def test_whoever_wants_no_shortcuts_has_none(
    office: Desk, live_server: LiveServer, desk: Page, sign_in: SignIn
) -> None:
    hand_in(office, HERE)
    sign_in(desk, office.people.centre)
    desk.goto(f"{live_server.url}{PHOTOS}desk/")
    desk.get_by_label("使用键盘快捷键").uncheck()
    desk.reload()
    desk.keyboard.press("5")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-key='5']")).not_to_be_checked()
    expect(desk.get_by_role("heading", name="林晓")).to_be_visible()
    assert not PhotoDecision.objects.exists()


def test_a_folder_is_dropped_and_its_report_read(
    office: Desk, live_server: LiveServer, desk: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    folder = tmp_path / "毕业照"
    folder.mkdir()
    for name, data in ((f"{NUMBERS[HERE]}.JPG", GOOD), (f"{NUMBERS[THERE]}.JPG", RED), ("李四.JPG", OTHER)):
        (folder / name).write_bytes(data)
    sign_in(desk, office.people.college)
    desk.goto(f"{live_server.url}{PHOTOS}")
    desk.get_by_role("link", name="成批上传").click()
    desk.get_by_label("或选一个文件夹").set_input_files(folder)
    desk.get_by_role("button", name="上传并检查").click()
    expect(desk.get_by_text("收下 2 张，未收 1 个文件")).to_be_visible()
    expect(desk.get_by_role("cell", name="李四.jpg", exact=True)).to_be_visible()


def everything(page: Page, addresses: tuple[str, ...], site: str) -> dict[str, list[object]]:
    """What axe finds on each page, and by how much it is too wide."""
    wrong = {}
    for address in addresses:
        page.goto(site + address)
        if found := [*violations(page), *filter(None, [overflow(page)])]:
            wrong[address] = found
    return wrong


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_page_about_photos(
    office: Desk, live_server: LiveServer, size: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    page: Page = request.getfixturevalue(size)
    Student.objects.filter(student_no=HERE).update(name=LONG)
    ChsiPhoto.objects.create(student=Student.objects.get(student_no=THERE), at_chsi=True, comparison="学信照片不通过")
    for student_no in (HERE, THERE):
        hand_in(office, student_no, GOOD, Photo.Purpose.ENROLMENT)
    source = hand_in(office, HERE, RED)
    standardise_photo(source.pk, by=college(office), at=AT)
    failed = hand_in(office, THERE, RED)
    sign_in(page, office.people.college)
    site = str(live_server.url)
    page.goto(f"{site}/college{PHOTOS}comparison/")
    page.get_by_role("button", name="开始比对").click()
    shared = tuple(f"{PHOTOS}{part}" for part in SHARED)
    own = (f"{PHOTOS}desk/{failed.pk}/", f"/college{PHOTOS}comparison/")
    assert everything(page, (*shared, *own), site) == {}
    page.context.clear_cookies()
    sign_in(page, office.people.centre)
    assert everything(page, (*shared, f"{PHOTOS}desk/"), site) == {}
