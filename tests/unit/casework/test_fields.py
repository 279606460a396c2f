"""逐项核对: each field beside what the identity number says of it. Numbers are the standard's own samples."""

from dataclasses import replace
from datetime import date

import pytest

from biye.casework.core.fields import (
    BIRTH,
    ETHNICITY,
    KEY_FIELDS,
    NAME,
    NUMBER,
    PHOTO,
    SEX,
    FieldLine,
    Record,
    Sort,
    changed_meanwhile,
    document,
    shown_fields,
)
from biye.foundation.identity import FEMALE, MALE
from biye.foundation.verdicts import Verdict
from biye.seasons.core.school import Comparison

WORDS = Comparison(passed=("通过",), failed=("学信照片不通过",), review=("身份核验不确定",))
LIN = Record(
    student_no="20200001",
    name="林晓",
    sex=MALE,
    birth_date=date(1980, 1, 1),
    ethnicity="汉族",
    identity_type="居民身份证",
    identity_number="34052419800101001X",
    exam_no="20121056",
    level="专升本",
    mode="网络教育",
    entry=4040,
    major="工商管理",
    class_name="工商1班",
    centre="河东学习中心",
    status="在籍",
    at_chsi=True,
    comparison="通过",
)


def lines(record: Record = LIN, *, officer: bool = False, key_fields: tuple[str, ...] = KEY_FIELDS) -> list[FieldLine]:
    return list(shown_fields(record, key_fields, WORDS, officer_numbers=officer, centre_label="学习中心"))


def line(label: str, record: Record = LIN, *, officer: bool = False) -> FieldLine:
    return next(one for one in lines(record, officer=officer) if one.label == label)


def test_every_field_as_it_will_be_registered_key_fields_first() -> None:
    assert [(one.label, one.value) for one in lines()] == [
        ("姓名", "林晓"),
        ("性别", "男"),
        ("出生日期", "1980-01-01"),
        ("民族", "汉族"),
        ("证件类型", "居民身份证"),
        ("证件号码", "34052419800101001X"),
        ("毕业照片", "学信网有照片 · 通过"),
        ("学号", "20200001"),
        ("考生号", "20121056"),
        ("层次", "专升本"),
        ("学习形式", "网络教育"),
        ("专业", "工商管理"),
        ("入学批次", "2020春"),
        ("学习中心", "河东学习中心"),
        ("班级", "工商1班"),
        ("学籍状态", "在籍"),
    ]


def test_a_record_in_order_has_nothing_pointed_out() -> None:
    assert [one.remarks for one in lines()] == [()] * 16
    assert [one.label for one in lines() if one.agrees is Verdict.MET] == [SEX, BIRTH, NUMBER, PHOTO]


def test_which_fields_are_key_fields_is_the_schools() -> None:
    found = lines(key_fields=(NAME, NUMBER))
    assert [one.label for one in found if one.sort is Sort.KEY] == [NAME, NUMBER]


@pytest.mark.parametrize(
    ("born", "agrees", "remarks"),
    [
        (date(1979, 12, 31), Verdict.NOT_MET, ("与证件号码所示的 1980-01-01 不一致。",)),
        (date(1980, 1, 1), Verdict.MET, ()),
        (date(1980, 1, 2), Verdict.NOT_MET, ("与证件号码所示的 1980-01-01 不一致。",)),
        (None, Verdict.UNKNOWN, ("没有登记。",)),
    ],
)
def test_the_birth_date_stands_beside_that_of_the_number(
    born: date | None, agrees: Verdict, remarks: tuple[str, ...]
) -> None:
    found = line(BIRTH, replace(LIN, birth_date=born))
    assert (found.agrees, found.says, found.remarks) == (agrees, "1980-01-01", remarks)


def test_the_sex_stands_beside_that_of_the_number() -> None:
    found = line(SEX, replace(LIN, sex=FEMALE))
    assert (found.value, found.says, found.agrees) == ("女", "男", Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("number", "remark"),
    [
        ("340524198001010011", "校验码不符：按前 17 位，最后一位应为 X。"),
        ("34052419800230001X", "第 7 至 14 位不是一个存在的日期。"),
        ("340524198001010000", "末尾几位变成了 0，是表格软件造成的，请按证件改正。"),
        ("3405241980010100", "位数不对：居民身份证应为 18 位。"),
        ("", "没有登记证件号码，学历不能注册。"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str, remark: str) -> None:
    found = line(NUMBER, replace(LIN, identity_number=number))
    assert remark in found.remarks
    assert found.agrees in (Verdict.NOT_MET, Verdict.UNKNOWN)


def test_an_old_number_counts_and_is_pointed_out() -> None:
    found = line(NUMBER, replace(LIN, identity_number="340524800101001"))
    assert (found.agrees, found.remarks) == (Verdict.MET, ("是 15 位的旧号码，注册时按 18 位登记。",))


@pytest.mark.parametrize(("officer", "agrees"), [(True, Verdict.MET), (False, Verdict.NOT_MET)])
def test_an_officers_number_counts_where_the_school_says_so(officer: bool, agrees: Verdict) -> None:
    serving = replace(LIN, identity_type="军官证", identity_number="军字第1234567号")
    assert line(NUMBER, serving, officer=officer).agrees is agrees
    assert (line(BIRTH, serving, officer=officer).says, line(BIRTH, serving).agrees) == ("", Verdict.NOT_REQUIRED)


@pytest.mark.parametrize(
    ("name", "remarks"),
    [
        ("买买提·艾力", ()),
        ("买买提•艾力", ("姓名中的间隔号应写作“·”，并与证件一致。",)),
        ("李?", ("姓名中有问号、空格或无法显示的字，请与证件核对。",)),
        ("李\ue863", ("姓名中有问号、空格或无法显示的字，请与证件核对。",)),
        ("𬱖", ()),
        ("", ("没有登记。",)),
    ],
)
def test_names_are_looked_at_for_what_sheets_do_to_them(name: str, remarks: tuple[str, ...]) -> None:
    assert line(NAME, replace(LIN, name=name)).remarks == remarks


def test_an_ethnicity_that_is_none_is_pointed_out() -> None:
    assert line(ETHNICITY, replace(LIN, ethnicity="火星")).remarks == ("不是国家标准中的民族名称。",)


@pytest.mark.parametrize(
    ("at_chsi", "comparison", "value", "agrees"),
    [
        (None, "", "", Verdict.UNKNOWN),
        (False, "", "学信网无照片", Verdict.NOT_MET),
        (True, "学信照片不通过", "学信网有照片 · 学信照片不通过", Verdict.NOT_MET),
        (True, "身份核验不确定", "学信网有照片 · 身份核验不确定", Verdict.UNKNOWN),
        (True, "", "学信网有照片", Verdict.UNKNOWN),
        (True, "通过", "学信网有照片 · 通过", Verdict.MET),
    ],
)
def test_the_photo_is_what_chsi_says_of_it(at_chsi: bool | None, comparison: str, value: str, agrees: Verdict) -> None:
    found = line(PHOTO, replace(LIN, at_chsi=at_chsi, comparison=comparison))
    assert (found.value, found.agrees) == (value, agrees)


def test_a_page_knows_which_fields_changed_since_it_was_shown() -> None:
    seen = {one.label: one.mark for one in lines()}
    moved = lines(replace(LIN, birth_date=date(1980, 1, 2), class_name=""))
    assert changed_meanwhile(lines(), seen) == ()
    assert changed_meanwhile(moved, seen) == (BIRTH, "班级")
    assert changed_meanwhile(lines(), {**seen, NAME: ""}) == (NAME,)


def test_what_was_shown_is_every_value_by_its_label() -> None:
    assert document(lines())["出生日期"] == "1980-01-01"
