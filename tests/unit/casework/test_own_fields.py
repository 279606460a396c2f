"""个人信息: blanks stay blanks until the student says 无; a CV has no holes."""

from datetime import date
from typing import Any

import pytest

from biye.casework.core.own_fields import CV, FAMILY, blanks, cleaned, own_lines

TODAY = date(2022, 6, 1)
ASKED = ("联系电话", "电子邮箱", "邮政编码", CV, FAMILY)


def cv(*spans: tuple[str, str]) -> list[dict[str, str]]:
    return [{"起": first, "止": last, "在何处学习或工作": "某单位"} for first, last in spans]


def remarks(label: str, value: Any) -> tuple[str, ...]:
    return own_lines((label,), {label: value}, TODAY)[0].remarks


def test_whoever_said_nothing_is_told_what_is_blank() -> None:
    lines = own_lines(ASKED, {}, TODAY)
    assert blanks(lines) == ASKED
    assert {line.remarks for line in lines} == {("还没有填写；没有这一项的，请勾选“无”。",)}


def test_nothing_counts_only_where_the_student_said_so() -> None:
    lines = own_lines(ASKED, dict.fromkeys(ASKED, "无"), TODAY)
    assert (blanks(lines), {line.is_none for line in lines}, {line.remarks for line in lines}) == ((), {True}, {()})


@pytest.mark.parametrize(
    ("label", "value", "found"),
    [
        ("联系电话", "022-11112222", ()),
        ("联系电话", "没有电话", ("不像电话号码，请检查。",)),
        ("电子邮箱", "lin@example.org", ()),
        ("电子邮箱", "lin@example", ("不像电子邮箱，请检查。",)),
        ("邮政编码", "30000", ("邮政编码应为 6 位数字。",)),
        ("邮政编码", "300000", ()),
        ("邮政编码", "3000000", ("邮政编码应为 6 位数字。",)),
        ("通讯地址", "天津市", ()),
    ],
)
def test_what_does_not_look_like_it_is_pointed_out_and_kept(label: str, value: str, found: tuple[str, ...]) -> None:
    assert remarks(label, value) == found


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ((("2015-09", "2018-06"), ("2018-07", "至今")), ()),
        ((("2015-09", "2018-06"), ("2018-08", "至今")), ("2018年6月 至 2018年8月 之间没有填写。",)),
        ((("2015-09", "2020-06"), ("2018-07", "2019-06"), ("2020-06", "至今")), ()),
        ((("2018-07", "至今"), ("2015-09", "2018-06")), ()),
        ((("2015-09", "2022-04"),), ("只写到 2022年4月，请接着写到现在。",)),
        ((("2015-09", "2022-05"),), ()),
        ((("2015.9", "2022年6月"),), ()),
        ((("2015-09", "2015-08"), ("2015-01", "至今")), ("第 1 行的止早于起。",)),
        ((("去年", "至今"),), ("第 1 行的起止年月请写成 2010-09；至今的，止写“至今”。",)),
        ((("2015-13", "至今"),), ("第 1 行的起止年月请写成 2010-09；至今的，止写“至今”。",)),
        ((("至今", "至今"),), ("第 1 行的起止年月请写成 2010-09；至今的，止写“至今”。",)),
    ],
)
def test_a_cv_is_continuous_up_to_now(spans: tuple[tuple[str, str], ...], found: tuple[str, ...]) -> None:
    assert remarks(CV, cv(*spans)) == found


def test_a_row_that_says_nowhere_is_pointed_out() -> None:
    assert remarks(CV, [{"起": "2015-09", "止": "至今"}]) == ("第 1 行没有写在何处。",)
    assert remarks(FAMILY, [{"称谓": "父", "姓名": "林某"}, {"称谓": "母"}]) == ("第 2 行请写明称谓和姓名。",)


def test_what_is_kept_has_no_empty_rows_and_no_blanks_around_it() -> None:
    assert cleaned("通讯地址", "  天津市   河东区 ") == "天津市 河东区"
    assert cleaned(FAMILY, [{"称谓": " 父 ", "姓名": ""}, {"称谓": " ", "别的": "x"}]) == [
        {"称谓": "父", "姓名": "", "年龄": "", "政治面貌": "", "工作单位": ""}
    ]
    assert cleaned(FAMILY, "无") == "无"
    assert len(cleaned("通讯地址", "长" * 500)) == 120
