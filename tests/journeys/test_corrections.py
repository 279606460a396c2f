"""核对、修改、异议 in a browser: a telephone in the evening, a desk at the centre and one at the college."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.casework.actions.acting import act_on
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, CaseFile
from biye.records.models.personal import PersonalInfo
from biye.records.models.student import Student
from tests.journeys.axe import overflow, violations
from tests.pages.matters import EVIDENCE, IN_TIME, asker, correction, forwarded, picture
from tests.pages.people import play_at, populate, signed_in
from tests.pages.season import STEM, World, audited_season

type SignIn = Callable[[Page, AbstractBaseUser], None]
BREAK_OFF = """() => {
  window.sendForReal = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new ProgressEvent("error")); };
}"""
MEND = "() => { XMLHttpRequest.prototype.send = window.sendForReal; }"
LONG = "阿卜杜热合曼·阿卜杜赛麦提江·麦麦提尼亚孜·如则"


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, IN_TIME)
    world = audited_season(populate())
    Student.objects.filter(student_no="20200001").update(
        identity_number="34052419800101001X", sex=2, ethnicity="维吾尔族"
    )
    return world


def look(page: Page) -> None:
    assert (violations(page), overflow(page)) == ([], 0)


def shoot(page: Page, name: str) -> None:
    look(page)
    del name


def test_a_student_checks_the_record_on_a_phone(
    world: World, live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    """通知二.2: 核对学籍信息; 若涉及关键字段，提交申请材料."""
    sign_in(phone, world.people.student)
    phone.goto(f"{live_server.url}/my/record/")
    shoot(phone, "record")
    phone.get_by_role("group", name="姓名").get_by_text("无误").click()
    expect(phone.get_by_text("已核对 1 / 16 项")).to_be_visible()
    phone.get_by_role("group", name="性别").get_by_text("有误").click()
    expect(phone.locator("#record-state").get_by_role("link", name="申请修改")).to_be_visible()
    shoot(phone, "record-wrong")
    phone.get_by_label("通讯地址", exact=True).fill("天津市河东区")
    phone.get_by_label("邮政编码", exact=True).fill("30000")
    phone.get_by_label("邮政编码", exact=True).blur()
    expect(phone.get_by_text("邮政编码应为 6 位数字")).to_be_visible()
    expect(phone.locator("#own-state").get_by_text("已保存")).to_be_visible()
    assert PersonalInfo.objects.get().said["通讯地址"] == "天津市河东区"
    phone.get_by_role("button", name="显示完整号码（留痕）").click()
    expect(phone.get_by_text("34052419800101001X")).to_be_visible()
    phone.locator("#record-state").get_by_role("link", name="申请修改").click()
    shoot(phone, "correction-begin")


def test_evidence_is_photographed_and_a_connection_that_breaks_off_loses_nothing(
    world: World, live_server: LiveServer, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    """通知二.2: 在 6 月 15 日前将纸质申请材料提交学习中心，并跟进修改进度."""
    photos = [tmp_path / f"IMG_{number}.jpg" for number in range(3)]
    for number, path in enumerate(photos):
        path.write_bytes(picture(number))
    sign_in(phone, world.people.student)
    phone.goto(f"{live_server.url}/my/corrections/new/?field=姓名")
    phone.get_by_label("改为").fill(LONG)
    phone.get_by_label("依法变更").check()
    phone.get_by_label("公安机关办理变更的日期").fill("2021-03-01")
    phone.get_by_role("button", name="下一步：证明材料").click()
    shoot(phone, "correction-open")

    phone.evaluate(BREAK_OFF)
    phone.locator("input[type=file]").first.set_input_files(photos[0])
    expect(phone.get_by_text("没有传完，可能是网络中断").first).to_be_visible()
    phone.evaluate(MEND)
    phone.get_by_role("button", name="上传").first.click()
    expect(phone.get_by_text("还缺 2 件")).to_be_visible()
    (tmp_path / "letter.jpg").write_bytes(b"this is no picture at all")
    phone.locator("input[type=file]").nth(1).set_input_files(tmp_path / "letter.jpg")
    expect(phone.get_by_text("这个文件不能用（无法识别的文件）").first).to_be_visible()
    for place in (1, 2):
        phone.locator("input[type=file]").nth(place).set_input_files(photos[place])
        expect(phone.get_by_text(f"还缺 {2 - place} 件" if place < 2 else "已齐")).to_be_visible()
    assert CaseFile.objects.count() == 3
    phone.get_by_role("button", name="提交修改申请").click()
    expect(phone.get_by_text("2022年6月15日 24:00 前交到")).to_be_visible()
    shoot(phone, "correction-submitted")
    assert Case.objects.get().state == State.SUBMITTED


def test_an_objection_is_two_taps_from_the_line(
    world: World, live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    """通知二.1: 查看核对课程、统考情况，若有异议，向学习中心老师反馈."""
    sign_in(phone, world.people.student)
    phone.goto(f"{live_server.url}/my/courses/")
    shoot(phone, "courses")
    phone.get_by_role("link", name=re.compile("对此有异议.*会计学")).click()
    expect(phone.get_by_text("学习支持服务办公室").first).to_be_visible()
    shoot(phone, "objection-begin")
    phone.get_by_label("您认为应当是").fill("85 分")
    phone.get_by_label("有误的地方和理由").fill("2021年秋季考过，成绩单上是 85 分。")
    phone.get_by_role("button", name="提出异议").click()
    expect(phone.get_by_text("已提出异议")).to_be_visible()
    shoot(phone, "objection")
    phone.goto(f"{live_server.url}/my/objections/")
    shoot(phone, "objections")


def test_the_centre_checks_the_originals_and_the_college_decides(
    world: World, live_server: LiveServer, desk: Page, sign_in: SignIn
) -> None:
    case = correction(world, new=LONG)
    act_on(case.pk, Event.RECEIVE_PAPER, by=asker(world.people.centre), at=IN_TIME)
    sign_in(desk, world.people.centre)
    desk.goto(f"{live_server.url}/cases/{case.pk}/")
    shoot(desk, "centre-correction")
    for item in EVIDENCE:
        desk.get_by_label(f"{item}：原件已核对").check()
    desk.get_by_role("button", name="上报学院").first.click()
    expect(desk.get_by_text("修改申请已上报学院")).to_be_visible()
    desk.goto(f"{live_server.url}/centre/seasons/{STEM}/students/20200001/entries/")
    shoot(desk, "centre-entries")
    desk.get_by_role("link", name=re.compile("代录修改.*民族")).click()
    shoot(desk, "centre-entry-correction")
    desk.goto(f"{live_server.url}/centre/seasons/{STEM}/students/20200001/entries/objection/?line=course&key=A3")
    shoot(desk, "centre-entry-objection")
    desk.context.clear_cookies()
    sign_in(desk, world.people.college)
    desk.goto(f"{live_server.url}/cases/{case.pk}/")
    shoot(desk, "college-correction")
    desk.get_by_role("button", name="同意，写入学籍并重新审查").click()
    expect(desk.get_by_text("已写入学籍，正在自动重新审查")).to_be_visible()
    assert Student.objects.get(student_no="20200001").name == LONG


def test_the_college_answers_an_objection(world: World, live_server: LiveServer, desk: Page, sign_in: SignIn) -> None:
    student = signed_in(world.people.student)
    student.post("/my/objections/new/?line=course&key=A3", {"wanted": "85", "text": "成绩单上有"})
    case = Case.objects.get(kind=Kind.OBJECTION)
    sign_in(desk, world.people.college)
    desk.goto(f"{live_server.url}/cases/{case.pk}/")
    shoot(desk, "college-objection")
    desk.get_by_label("成绩（分数").fill("85")
    desk.get_by_label("学期（如").fill("2021秋")
    desk.get_by_label("答复学生的理由").fill("成绩单属实")
    desk.get_by_role("button", name="异议成立，更正并重新审查").click()
    expect(desk.get_by_text("数据已更正，正在自动重新审查")).to_be_visible()


def test_pages_on_the_other_width(
    world: World, live_server: LiveServer, phone: Page, desk: Page, sign_in: SignIn
) -> None:
    """What a student sees on a desk, and staff on a telephone."""
    case = forwarded(world, correction(world, new=LONG))
    sign_in(desk, world.people.student)
    for address in ("/my/record/", "/my/courses/", f"/my/corrections/{case.pk}/", "/my/objections/"):
        desk.goto(live_server.url + address)
        shoot(desk, f"desk{address.replace('/', '-')}")
    sign_in(phone, world.people.college)
    phone.goto(f"{live_server.url}/cases/{case.pk}/")
    shoot(phone, "phone-college-correction")
