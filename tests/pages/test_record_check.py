"""核对学籍信息: a field at a time, what the number says beside it, kept as it is ticked, confirmed as it was shown."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.foundation.actor import SYSTEM
from biye.records.actions.corrections import correct_record
from biye.records.models.personal import PersonalInfo
from biye.records.models.student import Student
from tests.pages.matters import IN_TIME, TOO_LATE, after, cost, page, text
from tests.pages.people import People, play_at, signed_in
from tests.pages.season import World

RECORD = "/my/record/"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, IN_TIME)


@pytest.fixture
def client(world: World) -> Client:
    Student.objects.filter(student_no="20200001").update(
        sex=1, birth_date=date(1980, 1, 2), identity_number="34052419800101001X", identity_type="居民身份证"
    )
    return signed_in(world.people.student)


def marks(client: Client) -> dict[str, str]:
    """The hidden marks of every field that the page shows."""
    shown = client.get(RECORD).context["sheet"]
    return {f"seen-{line.label}": line.mark for line in shown.lines}


def all_right(client: Client) -> dict[str, str]:
    shown = client.get(RECORD).context["sheet"]
    return {f"answer-{line.label}": "right" for line in shown.lines} | marks(client)


def check() -> Case:
    return Case.objects.get(kind=Kind.RECORD_CHECK)


def test_every_field_stands_beside_what_the_number_says(client: Client) -> None:
    shown = page(client, RECORD)
    for part in (
        "1980-01-02",
        "与证件号码所示的 1980-01-01 不一致",
        "340***********001X",
        "还剩 2 天 3 小时",
        "逾期未反馈或未签字确认的，视为对各项数据无异议",
        'href="tel:02211112222"',
        "已核对 0 / 16 项",
    ):
        assert part in shown, part
    assert "34052419800101001X" not in shown


def test_answers_are_kept_one_at_a_time(client: Client) -> None:
    sent = marks(client) | {"answer-姓名": "right"}
    part = text(client.post(f"{RECORD}answers/", sent, headers={"HX-Request": "true"}))
    assert ("已核对 1 / 16 项" in part, "<html" in part) == (True, False)
    assert "已核对 1 / 16 项" in page(client, RECORD)
    assert check().state == State.OPEN


def test_the_first_wrong_field_is_said_to_everybody_and_leads_to_what_helps(client: Client) -> None:
    shown = after(
        client.post(f"{RECORD}answers/", marks(client) | {"answer-出生日期": "wrong", "answer-专业": "wrong"}), client
    )
    assert check().state == State.DISPUTED
    assert "/my/corrections/new/?field=%E5%87%BA%E7%94%9F%E6%97%A5%E6%9C%9F" in shown
    assert "/my/objections/new/?line=field&amp;key=%E4%B8%93%E4%B8%9A" in shown


def test_confirmed_is_exactly_what_was_on_the_page(client: Client) -> None:
    shown = after(client.post(f"{RECORD}answers/", all_right(client) | {"do": "confirm"}), client)
    assert ("已确认学籍信息无误" in shown, check().state) == (True, State.CONFIRMED)


def test_confirmed_twice_counts_once(client: Client) -> None:
    sent = all_right(client) | {"do": "confirm"}
    for _ in range(2):
        assert "已确认学籍信息无误" in after(client.post(f"{RECORD}answers/", sent), client)
    assert (check().steps, check().state) == (1, State.CONFIRMED)


def test_what_changed_while_the_page_was_open_is_named_and_not_confirmed(client: Client) -> None:
    sent = all_right(client) | {"do": "confirm"}
    student = Student.objects.get(student_no="20200001")
    correct_record(student.pk, "birth_date", date(1980, 1, 1), seen=date(1980, 1, 2), by=SYSTEM, at=IN_TIME)
    client.post(f"{RECORD}answers/", sent, headers={"Referer": f"http://testserver{RECORD}"})
    assert "您打开页面之后，出生日期有变动" in page(client, RECORD)
    assert not Case.objects.filter(kind=Kind.RECORD_CHECK, state=State.CONFIRMED).exists()


def test_a_confirmation_lapses_when_a_field_changes_and_only_that_field_is_asked_again(client: Client) -> None:
    client.post(f"{RECORD}answers/", all_right(client) | {"do": "confirm"})
    student = Student.objects.get(student_no="20200001")
    correct_record(student.pk, "birth_date", date(1980, 1, 1), seen=date(1980, 1, 2), by=SYSTEM, at=IN_TIME)
    assert check().state == State.LAPSED
    client.post(f"{RECORD}answers/", marks(client) | {"answer-姓名": "right"})
    shown = page(client, RECORD)
    assert ("须重新核对" in shown, "已核对 15 / 16 项" in shown) == (True, True)


def test_what_is_not_answered_or_wrong_stands_against_confirming(client: Client) -> None:
    sent = all_right(client) | {"do": "confirm", "answer-姓名": "wrong"}
    del sent["answer-民族"]
    client.post(f"{RECORD}answers/", sent)
    shown = page(client, RECORD)
    assert ("还有没核对的栏目：民族" in shown, "您标了“有误”的栏目：姓名" in shown) == (True, True)


def test_after_the_deadline_nothing_is_asked_and_whom_to_call_is_said(client: Client, settings: Settings) -> None:
    sent = all_right(client)
    play_at(settings, TOO_LATE)
    client.post(f"{RECORD}answers/", sent)
    shown = page(client, RECORD)
    assert ("已过截止时间" in shown, "核对时间已过" in shown, "确认无误</button>" in shown) == (True, True, False)
    assert not Case.objects.filter(kind=Kind.RECORD_CHECK).exists()


def test_own_entries_are_kept_and_blanks_stay_blank_until_none_is_said(client: Client) -> None:
    part = text(
        client.post(f"{RECORD}own/", {"own-0": "022-11112222", "none-1": "yes"}, headers={"HX-Request": "true"})
    )
    assert "还没有填写：通讯地址、邮政编码、工作单位、本人简历、家庭成员" in part
    kept = PersonalInfo.objects.get().said
    assert kept == {"联系电话": "022-11112222", "电子邮箱": "无"}
    assert Student.objects.get(student_no="20200001").telephone == "022-11112222"


def test_gaps_of_a_cv_are_pointed_out(client: Client) -> None:
    rows = [("2000-09", "2003-06", "某中学"), ("2004-01", "至今", "某单位")]
    sent = {f"own-5-{row}-{place}": said for row, one in enumerate(rows) for place, said in enumerate(one)}
    shown = after(client.post(f"{RECORD}own/", sent), client)
    assert "本人简历：2003年6月 至 2004年1月 之间没有填写。" in shown
    assert PersonalInfo.objects.get().said["本人简历"][1]["止"] == "至今"


def test_there_is_nothing_to_check_before_a_season_is_open(people: People) -> None:
    assert "还没有毕业批次" in page(signed_in(people.student), RECORD)


@pytest.mark.parametrize("who", ["centre", "college"])
def test_a_teacher_has_no_such_page(world: World, who: str) -> None:
    assert signed_in(getattr(world.people, who)).get(RECORD).status_code == 404


def test_the_page_costs_the_same_however_much_is_under_way(client: Client) -> None:
    client.post(f"{RECORD}answers/", marks(client) | {"answer-姓名": "wrong"})
    before = cost(client, RECORD)
    for field, new in (("姓名", "林小晓"), ("民族", "回族")):
        client.post(f"/my/corrections/new/?field={field}", {"new": new})
    assert (Case.objects.count(), cost(client, RECORD)) == (3, before)
