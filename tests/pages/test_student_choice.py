"""学生的选择: conclusion, signature, application, degree and self-appraisal as pages; each also when luck is bad."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.actions.acting import act_on
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind
from biye.casework.models.case import Case, Shown
from biye.foundation.moments import moment
from biye.records.models.student import Student
from tests.app.casework.published import PASSED, check_record, mark_of, strokes, ticks
from tests.app.casework.school import teacher_of
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import World

SIGN, APPRAISAL, DEGREE = "/my/sign/", "/my/appraisal/", "/my/degree/"
DEFERRAL, CONCLUSION = "/my/applications/deferral/", "/my/conclusion/"
REASONS = {f"reason-{place}": f"情况 {place}" for place in range(1, 5)}
NO_MORE_DEGREE = "毕业之后不能再补足学位申请条件，本次毕业后不能再申请学位"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


@pytest.fixture
def passed(world: World) -> Client:
    """周建国, who may graduate but lacks the degree's conditions."""
    return signed_in(world.people.other_student)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def sent(client: Client, address: str, data: dict[str, object]) -> str:
    return client.post(address, data, follow=True).content.decode()


def missing(page: str, *parts: str) -> list[str]:
    return [part for part in parts if part not in page]


def sign_data(world: World, number: str = PASSED, **more: object) -> dict[str, object]:
    return {"mark": mark_of(world, number), "effect": ticks(world, number), "typed_name": "周建国", **more}


def case(kind: Kind) -> Case:
    return Case.objects.get(kind=kind, student__student_no=PASSED)


def test_before_publishing_every_page_says_so(people: People) -> None:
    client = signed_in(people.student)
    assert [missing(text(client, page), "学院还没有公布审查结论") for page in (CONCLUSION, SIGN, DEGREE)] == [[]] * 3
    assert client.get(DEFERRAL).status_code == 404
    assert "还没有毕业批次" in text(client, APPRAISAL)


def test_the_conclusion_shows_the_choices_side_by_side_and_warns(passed: Client) -> None:
    page = text(passed, CONCLUSION)
    assert (
        missing(
            page,
            "您可以毕业，但还没有满足学位申请条件",
            "确认审查结论无误",
            "毕业证书",
            NO_MORE_DEGREE,
            "申请延缓毕业",
            "签字的申请表 2022年6月15日 24:00 前交到学习中心",
            "只有2018年春季入学",
            "通知二.2(2)",
        )
        == []
    )
    assert Shown.objects.filter(student__student_no=PASSED).count() == 1
    text(passed, CONCLUSION)
    assert Shown.objects.count() == 1


def test_who_owes_credits_is_not_warned_of_the_degree(world: World) -> None:
    page = text(signed_in(world.people.student), CONCLUSION)
    assert ("还没有满足学位申请条件" in page, "本季不能毕业" in page) == (False, True)


def test_the_record_is_checked_before_anything_is_signed(passed: Client, world: World) -> None:
    page = text(passed, SIGN)
    assert (missing(page, "请先核对学籍信息", "/my/record/", "999"), 'name="typed_name"' in page) == (["999"], False)
    check_record(world, PASSED)
    assert missing(text(passed, SIGN), 'name="typed_name"', 'name="effect"', "下载确认表", "现场签字") == []


def test_signing_ends_with_the_record_of_the_signature(passed: Client, world: World) -> None:
    check_record(world, PASSED)
    page = sent(passed, SIGN, sign_data(world, strokes=strokes(), typed_name=""))
    assert missing(page, "已签字确认", "以下内容已由您确认", 'class="signature"') == []
    again = sent(passed, SIGN, sign_data(world, strokes=strokes(), typed_name=""))
    assert ("已签字确认" in again, case(Kind.SIGN_OFF).steps) == (True, 1)


def test_a_refused_signature_keeps_what_was_ticked_and_typed(passed: Client, world: World) -> None:
    check_record(world, PASSED)
    page = sent(passed, SIGN, sign_data(world, typed_name="周建"))
    assert missing(page, "与学籍登记的“周建国”不一致", 'value="周建"', "checked") == []
    assert not Case.objects.filter(kind=Kind.SIGN_OFF).exists()


def test_what_changed_while_the_page_was_open_is_said(passed: Client, world: World) -> None:
    check_record(world, PASSED)
    text(passed, SIGN)
    data = sign_data(world)
    Student.objects.filter(student_no=PASSED).update(ethnicity="回族")
    page = sent(passed, SIGN, data)
    assert missing(page, "您打开页面之后内容有变动", "学籍信息「民族」由“空”改为“回族”", 'name="typed_name"') == []


def test_a_deadline_that_passes_while_the_page_is_open_says_so(
    passed: Client, world: World, settings: Settings
) -> None:
    check_record(world, PASSED)
    data = sign_data(world)
    play_at(settings, moment("2022-06-16 00:01"))
    assert missing(sent(passed, SIGN, data), "已过截止时间", "已过签字确认的截止时间") == []


def test_a_broken_upload_is_told_and_nothing_is_kept(passed: Client, world: World) -> None:
    check_record(world, PASSED)
    page = sent(passed, f"{SIGN}upload/", sign_data(world))
    assert "文件没有传完" in page
    assert not Case.objects.filter(kind=Kind.SIGN_OFF).exists()


def test_the_sheet_to_be_signed_is_a_file_with_a_code(passed: Client) -> None:
    answer = passed.get(f"{SIGN}sheet/")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_application_is_filled_in_from_the_audit_handed_in_followed_and_withdrawn(passed: Client) -> None:
    assert (
        missing(
            text(passed, DEFERRAL), "3 门平均 80.0，要求 70.0", "网上截止", "纸质截止", "逾期未上交纸质申请的，视为无效"
        )
        == []
    )
    page = sent(passed, DEFERRAL, {**REASONS, "seen": "0"})
    assert missing(page, "已提交。请打印", "下载申请表", "撤回申请", "情况 1") == []
    assert "等纸质材料" in text(passed, "/my/")
    assert passed.get(f"{DEFERRAL}sheet/").content[:5] == b"%PDF-"
    again = sent(passed, DEFERRAL, {**REASONS, "seen": "0"})
    assert ("已提交" in again, case(Kind.DEFERRAL).steps) == (True, 1)
    page = sent(passed, f"{DEFERRAL}withdraw/", {"seen": "1"})
    assert ("已撤回" in page, case(Kind.DEFERRAL).state) == (True, "withdrawn")
    assert missing(text(passed, DEFERRAL), 'name="reason-1"') == []


def test_a_blank_application_says_what_is_missing_and_keeps_the_rest(passed: Client) -> None:
    page = sent(passed, DEFERRAL, {**REASONS, "reason-2": " ", "seen": "0"})
    assert missing(page, "还没有填写：主干课情况", "情况 4") == []
    assert not Case.objects.exists()


def test_a_closed_application_says_why(passed: Client, world: World) -> None:
    page = text(passed, "/my/applications/completion/")
    assert (missing(page, "现在不能申请", "只有2018年春季入学"), "提交申请结业" in page) == ([], False)
    assert "这一通道没有对该生开放" in sent(
        passed, "/my/applications/completion/", {"effect": "结业证书一律不换发毕业证书"}
    )
    assert passed.get("/my/applications/sign_off/").status_code == 404
    assert passed.get("/my/applications/nothing/").status_code == 404


def test_after_approval_the_conclusion_is_updated_and_then_signed(passed: Client, world: World) -> None:
    sent(passed, DEFERRAL, REASONS)
    check_record(world, PASSED)
    assert "等学院审核" in text(passed, SIGN)
    found, teacher = case(Kind.DEFERRAL), teacher_of(Student.objects.get(student_no=PASSED))
    later = AT + timedelta(hours=1)
    act_on(found.pk, Event.RECEIVE_PAPER, by=teacher, at=later)
    act_on(found.pk, Event.FORWARD, by=teacher, at=later)
    act_on(found.pk, Event.APPROVE, by=world.officer, at=later, holds=(Guard.SECOND_PERSON,))
    assert missing(text(passed, CONCLUSION), "学院已同意申请延缓毕业：本季不毕业") == []
    page = sent(passed, SIGN, sign_data(world))
    assert missing(page, "以下内容已由您确认", "已同意：本季不毕业") == []


def test_the_degree_page_checks_every_condition_now(passed: Client) -> None:
    page = text(passed, DEGREE)
    assert missing(page, "学位申请条件：符合", "学位英语水平考试", "毕业前全部满足", "本批次没有网上学位申请") == []
    assert "本批次没有这种申请" in sent(passed, DEGREE, {})


def test_the_appraisal_is_saved_counted_previewed_and_handed_in(passed: Client) -> None:
    assert missing(text(passed, APPRAISAL), "至少 100 字，最多 500 字") == []
    part = passed.post(f"{APPRAISAL}save/", {"text": "勤奋" * 30, "seen": "0"}, headers={"HX-Request": "true"})
    assert missing(part.content.decode(), 'data-steps="1"', "已自动保存") == []
    assert passed.get(f"{APPRAISAL}preview/").content[:4] == b"\x89PNG"
    page = sent(passed, APPRAISAL, {"text": "勤奋" * 30, "seen": "1"})
    assert missing(page, "现在 60 字，至少 100 字，还差 40 字", "勤奋勤奋") == []
    page = sent(passed, APPRAISAL, {"text": "勤奋" * 60, "seen": "1"})
    assert (missing(page, "已提交自我鉴定", "重新修改"), case(Kind.APPRAISAL).state) == ([], "submitted")
    assert passed.get("/my/applications/appraisal/sheet/").content[:5] == b"%PDF-"
    assert "可以修改了" in sent(passed, f"{APPRAISAL}reopen/", {})


def test_two_tabs_lose_nothing(passed: Client) -> None:
    save = f"{APPRAISAL}save/"
    passed.post(save, {"text": "第一个窗口", "seen": "0"}, headers={"HX-Request": "true"})
    part = passed.post(save, {"text": "第二个窗口", "seen": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert missing(part, "两份都在", "第一个窗口", 'data-now="1"') == []
    page = passed.post(save, {"text": "第二个窗口", "seen": "0"}).content.decode()
    assert missing(page, "第一个窗口", "第二个窗口", 'name="seen" value="1"') == []
    assert "已保存" in sent(passed, save, {"text": "合在一起", "seen": "1"})
    assert case(Kind.APPRAISAL).form == {"text": "合在一起"}


def test_saving_the_same_again_leaves_no_trace(passed: Client) -> None:
    for _ in range(2):
        passed.post(f"{APPRAISAL}save/", {"text": "一样", "seen": "0"}, headers={"HX-Request": "true"})
    assert case(Kind.APPRAISAL).steps == 1


def test_home_is_a_list_of_what_is_still_to_do(passed: Client, world: World) -> None:
    page = text(passed, "/my/")
    assert (
        missing(
            page, "还有", "毕业照片", "核对学籍", "待您选择", "先核对学籍", "填写自我鉴定", "未开始", "本批次的日程"
        )
        == []
    )
    assert page.index("毕业照片") < page.index("签字确认")
    check_record(world, PASSED)
    sent(passed, SIGN, sign_data(world))
    page = text(passed, "/my/")
    assert missing(page, "已完成", "查看签字记录") == []


def test_home_without_tasks_shows_the_calendar(people: People) -> None:
    assert "还没有毕业批次" in text(signed_in(people.student), "/my/")


@pytest.mark.parametrize(
    ("address", "queries"), [("/my/", 20), (CONCLUSION, 19), (SIGN, 20), (DEFERRAL, 10), (DEGREE, 13), (APPRAISAL, 7)]
)
def test_pages_cost_a_constant_number_of_queries(
    passed: Client,
    world: World,
    address: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    check_record(world, PASSED)
    sent(passed, SIGN, sign_data(world))
    passed.get(address)
    with django_assert_num_queries(queries):
        passed.get(address)


def test_who_has_looked_at_the_courses_has_done_that_task(passed: Client) -> None:
    assert "待查看" in text(passed, "/my/")
    text(passed, "/my/courses/")
    assert "待查看" not in text(passed, "/my/")
