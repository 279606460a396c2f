"""第一份通知（2022年秋季）, from its first line to its last: students on a phone, their centre and the college at a desk."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.accounts.actions.accounts import create_student_logins
from biye.accounts.models.user import User
from biye.audit.actions.publications import prepare_publication, release_publication
from biye.audit.actions.rules import adopt_rules
from biye.casework.core.paper_codes import Paper, code_of
from biye.casework.core.words import Kind
from biye.casework.models.case import Case, Step
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.foundation.terms import term
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import Result, UnifiedExam
from biye.records.models.plan import Plan
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.app.casework.school import OFFICER
from tests.journeys.walking import SignIn, Walk, agree, forward, look, sign_here
from tests.pages.people import PASSWORD, People, play_at, populate
from tests.pages.season import EVERYTHING, STEM, audit_now, fill_records

CLAUSES = [
    "一",
    "二.1",
    "二.2",
    "二.2(2)",
    "二.2(3)",
    "二.2(1)",
    "二.3",
    "二.4",
    "二.5",
    "三.1",
    "逾期",
    "二.6",
    "三.2",
    "三.3",
]
MORNING, NOON, LATE = moment("2022-06-13 20:00"), moment("2022-06-15 12:00"), moment("2022-06-16 09:00")
PUBLIC = moment("2022-06-28 10:00")
SHORT, PASSED, LAST, SILENT = "20200001", "20200002", "20180003", "20180004"
"""林晓 lacks a result, 周建国 the degree's conditions; 方晴 and 石岩 began in spring 2018 and owe 4.0 and 40.0 credits."""


@pytest.fixture
def people(transactional_db: None, settings: Settings) -> People:
    """The season of the notice with its conclusions released, on the evening of 13 June."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    play_at(settings, MORNING)
    found = populate()
    season_id = open_season(stem=STEM, by=SYSTEM, at=MORNING)
    fill_records()
    here, plan, exam = Centre.objects.get(code="C1"), Plan.objects.get(), "大学英语B"
    for number, name, courses in ((LAST, "方晴", ("A1", "A2")), (SILENT, "石岩", ("A1",))):
        student = Student.objects.create(
            student_no=number, name=name, level="专升本", centre=here, entry=term("2018春"), status="在籍",
            plan=plan, covered=EVERYTHING, suspended_terms=0,
        )  # fmt: skip
        UnifiedExam.objects.create(student=student, subject=exam, outcome=1)
        for code in courses:
            Result.objects.create(student=student, course=Course.objects.get(code=code), score=8000, term=4037)
    for _ in create_student_logins(student_nos=[LAST, SILENT], password=PASSWORD, by=SYSTEM, at=MORNING):
        pass
    rules = adopt_rules(season_id, settings.SCHOOL_FOLDER, by=SYSTEM, at=MORNING)
    publication = prepare_publication(audit_now(rules, MORNING).pk, by=OFFICER, at=MORNING)
    release_publication(publication.pk, by=OFFICER, at=MORNING)
    return found


def case_of(number: str, kind: Kind) -> Case:
    return Case.objects.filter(student__student_no=number, kind=kind).latest("id")


def code(number: str, kind: Kind) -> str:
    """What stands on the printed sheet."""
    case = case_of(number, kind)
    return code_of(Paper(case.season_id, case.student_id, kind, case.steps))


def test_the_first_notice_is_walked_clause_by_clause(
    people: People, live_server: LiveServer, settings: Settings, phone: Page, desk: Page, sign_in: SignIn
) -> None:
    walk = Walk(str(live_server.url))
    season = f"/college/seasons/{STEM}/"
    office = lambda: sign_in(desk, people.college)  # noqa: E731
    centre = lambda: sign_in(desk, people.centre)  # noqa: E731
    self_ = lambda number: sign_in(phone, User.objects.get(username=number))  # noqa: E731

    with walk.clause("一"):
        office()
        walk.go(desk, f"/seasons/{STEM}/students/")
        for name in ("林晓", "周建国", "方晴", "石岩"):
            expect(desk.get_by_role("cell", name=name, exact=True)).to_be_visible()

    with walk.clause("二.1"):
        self_(SHORT)
        walk.go(phone, "/my/courses/")
        phone.get_by_role("link", name=re.compile("对此有异议.*会计学")).click()
        look(phone)
        phone.get_by_label("您认为应当是").fill("80")
        phone.get_by_label("有误的地方和理由").fill("已通过补考，成绩单附后")
        phone.get_by_role("button", name="提出异议").click()
        expect(phone.get_by_text("已提交").first).to_be_visible()
        case = case_of(SHORT, Kind.OBJECTION)
        assert case.office == "support"
        centre()
        forward(desk, walk, case.pk)
        office()
        walk.go(desk, f"/cases/{case.pk}/")
        desk.get_by_label("成绩（分数").fill("80")
        desk.get_by_label("学期（如").fill("2021秋")
        desk.get_by_label("取得方式").select_option("补考")
        desk.get_by_label("答复学生的理由").fill("已核对试卷，更正")
        desk.get_by_role("button", name="异议成立").click()
        look(desk)
        walk.go(phone, "/my/messages/")
        expect(phone.get_by_text("毕业资格由“暂不符合毕业条件”改为“学分及统考审核通过”")).to_be_visible()

    with walk.clause("二.2"):
        self_(PASSED)
        walk.go(phone, "/my/record/")
        for right in phone.get_by_text("无误", exact=True).all():
            right.click()
        phone.get_by_role("button", name="全部核对过，确认无误").click()
        expect(phone.get_by_text("已确认无误").first).to_be_visible()
        assert case_of(PASSED, Kind.RECORD_CHECK).state == "confirmed"

    with walk.clause("二.2(2)"):
        self_(LAST)
        walk.go(phone, "/my/conclusion/")
        phone.get_by_role("link", name=re.compile("填写申请.*申请结业")).click()
        look(phone)
        phone.get_by_label("我知道：结业证书一律不换发毕业证书").check()
        phone.get_by_role("button", name="提交申请结业").click()
        expect(phone.get_by_text("打印、签字、上交")).to_be_visible()
        centre()
        walk.go(desk, f"/centre/seasons/{STEM}/papers/")
        desk.get_by_label("表上的编码").fill(code(LAST, Kind.COMPLETION))
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("方晴 · 申请结业")).to_be_visible()
        forward(desk, walk, case_of(LAST, Kind.COMPLETION).pk)
        office()
        walk.go(desk, f"/cases/{case_of(LAST, Kind.COMPLETION).pk}/")
        desk.get_by_role("button", name="同意").first.click()
        expect(desk.get_by_text("已同意").first).to_be_visible()
        walk.go(phone, "/my/conclusion/")
        expect(phone.get_by_text("学院已同意申请结业")).to_be_visible()

    with walk.clause("二.2(3)"):
        self_(PASSED)
        walk.go(phone, "/my/applications/deferral/")
        for field in phone.locator("textarea").all():
            field.fill((field.input_value() or "学位英语未通过") + "，申请延期毕业")
        for box in phone.get_by_role("checkbox").all():
            box.check()
        phone.get_by_role("button", name="提交申请延缓毕业").click()
        expect(phone.get_by_text("打印、签字、上交")).to_be_visible()
        agree(phone, phone.get_by_role("button", name="撤回申请").click)
        expect(phone.get_by_text("已撤回").first).to_be_visible()

    with walk.clause("二.2(1)"):
        walk.go(phone, "/my/sign/")
        sign_here(phone, "周建国")
        look(phone)
        centre()
        walk.go(desk, f"/centre/seasons/{STEM}/sign/{SHORT}/")
        desk.get_by_label("本人在场，逐项看过").check()
        desk.get_by_role("button", name="登记核对无误").click()
        desk.get_by_label("本人在场，看过以上内容").check()
        desk.get_by_role("button", name="登记现场签字").click()
        assert case_of(SHORT, Kind.SIGN_OFF).state == "signed_on_site"

    with walk.clause("二.3"):
        walk.go(desk, f"/seasons/{STEM}/photos/")
        walk.go(desk, f"/seasons/{STEM}/photos/paper/")
        desk.get_by_label("学号（每行一个").fill(f"{SHORT}\n{PASSED}")
        desk.get_by_role("button", name="登记收到").click()
        expect(desk.get_by_text("已登记收到 1 名学生的纸质照片")).to_be_visible()
        expect(desk.get_by_text(f"不在您的查看范围内：{PASSED}")).to_be_visible()

    with walk.clause("二.4"):
        self_(PASSED)
        walk.go(phone, "/my/")
        expect(phone.get_by_text("学籍登记表").first).to_be_visible()

    with walk.clause("二.5"):
        walk.go(phone, "/my/appraisal/")
        phone.get_by_label("思想、学习、工作等方面的自我鉴定").fill("勤奋好学，踏实工作。" * 15)
        phone.get_by_role("button", name="提交", exact=True).click()
        expect(phone.get_by_text("已提交自我鉴定")).to_be_visible()

    with walk.clause("三.1"):
        walk.go(phone, "/my/photo/")
        expect(phone.get_by_text("12:00").first).to_be_visible()
        play_at(settings, NOON)
        walk.go(phone, "/my/photo/")
        expect(phone.get_by_text("已截止").first).to_be_visible()

    with walk.clause("逾期"):
        play_at(settings, LATE)
        office()
        walk.go(desk, f"{season}settling/")
        row = desk.get_by_role("row", name="核对学籍与审查结论并签字确认")
        agree(desk, row.get_by_role("button", name="结转").click)
        assert case_of(SILENT, Kind.SIGN_OFF).state == "deemed"
        assert case_of(PASSED, Kind.SIGN_OFF).state == "signed"

    with walk.clause("二.6"):
        play_at(settings, PUBLIC)
        self_(SILENT)
        walk.go(phone, "/my/")
        phone.get_by_role("link", name="查看公示").click()
        look(phone)
        phone.get_by_role("link", name="对公示结果提出异议").click()
        phone.get_by_label("有误的地方和理由").fill("还有一门课程的成绩没有登记")
        phone.get_by_role("button", name="提出异议").click()
        expect(phone.get_by_text("已提交").first).to_be_visible()
        assert case_of(SILENT, Kind.OBJECTION).office == "records"

    with walk.clause("三.2"):
        office()
        walk.go(desk, f"{season}audit/")
        desk.get_by_role("button", name="审查全部学生").click()
        walk.go(desk, f"{season}confirming/")
        agree(desk, desk.get_by_role("button", name="同意毕业").last.click)
        walk.go(desk, f"{season}confirming/?part=agreed")
        agree(desk, desk.get_by_role("button", name="锁定").click)
        assert case_of(PASSED, Kind.PRE_CONFIRMATION).state == "locked"

    with walk.clause("三.3"):
        walk.go(desk, f"{season}withdrawals/")
        expect(desk.get_by_role("heading", name="最后机会未通过的学生")).to_be_visible()
        expect(desk.get_by_role("link", name="石岩").first).to_be_visible()
        assert not Case.objects.filter(kind=Kind.WITHDRAWAL).exists()

    assert walk.walked == CLAUSES
    assert (
        Step.objects.filter(event="settle", actor_name=SYSTEM.name).count()
        == Step.objects.filter(event="settle").count()
    )
