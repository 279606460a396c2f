"""第二份通知（2021年夏季）, from its first line to its last: students on a phone, 二级学院 and 继续教育学院 at a desk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.accounts.actions.accounts import create_student_logins, create_teacher
from biye.accounts.models.user import User
from biye.casework.core.paper_codes import Paper, code_of
from biye.casework.core.words import Kind
from biye.casework.models.case import Case
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.photos.models.photo import Photo
from biye.records.models.centre import Centre
from biye.records.models.student import Student
from biye.seasons.core.folder import SHIPPED
from tests import photo_files
from tests.journeys.second_school import (
    CENTRE,
    DEFERS,
    FAILS,
    GONE,
    LATER,
    OLD,
    ON_PAPER,
    SIGNS,
    first_sheets,
    grade_sheets,
)
from tests.journeys.walking import SignIn, Walk, agree, forward, look, sign_here
from tests.pages.matters import picture
from tests.pages.people import PASSWORD, play_at
from tests.workbooks import identity_number

STEM = "2021-summer"
SEASON, COLLEGE, CENTRES = f"/seasons/{STEM}/", f"/college/seasons/{STEM}/", f"/centre/seasons/{STEM}/"
CLAUSES = [
    "一", "二.2", "二.3", "二.4（预审）", "二.1", "二.1（证件号码）", "三.2、四", "二.4（延长学年）", "附件.1",
    "二.5", "二.6", "二.7", "二.8", "三.1", "附件.2", "二.4（预毕业确认）、附件.3", "五",
]  # fmt: skip
EVENING, LAST, OVER = moment("2021-06-10 19:00"), moment("2021-06-21 23:59"), moment("2021-06-22 00:00")
AFTER_PUBLICITY = moment("2021-06-26 09:00")
EVIDENCE = ("个人申请", "身份证", "户口簿", "公民主项信息变更更正证明")
RIGHT_NUMBER = identity_number("19920304", 33)


def user(name: str) -> User:
    return User.objects.get(username=name)


def case_of(number: str, kind: Kind) -> Case:
    return Case.objects.filter(student__student_no=number, kind=kind).latest("id")


def states(kind: Kind) -> dict[str, str]:
    """How everybody's case of this kind stands."""
    return dict(Case.objects.filter(kind=kind).values_list("student__student_no", "state"))


def code(number: str, kind: Kind) -> str:
    """What stands on the printed sheet."""
    case = case_of(number, kind)
    return code_of(Paper(case.season_id, case.student_id, kind, case.steps))


def bring_in(desk: Page, walk: Walk, files: list[Path]) -> None:
    """导入, looked at before it is written."""
    walk.go(desk, "/college/imports/")
    desk.set_input_files("input[type=file]", files)
    desk.get_by_role("button", name="上传并核对").click()
    expect(desk.get_by_text("没有发现问题")).to_be_visible()
    look(desk)
    desk.get_by_role("button", name="导入可用的行").click()
    expect(desk.get_by_text("导入。变动的学生需要")).to_be_visible()


def hand_over(phone: Page, files: list[Path]) -> None:
    """拍照上传 one piece of evidence after the other."""
    for place, path in enumerate(files):
        phone.locator("input[type=file]").nth(place).set_input_files(path)
        left = len(files) - place - 1
        expect(phone.get_by_text(f"还缺 {left} 件" if left else "已齐")).to_be_visible()


def receive(desk: Page, walk: Walk, number: str, kind: Kind) -> None:
    """扫码收纸质件."""
    walk.go(desk, f"{CENTRES}papers/")
    desk.get_by_label("表上的编码").fill(code(number, kind))
    desk.keyboard.press("Enter")
    expect(desk.locator(".scanned")).to_contain_text(kind.chinese)


def press(desk: Page, walk: Walk, case: Case, button: str, then: str) -> None:
    """One button of a case's page."""
    walk.go(desk, f"/cases/{case.pk}/")
    desk.get_by_role("button", name=button).first.click()
    expect(desk.get_by_text(then).first).to_be_visible()


def publish(desk: Page, walk: Walk) -> None:
    """审查, 准备, 公布."""
    walk.go(desk, f"{COLLEGE}audit/")
    desk.get_by_role("button", name="审查全部学生").click()
    expect(desk.get_by_role("cell", name="已完成").first).to_be_visible()
    walk.go(desk, f"{COLLEGE}publish/")
    desk.get_by_role("button", name="准备下一版").click()
    desk.get_by_role("link", name=re.compile("第 [0-9]+ 版")).first.click()
    look(desk)
    agree(desk, desk.get_by_role("button", name="名学生公布").click)
    expect(desk.get_by_text("名学生公布审查结论")).to_be_visible()


def witness(desk: Page, walk: Walk, number: str) -> None:
    """在校对表上签名, before the teacher."""
    walk.go(desk, f"{CENTRES}sign/{number}/")
    desk.get_by_label("本人在场，逐项看过").check()
    desk.get_by_role("button", name="登记核对无误").click()
    desk.get_by_label("本人在场，看过以上内容").check()
    desk.get_by_role("button", name="登记现场签字").click()
    expect(desk.get_by_text("现场签字确认").first).to_be_visible()


@pytest.fixture
def season(transactional_db: None, settings: Settings, desk: Page, live_server: LiveServer, sign_in: SignIn) -> None:
    """The season as the notice opens it: two officers, nobody imported."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    settings.SCHOOL_FOLDER = SHIPPED / "cslg-adult"
    play_at(settings, EVENING)
    for username, name in (("college", "俞老师"), ("second", "钱老师")):
        create_teacher(username=username, name=name, office="college", password=PASSWORD, by=SYSTEM, at=EVENING)
    sign_in(desk, user("college"))
    desk.goto(f"{live_server.url}/college/seasons/")
    desk.get_by_role("button", name=f"建立批次 {STEM}").click()
    expect(desk.get_by_text("批次已建立")).to_be_visible()


def test_the_second_notice_is_walked_clause_by_clause(
    season: None,
    live_server: LiveServer,
    settings: Settings,
    phone: Page,
    desk: Page,
    sign_in: SignIn,
    tmp_path: Path,
) -> None:
    walk = Walk(str(live_server.url))
    office = lambda: sign_in(desk, user("college"))  # noqa: E731
    centre = lambda: sign_in(desk, user("centre"))  # noqa: E731
    self_ = lambda number: sign_in(phone, user(number))  # noqa: E731
    pages = [tmp_path / f"page-{number}.jpg" for number in range(5)]
    for number, path in enumerate(pages):
        path.write_bytes(picture(number))

    with walk.clause("一"):
        bring_in(desk, walk, first_sheets(tmp_path))
        create_teacher(
            username="centre",
            name="李老师",
            centre_code=Centre.objects.get(name=CENTRE).code,
            password=PASSWORD,
            by=SYSTEM,
            at=EVENING,
        )
        for _ in create_student_logins(
            student_nos=[SIGNS, DEFERS, ON_PAPER, FAILS, LATER], password=PASSWORD, by=SYSTEM, at=EVENING
        ):
            pass
        self_(LATER)
        walk.go(phone, "/my/")

    with walk.clause("二.2"):
        centre()
        walk.go(desk, f"{CENTRES}fees/")
        desk.get_by_label("选中 周岚 学费").check()
        agree(desk, desk.get_by_role("button", name="登记选中的已交清").click)
        expect(desk.get_by_text("没有未交清的费用")).to_be_visible()

    with walk.clause("二.3"):
        office()
        for sheet in grade_sheets(tmp_path):
            bring_in(desk, walk, [sheet])

    with walk.clause("二.4（预审）"):
        publish(desk, walk)
        walk.go(desk, f"{SEASON}students/{LATER}/")
        expect(desk.get_by_text("本批次为2017春至2019秋入学的学生").first).to_be_visible()
        self_(FAILS)
        walk.go(phone, "/my/conclusion/")
        expect(phone.get_by_text("不符合毕业条件").first).to_be_visible()

    with walk.clause("二.1"):
        self_(SIGNS)
        walk.go(phone, "/my/record/")
        phone.get_by_label("通讯地址", exact=True).fill("常熟市某路 1 号")
        phone.get_by_label("通讯地址", exact=True).blur()
        expect(phone.locator("#own-state").get_by_text("已保存")).to_be_visible()
        phone.get_by_role("group", name="姓名").first.get_by_text("有误").click()
        phone.locator("#record-state").get_by_role("link", name="申请修改").click()
        phone.get_by_label("改为").fill("苏晴")
        phone.get_by_label("登记错误").check()
        phone.get_by_label("说明").fill("“晴”误为“睛”，以身份证为准")
        phone.get_by_role("button", name="下一步：证明材料").click()
        look(phone)
        hand_over(phone, pages[: len(EVIDENCE)])
        phone.get_by_role("button", name="提交修改申请").click()
        expect(phone.get_by_text("已提交").first).to_be_visible()
        centre()
        case = case_of(SIGNS, Kind.CORRECTION)
        press(desk, walk, case, "收到纸质材料", "逐件核对原件后上报学院")
        for item in EVIDENCE:
            desk.get_by_label(f"{item}：原件已核对").check()
        desk.get_by_role("button", name="上报学院").first.click()
        office()
        press(desk, walk, case, "同意，写入学籍并重新审查", "已写入学籍")
        assert Student.objects.get(student_no=SIGNS).name == "苏晴"

    with walk.clause("二.1（证件号码）"):
        centre()
        walk.go(desk, f"{CENTRES}students/{ON_PAPER}/entries/")
        desk.get_by_role("link", name=re.compile("代录修改.*证件号码")).click()
        look(desk)
        desk.get_by_label("改为").fill(RIGHT_NUMBER)
        desk.get_by_label("登记错误").check()
        desk.get_by_label("说明").fill("录入错误，以身份证为准")
        for item in EVIDENCE:
            desk.get_by_label(item, exact=True).check()
        desk.get_by_role("button", name="代录，登记纸质材料已收").click()
        for item in EVIDENCE:
            desk.get_by_label(f"{item}：原件已核对").check()
        desk.get_by_role("button", name="上报学院").first.click()
        office()
        press(desk, walk, case_of(ON_PAPER, Kind.CORRECTION), "同意，写入学籍并重新审查", "已写入学籍")
        assert Student.objects.get(student_no=ON_PAPER).identity_number == RIGHT_NUMBER

    with walk.clause("三.2、四"):
        (tmp_path / photo_files.NAME).write_bytes(photo_files.good())
        (tmp_path / f"{identity_number('19700101', 99)}.JPG").write_bytes(photo_files.good(4))
        walk.go(desk, f"{SEASON}photos/upload/")
        desk.get_by_label("可多选").set_input_files(sorted(tmp_path.glob("*.JPG")))
        desk.get_by_role("button", name="上传并检查").click()
        expect(desk.get_by_text("收下 1 张，未收 1 个文件")).to_be_visible()
        look(desk)
        walk.go(desk, f"{SEASON}photos/desk/")
        expect(desk.get_by_role("heading", name="苏晴")).to_be_visible()
        expect(desk.get_by_text("四.3").first).to_be_visible()
        desk.get_by_role("button", name="合格：都没有问题").click()
        expect(desk.get_by_text("没有待审看的照片")).to_be_visible()
        assert Photo.objects.get().student.student_no == SIGNS
        publish(desk, walk)

    with walk.clause("二.4（延长学年）"):
        self_(FAILS)
        walk.go(phone, "/my/applications/deferral/")
        expect(phone.get_by_text("成绩未通过的本季自然不毕业").first).to_be_visible()
        self_(DEFERS)
        walk.go(phone, "/my/applications/deferral/")
        phone.get_by_label("暂不毕业的原因").fill("想先通过学位英语，再毕业")
        phone.get_by_role("button", name="提交缓毕业（延长学年）").click()
        expect(phone.get_by_text("打印、签字、上交")).to_be_visible()
        centre()
        receive(desk, walk, DEFERS, Kind.DEFERRAL)
        forward(desk, walk, case_of(DEFERS, Kind.DEFERRAL).pk)
        walk.go(desk, f"{CENTRES}enter/{ON_PAPER}/")
        desk.get_by_label("暂不毕业的原因").fill("论文想再改一稿")
        desk.get_by_role("button", name="代录缓毕业（延长学年）").click()
        forward(desk, walk, case_of(ON_PAPER, Kind.DEFERRAL).pk)
        office()
        press(desk, walk, case_of(DEFERS, Kind.DEFERRAL), "初审通过", "已初审，待复核")
        sign_in(desk, user("second"))
        press(desk, walk, case_of(DEFERS, Kind.DEFERRAL), "同意", "已同意")

    with walk.clause("附件.1"):
        walk.go(desk, f"{COLLEGE}deferrals/")
        expect(desk.get_by_role("row", name="周岚")).to_contain_text("已同意")
        expect(desk.get_by_role("row", name="石岩")).to_contain_text("纸质代录")
        assert states(Kind.DEFERRAL) == {DEFERS: "approved", ON_PAPER: "at_college"}

    with walk.clause("二.5"):
        centre()
        walk.go(desk, f"{CENTRES}check-list/")
        expect(desk.get_by_role("columnheader", name="学生签名")).to_be_visible()
        expect(desk.get_by_role("link", name="苏晴")).to_be_visible()
        expect(desk.get_by_text(RIGHT_NUMBER)).to_have_count(0)
        desk.get_by_role("link", name="何雨").click()
        look(desk)
        witness(desk, walk, FAILS)
        self_(SIGNS)
        walk.go(phone, "/my/record/")
        for right in phone.get_by_text("无误", exact=True).all():
            right.click()
        phone.get_by_role("button", name="全部核对过，确认无误").click()
        expect(phone.get_by_text("已确认无误").first).to_be_visible()
        walk.go(phone, "/my/sign/")
        expect(phone.get_by_text("视为对各项数据无异议")).to_have_count(0)
        expect(phone.get_by_label(re.compile("不得再参加本校考点组织的PETS3考试")).first).to_be_visible()
        sign_here(phone, "苏晴")
        assert states(Kind.SIGN_OFF) == {FAILS: "signed_on_site", SIGNS: "signed"}

    with walk.clause("二.6"):
        office()
        walk.go(desk, f"{COLLEGE}withdrawals/")
        expect(desk.get_by_text("必须及时在教务系统中做退学处理")).to_be_visible()
        desk.get_by_label("选中 陆平").check()
        desk.get_by_label("拟定退学的理由").fill("已退学，按通知二.6 清理学籍")
        agree(desk, desk.get_by_role("button", name="拟定选中学生退学").click)
        expect(desk.get_by_text("已办 1 件")).to_be_visible()
        walk.go(desk, f"/cases/{case_of(GONE, Kind.WITHDRAWAL).pk}/")
        desk.get_by_label("送达日期").fill("2021-06-10")
        desk.get_by_label("送达方式").fill("当面签收")
        desk.get_by_label("送达凭证").set_input_files(pages[0])
        desk.get_by_role("button", name="登记送达，开始公示").click()
        expect(desk.get_by_text("已登记送达，公示与申诉期开始")).to_be_visible()
        look(desk)

    with walk.clause("二.7"):
        centre()
        walk.go(desk, f"{CENTRES}enter/{OLD}/")
        desk.get_by_label("自我鉴定全文").fill("勤奋好学，踏实工作。" * 12)
        desk.get_by_role("button", name="代录自我鉴定").click()
        expect(desk.get_by_text("您是代录人")).to_be_visible()
        witness(desk, walk, OLD)
        assert case_of(OLD, Kind.APPRAISAL).state == "submitted"

    with walk.clause("二.8"):
        walk.go(phone, "/my/degree/")
        expect(phone.get_by_text("不得再参加本校考点组织的PETS3考试").first).to_be_visible()
        for box in phone.locator("form").get_by_role("checkbox").all():
            box.check()
        phone.get_by_role("button", name="提交学位申请").click()
        expect(phone.get_by_text("已提交").first).to_be_visible()
        forward(desk, walk, case_of(SIGNS, Kind.DEGREE).pk)
        office()
        press(desk, walk, case_of(SIGNS, Kind.DEGREE), "同意", "已同意")

    with walk.clause("三.1"):
        self_(ON_PAPER)
        play_at(settings, LAST)
        walk.go(phone, "/my/record/")
        expect(phone.get_by_role("button", name="保存", exact=True)).to_be_visible()
        play_at(settings, OVER)
        walk.go(phone, "/my/record/")
        expect(phone.get_by_text("核对时间已过")).to_be_visible()
        walk.go(phone, "/my/degree/")
        expect(phone.get_by_text("已过申请的截止时间")).to_be_visible()

    with walk.clause("附件.2"):
        sign_in(desk, user("college"))
        walk.go(desk, f"{COLLEGE}audit/")
        desk.get_by_role("button", name="审查全部学生").click()
        walk.go(desk, f"{COLLEGE}confirming/?part=failing")
        expect(desk.get_by_role("row", name="何雨")).to_contain_text("考试课成绩")
        expect(desk.get_by_role("row", name="陆平")).to_have_count(0)

    with walk.clause("二.4（预毕业确认）、附件.3"):
        walk.go(desk, f"{COLLEGE}confirming/")
        for name in ("苏晴", "方晴"):
            expect(desk.get_by_role("row", name=name)).to_be_visible()
        agree(desk, desk.get_by_role("button", name="同意毕业 2 人").click)
        expect(desk.get_by_text("已办 2 件")).to_be_visible()
        walk.go(desk, f"{COLLEGE}confirming/?part=agreed")
        agree(desk, desk.get_by_role("button", name="锁定 2 人").click)
        expect(desk.get_by_text("已办 2 件")).to_be_visible()
        assert states(Kind.PRE_CONFIRMATION) == {SIGNS: "locked", OLD: "locked"}

    with walk.clause("五"):
        self_(SIGNS)
        walk.go(phone, "/my/")
        expect(phone.get_by_text("学籍卡复印件、成绩单、毕业生登记表等装入档案袋密封")).to_be_visible()
        play_at(settings, AFTER_PUBLICITY)
        press(desk, walk, case_of(GONE, Kind.WITHDRAWAL), "同意", "已同意")

    assert walk.walked == CLAUSES
    assert not Case.objects.filter(kind=Kind.COMPLETION).exists()
