"""关键字段修改: from the student's phone over the centre's desk to the college's, into the record and the conclusion."""

from contextlib import closing
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from biye.casework.actions.acting import act_on
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, CaseFile
from biye.casework.models.follow_up import FollowUp
from biye.casework.models.message import Message
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import FactChange
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.matters import (
    EVIDENCE,
    IN_TIME,
    TOO_LATE,
    after,
    asker,
    correction,
    cost,
    forwarded,
    page,
    picture,
    text,
    upload,
)
from tests.pages.people import play_at, signed_in
from tests.pages.season import World

BEGIN = "/my/corrections/new/?field=姓名"
ASKED = {"new": "林小晓", "cause": "changed", "changed_on": "2021-03-01"}


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, IN_TIME)


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.people.student)


def status(client: Client, address: str) -> int:
    with closing(client.get(address)) as answer:
        return answer.status_code


def only_case() -> Case:
    return Case.objects.get(kind=Kind.CORRECTION)


def name() -> str:
    return Student.objects.get(student_no="20200001").name


def test_the_form_lists_the_evidence_before_anything_is_typed(client: Client) -> None:
    shown = page(client, BEGIN)
    assert [part for part in (*EVIDENCE, "林晓", "依法变更", "登记错误") if part not in shown] == []


def test_what_is_typed_is_kept_and_may_be_written_again(client: Client) -> None:
    shown = after(client.post(BEGIN, ASKED), client)
    assert ("填写中，还没有提交" in shown, "还缺 3 件" in shown) == (True, True)
    assert 'value="林小晓"' in page(client, BEGIN)
    client.post(BEGIN, ASKED | {"new": "林大晓"})
    assert (only_case().form["new"], only_case().state) == ("林大晓", State.OPEN)


def test_handed_in_only_with_everything_and_every_lack_is_said_at_once(client: Client) -> None:
    client.post(BEGIN, {"new": "林晓"})
    address = f"/my/corrections/{only_case().pk}/"
    client.post(f"{address}submit/")
    shown = page(client, "/my/objections/")
    for part in ("改为后的姓名与现在登记的相同", "请选择修改的原因", "还缺证明材料：个人申请、身份证"):
        assert part in shown, part
    assert only_case().state == State.OPEN


def test_a_page_photographed_is_kept_drawn_anew_and_seen_by_whom_it_concerns(client: Client, world: World) -> None:
    client.post(BEGIN, ASKED)
    case = only_case()
    shown = after(client.post(f"/my/cases/{case.pk}/files/", {"label": "身份证", "file": upload(picture())}), client)
    assert "已收到「身份证」" in shown
    kept = CaseFile.objects.get()
    assert (kept.media, kept.label, kept.name) == ("image/jpeg", "身份证", "IMG_0001.jpg")
    with default_storage.open(kept.path, "rb") as stored:
        assert stored.read() != picture()
    people = world.people
    found = {
        who: status(signed_in(user), f"/cases/files/{kept.pk}/")
        for who, user in people.items().items()
        if user is not None
    }
    assert found == {"student": 200, "other student": 404, "centre": 200, "other centre": 404, "college": 200}
    answer = client.get(f"/cases/files/{kept.pk}/")
    answer.close()
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件没有传完"),
        (picture()[:700], "文件没有传完"),
        (picture(kind="PNG")[:700], "文件没有传完"),
        (b"%PDF-1.7\n1 0 obj", "文件没有传完"),
        (b"hello, this is no picture at all", "这个文件不能用（无法识别的文件）"),
        (b"GIF89a" + bytes(100), "这个文件不能用（GIF 动图）"),
        (b"MZ" + bytes(100), "这个文件不能用（程序）"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "这个文件不能用（HEIC 照片）"),
    ],
    ids=["nothing", "half a JPEG", "half a PNG", "half a PDF", "text", "GIF", "program", "HEIC"],
)
def test_what_broke_off_or_is_no_picture_has_a_kind_answer_and_nothing_is_lost(
    client: Client, content: bytes, said: str
) -> None:
    client.post(BEGIN, ASKED)
    case = only_case()
    address = f"/my/corrections/{case.pk}/"
    back = {"Referer": f"http://testserver{address}"}
    sent = {"label": "身份证", "file": upload(content)} if content else {"label": "身份证"}
    shown = after(client.post(f"/my/cases/{case.pk}/files/", sent, headers=back), client)
    assert said in shown
    assert ("林小晓" in shown, CaseFile.objects.count()) == (True, 0)


def test_a_pdf_file_is_kept_as_it_is(client: Client) -> None:
    client.post(BEGIN, ASKED)
    content = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
    client.post(f"/my/cases/{only_case().pk}/files/", {"label": "身份证", "file": upload(content, "身份证.pdf")})
    kept = CaseFile.objects.get()
    answer = client.get(f"/cases/files/{kept.pk}/")
    assert (b"".join(answer), answer.headers["Content-Type"]) == (content, "application/pdf")  # type: ignore[arg-type]


def test_the_same_picture_sent_twice_is_kept_once_and_proves_one_thing(client: Client) -> None:
    client.post(BEGIN, ASKED)
    address = f"/my/cases/{only_case().pk}/files/"
    for label in ("身份证", "身份证", "个人申请"):
        client.post(address, {"label": label, "file": upload(picture())})
    assert CaseFile.objects.count() == 1
    assert "同一个文件已作为“身份证”上传过" in page(client, "/my/objections/")


def test_a_picture_put_in_by_mistake_is_taken_out_again_until_it_is_handed_in(client: Client, world: World) -> None:
    case = correction(world)
    first = case.files.first()
    assert first is not None
    client.post(f"/my/files/{first.pk}/remove/")
    assert (case.files.count(), "只能删去自己上传、还没有提交的材料" in page(client, "/my/objections/")) == (3, True)
    act_on(case.pk, Event.RETURN, by=asker(world.people.centre), at=IN_TIME, reason="照片不清楚")
    client.post(f"/my/files/{first.pk}/remove/")
    assert case.files.count() == 2


def test_handed_in_twice_counts_once_and_then_the_papers_clock_runs(client: Client, world: World) -> None:
    case = correction(world)
    address = f"/my/corrections/{case.pk}/"
    shown = after(client.post(f"{address}submit/"), client)
    assert (case.steps, only_case().steps, only_case().state) == (1, 1, State.SUBMITTED)
    for part in ("2022年6月15日 24:00 前交到", "还剩 2 天", "逾期未交纸质材料的，本次申请无效", "河东学习中心"):
        assert part in shown, part


def test_a_second_application_for_the_same_field_waits_for_the_first(client: Client, world: World) -> None:
    correction(world)
    client.post(BEGIN, ASKED | {"new": "林大晓"})
    assert "姓名已有一件修改申请正在办理" in page(client, "/my/objections/")
    assert only_case().form["new"] == "林小晓"


def test_withdrawn_it_may_be_begun_anew(client: Client, world: World) -> None:
    case = correction(world)
    assert "已撤回修改申请" in after(client.post(f"/my/corrections/{case.pk}/withdraw/"), client)
    client.post(BEGIN, ASKED)
    assert sorted(Case.objects.values_list("state", flat=True)) == [State.OPEN, State.WITHDRAWN]


def test_after_the_deadline_it_is_refused_and_kept(client: Client, settings: Settings, world: World) -> None:
    client.post(BEGIN, ASKED)
    case = only_case()
    for number, label in enumerate(case.form["needs"]):
        client.post(f"/my/cases/{case.pk}/files/", {"label": label, "file": upload(picture(number))})
    play_at(settings, TOO_LATE)
    client.post(f"/my/corrections/{case.pk}/submit/")
    assert "已过截止时间" in page(client, "/my/objections/")
    assert (only_case().state, case.files.count()) == (State.OPEN, 3)


def test_the_centre_forwards_only_what_it_held_in_its_hands(world: World) -> None:
    case = correction(world)
    teacher = signed_in(world.people.centre)
    act_on(case.pk, Event.RECEIVE_PAPER, by=asker(world.people.centre), at=IN_TIME)
    assert "身份证：原件已核对" in page(teacher, f"/cases/{case.pk}/")
    teacher.post(f"/cases/{case.pk}/correction/forward/", {"checked": EVIDENCE[:2]})
    assert (only_case().state, "请逐件核对原件后勾选：户口簿" in page(teacher, "/messages/")) == (
        State.PAPER_RECEIVED,
        True,
    )
    teacher.post(f"/cases/{case.pk}/correction/forward/", {"checked": EVIDENCE})
    assert (only_case().state, only_case().form["checked"]) == (State.AT_COLLEGE, sorted(EVIDENCE))


def test_approved_it_stands_in_the_record_and_the_student_is_told(world: World, client: Client, post: Post) -> None:
    case = forwarded(world, correction(world))
    officer = signed_in(world.people.college)
    assert "同意，写入学籍并重新审查" in page(officer, f"/cases/{case.pk}/")
    post(officer, f"/cases/{case.pk}/correction/approve/", {"seen": case.steps, "reason": "证明齐全"})
    assert (name(), only_case().state) == ("林小晓", State.APPROVED)
    assert FactChange.objects.filter(student__student_no="20200001").exists()
    entry = Entry.objects.get(action="record.corrected")
    assert (entry.before, entry.after, entry.reason) == ({"name": "林晓"}, {"name": "林小晓"}, "证明齐全")
    followed = FollowUp.objects.get()
    assert (followed.what, followed.before, followed.after, followed.done_at is not None) == (
        "姓名",
        "林晓",
        "林小晓",
        True,
    )
    assert "姓名由“林晓”改为“林小晓”" in Message.objects.get(title="已更正：姓名").text
    assert "已更正：姓名由“林晓”改为“林小晓”" in page(client, f"/my/corrections/{case.pk}/")
    assert list(breaks()) == []


def test_approved_twice_the_second_officer_is_told(world: World, post: Post) -> None:
    case = forwarded(world, correction(world))
    officer = signed_in(world.people.college)
    sent = {"seen": case.steps}
    post(officer, f"/cases/{case.pk}/correction/approve/", sent)
    post(officer, f"/cases/{case.pk}/correction/approve/", sent)
    assert "张老师已于" in page(officer, "/messages/")
    assert (Entry.objects.filter(action="record.corrected").count(), FollowUp.objects.count()) == (1, 1)


def test_a_record_that_changed_meanwhile_is_not_written_over(world: World, post: Post) -> None:
    case = forwarded(world, correction(world))
    Student.objects.filter(student_no="20200001").update(name="林冲")
    officer = signed_in(world.people.college)
    post(officer, f"/cases/{case.pk}/correction/approve/", {"seen": case.steps})
    assert "现在登记的是“林冲”" in page(officer, "/messages/")
    assert (name(), only_case().state, FollowUp.objects.count()) == ("林冲", State.AT_COLLEGE, 0)


def test_the_province_may_be_asked_in_between(world: World, post: Post) -> None:
    case = forwarded(world, correction(world))
    act_on(case.pk, Event.FORWARD_TO_PROVINCE, by=asker(world.people.college), at=IN_TIME)
    officer = signed_in(world.people.college)
    assert "省级批复文号或说明" in page(officer, f"/cases/{case.pk}/")
    post(officer, f"/cases/{case.pk}/correction/approve/", {"reason": "津教〔2022〕1号"})
    assert (name(), only_case().state) == ("林小晓", State.APPROVED)


def test_a_birth_date_is_written_as_a_day(world: World, post: Post) -> None:
    Student.objects.filter(student_no="20200001").update(birth_date=date(1990, 1, 2))
    case = forwarded(world, correction(world, field="出生日期", new="1990-01-01"))
    post(signed_in(world.people.college), f"/cases/{case.pk}/correction/approve/")
    assert Student.objects.get(student_no="20200001").birth_date == date(1990, 1, 1)


def test_identity_numbers_are_masked_until_somebody_asks(world: World) -> None:
    case = correction(world, field="证件号码", new="11010519491231002X")
    officer = signed_in(world.people.college)
    shown = page(officer, f"/cases/{case.pk}/")
    assert ("110***********002X" in shown, "11010519491231002X" in shown) == (True, False)
    assert "11010519491231002X" in text(officer.post(f"/cases/{case.pk}/correction/numbers/"))
    assert Entry.objects.latest("id").action == "reveal_identity"


def test_nobody_elses_correction_is_there(world: World) -> None:
    case = correction(world)
    other = signed_in(world.people.other_student)
    found = {
        address: other.get(address).status_code
        for address in (f"/my/corrections/{case.pk}/", f"/my/objections/{case.pk}/", "/my/corrections/new/?field=班级")
    }
    assert set(found.values()) == {404}
    assert signed_in(world.people.other_centre).post(f"/cases/{case.pk}/correction/forward/").status_code == 404


def test_the_page_costs_the_same_with_and_without_evidence(client: Client, world: World) -> None:
    client.post(BEGIN, ASKED)
    address = f"/my/corrections/{only_case().pk}/"
    before = cost(client, address)
    correction(world)
    assert (CaseFile.objects.count(), cost(client, address)) == (3, before)
