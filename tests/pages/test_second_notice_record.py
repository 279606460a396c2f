"""第二份通知的核对与修改: 常熟理工 as its notice has it: two key fields, its own list of evidence, its own offices."""

import pytest
from django.test import Client
from pytest_django import Settings

from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.folder import SHIPPED
from tests.pages.matters import page
from tests.pages.people import People, play_at, signed_in

AT = moment("2021-06-01 20:00")


@pytest.fixture
def client(people: People, settings: Settings) -> Client:
    settings.SCHOOL_FOLDER = SHIPPED / "cslg-adult"
    play_at(settings, AT)
    open_season(stem="2021-summer", by=SYSTEM, at=AT)
    return signed_in(people.student)


def test_only_name_and_number_are_key_fields(client: Client) -> None:
    sheet = client.get("/my/record/").context["sheet"]
    assert [line.label for line in sheet.key_lines] == ["姓名", "证件号码"]
    assert [line.label for line in sheet.own] == [
        "联系电话",
        "电子邮箱",
        "通讯地址",
        "邮政编码",
        "政治面貌",
        "工作单位",
        "本人简历",
        "家庭成员",
    ]


def test_the_evidence_is_what_the_notice_lists(client: Client) -> None:
    shown = page(client, "/my/corrections/new/?field=姓名")
    for item in ("个人申请", "身份证", "户口簿", "公民主项信息变更更正证明"):
        assert item in shown, item
    assert client.get("/my/corrections/new/?field=民族").status_code == 404


@pytest.mark.parametrize(("field", "office"), [("民族", "继续教育学院"), ("专业", "继续教育学院")])
def test_any_other_field_is_objected_to_at_its_office(client: Client, field: str, office: str) -> None:
    assert office in page(client, f"/my/objections/new/?line=field&key={field}")
    client.post(f"/my/objections/new/?line=field&key={field}", {"text": "登记有误", "wanted": "回族"})
    case = Case.objects.get(kind=Kind.OBJECTION)
    assert (case.state, case.office) == (State.SUBMITTED, "college")
