"""Values of cells: what is taken, what is refused, with its reason; limits in threes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from biye.foundation.moments import CHINA
from biye.machinery.exchange.core import values
from biye.machinery.exchange.core.columns import BadValue
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.texts import bare_heading, clean, fold, heading, key, outside_gbk, private_characters


def taken(parse: Callable[[str], Any], text: str) -> Any:
    """The value, or the reason code where there is none, or both where it needs a second look."""
    try:
        return parse(text)
    except BadValue as bad:
        return bad.code if bad.kept is None else (bad.code, bad.severity, bad.kept)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 40),
        ("4.5", 45),
        ("４．５", 45),
        (" 4.5 ", 45),
        ("4.50", 45),
        ("4.55", "not_credits"),
        ("0", 0),
        ("-0.1", "not_credits"),
        ("9999.9", 99_999),
        ("10000", 100_000),
        ("10000.1", "not_credits"),
        ("四", "not_credits"),
        ("NaN", "not_credits"),
        ("Infinity", "not_credits"),
        ("1e3", 10_000),
        ("4 5", "not_credits"),
    ],
)
def test_credits(text: str, value: object) -> None:
    assert taken(values.credits, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200.50", 120_050),
        ("￥1200", 120_000),
        ("¥1200元", 120_000),
        ("0.01", 1),
        ("0.001", "not_money"),
        ("-1", "not_money"),
        ("一千", "not_money"),
    ],
)
def test_money(text: str, value: object) -> None:
    assert taken(values.money, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "2022-06-05",
        "2022/6/5",
        "2022.6.5",
        "20220605",
        "2022年6月5日",
        "２０２２－０６－０５",
        "2022-06-05 00:00:00",
        "2022-6-5 11:59",
    ],
)
def test_a_day_in_every_form(text: str) -> None:
    assert values.day(text) == date(2022, 6, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("44717", ("date_from_number", Severity.NOTE, date(2022, 6, 5))),
        ("2022-02-28", date(2022, 2, 28)),
        ("2022-02-29", "no_such_date"),
        ("2020-02-29", date(2020, 2, 29)),
        ("2022-13-01", "no_such_date"),
        ("1899-12-31", "no_such_date"),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2200-01-01", "no_such_date"),
        ("2022-06", "not_a_date"),
        ("22-06-05", "not_a_date"),
        ("2022-06-05x", "not_a_date"),
        ("昨天", "not_a_date"),
        ("999", "not_a_date"),
    ],
)
def test_days(text: str, value: object) -> None:
    assert taken(values.day, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-06-15 11:59", datetime(2022, 6, 15, 11, 59, tzinfo=CHINA)),
        ("2022-06-15T12:00:30", datetime(2022, 6, 15, 12, 0, 30, tzinfo=CHINA)),
        ("2022/6/15 8时5分", datetime(2022, 6, 15, 8, 5, tzinfo=CHINA)),
        ("2022-06-15", ("time_missing", Severity.ASK, datetime(2022, 6, 16, tzinfo=CHINA))),
        ("2022-06-15 24:00", "no_such_date"),
        ("2022-06-15 23:60", "no_such_date"),
        ("2022-06-31 12:00", "no_such_date"),
    ],
)
def test_moments(text: str, value: object) -> None:
    assert taken(values.moment, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020春", 4040),
        ("2020年秋季", 4041),
        ("202003", 4040),
        ("2020-03-01", 4040),
        ("2020-09", 4041),
        ("2020年9月", 4041),
        ("2020级", 4040),
        ("２０２０春", 4040),
        ("2020-03-01 00:00:00", 4040),
        ("202013", "not_a_term"),
        ("春天", "not_a_term"),
        ("20", "not_a_term"),
    ],
)
def test_terms(text: str, value: object) -> None:
    assert taken(values.term, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("40", 40),
        ("41", "not_whole"),
        ("-1", "not_whole"),
        ("1.0", 1),
        ("1.5", "not_whole"),
        ("", "not_whole"),
    ],
)
def test_whole_numbers(text: str, value: object) -> None:
    assert taken(values.whole(0, 40), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("Y", True), ("TRUE", True), ("0", False), ("√", True), ("也许", "not_yes_or_no")],
)
def test_yes_and_no(text: str, value: object) -> None:
    assert taken(values.yes_no, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("００１２", "0012"),
        (" 00 12\u200b", "0012"),
        ("1.10105E+17", "digits_lost"),
        ("2.02E+11", "digits_lost"),
        ("E12", "E12"),
    ],
)
def test_codes(text: str, value: str) -> None:
    assert taken(values.code, text) == value


def test_a_text_has_a_longest_length() -> None:
    parse = values.limited(3, clean)
    assert [taken(parse, text) for text in ("甲乙", "甲乙丙", "甲乙丙丁")] == ["甲乙", "甲乙丙", "text_too_long"]


def test_texts_are_cleaned_for_keeping_and_folded_for_comparing() -> None:
    written = " \u3000（一）\u200b英语\tＢ  上 \x07"
    assert clean(written) == "（一）英语 Ｂ 上"
    assert fold(written) == "(一)英语B上"
    assert key("买买提•艾力") == key("买买提·艾力") == key("买买提．艾力")
    assert heading(" 学 号*：") == heading("学号") == "学号"
    assert (heading("成绩（百分制）"), bare_heading("成绩（百分制）")) == ("成绩(百分制)", "成绩")


def test_characters_that_other_systems_cannot_show() -> None:
    assert (private_characters("王\ue000"), private_characters("王𬱖")) == ("\ue000", "")
    assert (outside_gbk("王𬱖䶮"), outside_gbk("王·")) == ("䶮𬱖", "")
