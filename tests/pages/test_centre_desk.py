"""学习中心的办理: workbench, paper by its code, signatures before a witness, paper-only students, check list, fees."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.core.paper_codes import Paper, code_of, version_of
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.models.message import Message
from biye.casework.queries.shown_documents import shown_documents
from biye.foundation.codes import Part
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import FactChange, Fee
from biye.records.models.student import Student
from tests.pages.desks import a_case, said, text
from tests.pages.people import AT, play_at, signed_in
from tests.pages.season import STEM, World

HOME = "/centre/"
PAPERS = f"/centre/seasons/{STEM}/papers/"
SIGN = f"/centre/seasons/{STEM}/sign/20200001/"
ENTER = f"/centre/seasons/{STEM}/enter/20200001/"
LIST = f"/centre/seasons/{STEM}/check-list/"
FEES = f"/centre/seasons/{STEM}/fees/"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


@pytest.fixture
def near(world: World) -> Client:
    return signed_in(world.people.centre)


@pytest.fixture
def far(world: World) -> Client:
    return signed_in(world.people.other_centre)


def submitted(world: World, kind: Kind = Kind.DEFERRAL) -> Case:
    case = a_case(world, "20200001", kind, State.SUBMITTED)
    Step.objects.create(
        case=case,
        number=1,
        event=Event.SUBMIT,
        before="open",
        after="submitted",
        at=AT,
        actor_name="林晓",
        actor_role="student",
    )
    return case


def code(world: World, kind: Kind = Kind.DEFERRAL, version: int = 1, student_no: str = "20200001") -> str:
    student = Student.objects.get(student_no=student_no)
    return code_of(Paper(world.season_id, student.pk, kind, version))


def test_the_workbench_says_what_is_left_and_ends_in_the_action_that_helps(
    world: World, near: Client, far: Client
) -> None:
    page = text(near, HOME)
    for part in (
        "1 人还差一步",
        "林晓",
        "核对学籍信息",
        "还剩 2 天",
        "现场签字",
        f'href="{SIGN}"',
        "后果由学生本人承担",
    ):
        assert part in page
    assert ("周建国" in page, "周建国" in text(far, HOME), "林晓" in text(far, HOME)) == (False, True, False)
    submitted(world)
    page = text(near, HOME)
    assert ("签字的纸质件未收到" in page, "交纸质材料 1" in page) == (True, True)
    assert "林晓" in text(near, f"{HOME}?reason=deferral_paper")
    assert "没有还差一步的学生" in text(near, f"{HOME}?reason=nothing")


def test_the_workbench_costs_a_constant_number_of_queries(
    world: World, near: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    near.get(HOME)
    with django_assert_num_queries(QUERIES_HOME):
        near.get(HOME)
    for number in ("20200003", "20200004"):
        Student.objects.filter(student_no=number).update(status="在籍")
        a_case(world, number, Kind.OBJECTION, State.SUBMITTED)
    with django_assert_num_queries(QUERIES_HOME):
        near.get(HOME)


def test_the_chosen_are_reminded_of_what_is_most_pressing_once(near: Client, far: Client) -> None:
    assert "已提醒 1 人" in said(near, "/centre/nudge/", {"student_no": ["20200001", "20200002"]})
    assert [(one.student.student_no, one.task) for one in Message.objects.select_related("student")] == [
        ("20200001", "record_check")
    ]
    assert "没有需要提醒的人" in said(near, "/centre/nudge/", {"student_no": "20200001"})
    assert "请先选中" in said(far, "/centre/nudge/", {"student_no": "20200001"})
    assert "提醒过，学生还没有看" in text(near, HOME)


def test_a_sheet_is_received_by_its_code_and_a_slip_is_taken_back(world: World, near: Client) -> None:
    case = submitted(world)
    assert "林晓" in text(near, PAPERS)
    answer = near.post(f"{PAPERS}receive/", {"code": f" {code(world).lower().replace('-', ' ')}\n"})
    assert answer.headers["Location"] == f"{PAPERS}?got={case.pk}"
    case.refresh_from_db()
    assert case.state == "paper_received"
    page = text(near, str(answer.headers["Location"]))
    assert ("已登记收到" in page, "都收齐了" in page) == (True, True)
    assert "已经收过了" in said(near, f"{PAPERS}receive/", {"code": code(world)})
    assert "仍按未收到计" in said(near, f"/centre/papers/{case.pk}/undo/")
    case.refresh_from_db()
    assert case.state == "submitted"
    near.post(f"{PAPERS}receive/", {"code": code(world)})
    case.refresh_from_db()
    assert case.state == "paper_received"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("0000-0000-0000-0001", "校验不符"), ("123", "应为 16 位"), ("07K3-Q0MZ-49XT-AB2?", "没有“?”这个字符")],
)
def test_what_is_no_code_is_said_in_big_words_and_stays_in_the_field(near: Client, typed: str, why: str) -> None:
    page = said(near, f"{PAPERS}receive/", {"code": typed})
    assert (why in page, f'value="{typed}"' in page) == (True, True)


def test_an_outdated_sheet_and_one_of_another_centre_are_not_received(world: World, near: Client, far: Client) -> None:
    case = submitted(world)
    assert "旧的一版" in said(near, f"{PAPERS}receive/", {"code": code(world, version=0)})
    assert "不在您的查看范围内" in said(far, f"{PAPERS}receive/", {"code": code(world)})
    assert "没有等待纸质件" in said(far, f"{PAPERS}receive/", {"code": code(world, student_no="20200002")})
    assert far.post(f"/centre/papers/{case.pk}/undo/").status_code == 404
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_signed_confirmation_leads_to_the_page_with_the_witness(world: World, near: Client) -> None:
    student = Student.objects.get(student_no="20200001")
    version = version_of(shown_documents(world.season_id, [student.pk])[student.pk].mark)
    answer = near.post(f"{PAPERS}receive/", {"code": code(world, Kind.SIGN_OFF, version)})
    assert answer.headers["Location"] == SIGN
    assert "旧的一版" in said(near, f"{PAPERS}receive/", {"code": code(world, Kind.SIGN_OFF, version ^ 1)})


def test_a_student_checks_and_signs_before_the_teacher(near: Client, far: Client) -> None:
    page = text(near, SIGN)
    assert ("暂不符合毕业条件" in page, "999***********1234" in page, "999010199001011234" in page) == (
        True,
        True,
        False,
    )
    marks = {
        part.split('"')[0]: part.split('value="')[1].split('"')[0]
        for part in page.split('name="')[1:]
        if part.startswith("seen-")
    }
    assert "须由学习中心老师在场见证" in said(near, f"{SIGN}record/", marks)
    near.post(f"{SIGN}record/", {**marks, "witness": "yes"})
    mark = text(near, SIGN).split('name="mark" value="')[1].split('"')[0]
    assert "须由学习中心老师在场见证" in said(near, f"{SIGN}witness/", {"mark": mark})
    near.post(f"{SIGN}witness/", {"mark": mark, "witness": "yes"})
    assert dict(Case.objects.values_list("kind", "state")) == {
        "record_check": "confirmed",
        "sign_off": "signed_on_site",
    }
    assert "现场签字确认" in text(near, SIGN)
    assert [far.get(SIGN).status_code, far.post(f"{SIGN}witness/", {"mark": mark}).status_code] == [404, 404]


def test_a_paper_only_student_is_entered_with_a_trace(world: World, near: Client, far: Client) -> None:
    page = text(near, ENTER)
    assert ("申请延缓毕业" in page, "这一通道没有对该生开放" in page) == (True, True)
    assert "尚未" not in said(near, f"{ENTER}completion/", {})
    assert not Case.objects.exists()
    assert "字" in said(near, f"{ENTER}appraisal/", {"text": "太短"})
    assert not Case.objects.exists()
    near.post(f"{ENTER}appraisal/", {"text": "勤奋学习，认真工作。" * 15})
    step = Step.objects.get()
    assert (step.case.state, step.event, step.actor_name, step.actor_role) == (
        "submitted", "enter_from_paper", "李老师", "centre"
    )  # fmt: skip
    assert far.get(ENTER).status_code == 404
    assert far.post(f"{ENTER}appraisal/", {"text": "x"}).status_code == 404
    assert near.post(f"{ENTER}objection/").status_code == 404


def test_the_check_list_holds_the_own_candidates_and_who_has_signed(world: World, near: Client, far: Client) -> None:
    a_case(world, "20200001", Kind.SIGN_OFF, State.SIGNED_ON_SITE)
    page = text(near, LIST)
    for part in ("林晓", "999***********1234", "学生签名", "现场签字确认", "打印（A4 横向）"):
        assert part in page
    assert ("欧阳雪梅" in page, "林晓" in text(far, LIST)) == (False, False)
    assert "没有符合条件的学生" in text(near, f"{LIST}?level=专科")


def test_fees_are_marked_paid_by_list_and_their_students_audited_again(world: World, near: Client, far: Client) -> None:
    student = Student.objects.get(student_no="20200001")
    Student.objects.update(covered=1 << Part.FEES)
    fee = Fee.objects.create(student=student, kind="学费", year=2021, due=200_000, paid=50_000)
    assert ("1,500.00" in text(near, FEES), "林晓" in text(far, FEES)) == (True, False)
    assert "没有可以登记的费用" in said(far, f"{FEES}mark/", {"fee": fee.pk, "posted_on": "2022-06-10"})
    assert "到账日期还没有到" in said(near, f"{FEES}mark/", {"fee": fee.pk, "posted_on": "2022-07-01"})
    assert "请写明到账日期" in said(near, f"{FEES}mark/", {"fee": fee.pk})
    said(near, f"{FEES}mark/", {"fee": fee.pk, "posted_on": "2022-06-10"})
    fee.refresh_from_db()
    assert (fee.paid, str(fee.posted_on)) == (200_000, "2022-06-10")
    assert FactChange.objects.filter(student=student).count() == 1
    assert Entry.objects.filter(action="mark_fee_paid", subject="student:20200001").count() == 1
    assert "没有未交清的费用" in text(near, FEES)


@pytest.mark.parametrize("address", [PAPERS, LIST, FEES])
def test_lists_of_the_desk_cost_a_constant_number_of_queries(
    world: World, near: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    near.get(address)
    with django_assert_num_queries(QUERIES[address]):
        near.get(address)
    for number in ("20200001", "20200003", "20200004"):
        a_case(world, number, Kind.DEFERRAL, State.SUBMITTED)
        Fee.objects.create(student=Student.objects.get(student_no=number), kind="学费", year=2021, due=100)
    with django_assert_num_queries(QUERIES[address]):
        near.get(address)


QUERIES_HOME = 15
QUERIES = {PAPERS: 7, LIST: 9, FEES: 8}
