"""预毕业确认、缓毕业管理、退学处理: from the lists to the lock, and never without a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.core.words import Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, CaseFile
from biye.foundation.moments import moment
from biye.foundation.terms import term
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.desks import a_case, said, text
from tests.pages.people import AT, play_at, signed_in
from tests.pages.season import STEM, World, audit_now

LIST = f"/college/seasons/{STEM}/confirming/"
DEFERRALS = f"/college/seasons/{STEM}/deferrals/"
WITHDRAWALS = f"/college/seasons/{STEM}/withdrawals/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
AFTER_THE_LAST_CHANCE = moment("2022-06-17 09:00")


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.people.college)


def shown(client: Client, part: str) -> list[str]:
    page = text(client, f"{LIST}?part={part}")
    return [name for name in ("林晓", "周建国", "欧阳雪梅") if name in page]


def states() -> dict[str, str]:
    cases = Case.objects.filter(kind=Kind.PRE_CONFIRMATION)
    return dict(cases.values_list("student__student_no", "state"))


def test_the_lists_say_who_passes_and_why_the_others_do_not(world: World, office: Client) -> None:
    assert (shown(office, "passing"), shown(office, "failing")) == (["周建国"], ["林晓"])
    assert "学分</span>" in text(office, f"{LIST}?part=failing")
    a_case(world, "20200002", Kind.DEFERRAL, State.SUBMITTED)
    assert (shown(office, "passing"), shown(office, "failing")) == ([], ["林晓", "周建国"])
    assert "申请延缓毕业：已提交" in text(office, f"{LIST}?part=failing")
    a_case(world, "20200001", Kind.COMPLETION, State.APPROVED)
    assert shown(office, "passing") == ["林晓"]
    assert shown(office, "nonsense") == ["林晓"]


def test_everybody_who_passes_is_agreed_to_in_one_act_taken_back_and_locked(office: Client, post: Post) -> None:
    post(office, f"{LIST}agree/", {"event": "approve", "all": "yes"})
    assert states() == {"20200002": "approved"}
    assert (shown(office, "agreed"), shown(office, "passing")) == (["周建国"], [])
    case = Case.objects.get()
    assert "请写明理由" in said(office, f"{LIST}after/", {"event": "take_back", "case": case.pk})
    post(office, f"{LIST}after/", {"event": "take_back", "case": case.pk, "reason": "漏看照片"})
    assert states() == {"20200002": "open"}
    post(office, f"{LIST}agree/", {"event": "approve", "student_no": ["20200002", "20200001"]})
    assert states() == {"20200002": "approved", "20200001": "open"}
    assert BulkAct.objects.latest("pk").refused == [
        [Case.objects.get(student__student_no="20200001").pk, ["favourable"]]
    ]
    post(office, f"{LIST}after/", {"event": "lock", "all": "yes"})
    assert states()["20200002"] == "locked"
    post(office, f"{LIST}after/", {"event": "take_back", "case": case.pk, "reason": "太晚了"})
    assert (states()["20200002"], shown(office, "locked")) == ("locked", ["周建国"])


def test_nobody_but_the_college_agrees_and_only_to_what_there_is(world: World, office: Client) -> None:
    for user in (world.people.centre, world.people.student):
        assert signed_in(user).get(LIST).status_code == 404
        assert signed_in(user).post(f"{LIST}agree/", {"event": "approve", "all": "yes"}).status_code == 404
    assert office.post(f"{LIST}agree/", {"event": "lock"}).status_code == 404
    assert "请先选中" in said(office, f"{LIST}after/", {"event": "lock", "all": "yes"})
    assert not Case.objects.exists()


@pytest.mark.parametrize("address", [LIST, f"{LIST}?part=failing", DEFERRALS, WITHDRAWALS])
def test_the_lists_cost_a_constant_number_of_queries(
    world: World, office: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_case(world, "20200002", Kind.DEFERRAL, State.VOID)
    office.get(address)
    with django_assert_num_queries(QUERIES[address]):
        office.get(address)
    a_case(world, "20200001", Kind.DEFERRAL, State.RETURNED)
    a_case(world, "20200003", Kind.WITHDRAWAL, State.PUBLIC)
    with django_assert_num_queries(QUERIES[address]):
        office.get(address)


def test_deferrals_are_listed_with_their_reasons(world: World, office: Client) -> None:
    assert "没有缓毕业申请" in text(office, DEFERRALS)
    case = a_case(world, "20200001")
    Case.objects.filter(pk=case.pk).update(form={"reasons": {"毕业论文情况": "75 分，差 5 分"}})
    page = text(office, DEFERRALS)
    assert ("75 分，差 5 分" in page, "学院审核中 1" in page) == (True, True)
    assert "没有缓毕业申请" in text(office, f"{DEFERRALS}?state=approved")
    assert "林晓" not in text(signed_in(world.people.other_centre), DEFERRALS)


def test_a_withdrawal_is_proposed_delivered_and_waits_for_appeals(
    world: World, office: Client, settings: Settings
) -> None:
    assert "欧阳雪梅" not in text(office, WITHDRAWALS)
    assert "买买提·艾力" in text(office, WITHDRAWALS)
    assert "请写明理由" in said(office, f"{WITHDRAWALS}propose/", {"student_no": "20200004"})
    office.post(f"{WITHDRAWALS}propose/", {"student_no": ["20200004", "20200001"], "reason": "学籍已注销"})
    case = Case.objects.get()
    assert (case.student.student_no, case.state) == ("20200004", "submitted")
    address, proof = f"/college/withdrawals/{case.pk}/announce/", SimpleUploadedFile("a.pdf", PDF)
    assert "没有传完" in said(office, address, {"delivered_on": "2022-06-13", "how": "邮寄"})
    assert "送达日期还没有到" in said(office, address, {"delivered_on": "2022-06-14", "how": "邮寄", "proof": proof})
    assert "请写明送达日期" in said(office, address, {"how": "邮寄"})
    proof.seek(0)
    office.post(address, {"delivered_on": "2022-06-13", "how": "邮寄", "proof": proof, "seen": case.steps})
    case.refresh_from_db()
    assert (case.state, case.form["appeal_until"][:10], CaseFile.objects.get().purpose) == (
        "public",
        "2022-06-29",
        "delivery",
    )
    assert "还没有到可以办理的时间" in text(office, f"/cases/{case.pk}/")
    office.post(f"/cases/{case.pk}/act/", {"event": "approve"})
    case.refresh_from_db()
    assert case.state == "public"
    play_at(settings, moment("2022-06-29 00:00"))
    office.post(f"/cases/{case.pk}/act/", {"event": "approve"})
    case.refresh_from_db()
    assert case.state == "approved"


def test_nobody_is_proposed_while_another_way_is_open(world: World, office: Client, settings: Settings) -> None:
    Student.objects.filter(student_no="20200001").update(entry=term("2018春"))
    audit_now(world.rules, AT)
    page = text(office, WITHDRAWALS)
    assert ("林晓" in page, "之前不能拟定退学" in page) == (True, True)
    data: dict[str, object] = {"student_no": "20200001", "reason": "未通过"}
    assert "请先选中" in said(office, f"{WITHDRAWALS}propose/", data)
    play_at(settings, AFTER_THE_LAST_CHANCE)
    a_case(world, "20200001", Kind.COMPLETION, State.AT_COLLEGE)
    assert "请先选中" in said(office, f"{WITHDRAWALS}propose/", data)
    Case.objects.update(state=State.REJECTED)
    said(office, f"{WITHDRAWALS}propose/", data)
    assert Case.objects.get(kind=Kind.WITHDRAWAL).state == "submitted"
    assert signed_in(world.people.centre).post(f"{WITHDRAWALS}propose/", data).status_code == 404


QUERIES = {LIST: 12, f"{LIST}?part=failing": 12, DEFERRALS: 9, WITHDRAWALS: 11}
