"""更正的数值: what an officer types, read exactly or refused with what cannot be read."""

from datetime import date

import pytest

from biye.casework.core.figures import (
    ExamFigure,
    FeeFigure,
    FieldFigure,
    Figure,
    ResultFigure,
    exam_figure,
    fee_figure,
    field_figure,
    result_figure,
    show_figure,
    typed,
)
from biye.foundation.codes import Mark, Obtained, Outcome


@pytest.mark.parametrize(
    ("grade", "when", "way", "figure", "shown"),
    [
        ("85", "2021秋", "正考", ResultFigure(8500, Mark.NUMBER, 4043, Obtained.FIRST), "85（正考）"),
        ("59.5", "", "", ResultFigure(5950, Mark.NUMBER, -1, Obtained.FIRST), "59.5（正考）"),
        ("0", "2021春", "补考", ResultFigure(0, Mark.NUMBER, 4042, Obtained.RESIT), "0（补考）"),
        ("100", "2021春", "重修", ResultFigure(10000, Mark.NUMBER, 4042, Obtained.RETAKE), "100（重修）"),
        ("良", "2021秋", "正考", ResultFigure(-1, Mark.GOOD, 4043, Obtained.FIRST), "良（正考）"),
        ("免修", "", "免修", ResultFigure(-1, Mark.EXEMPT, -1, Obtained.EXEMPTION), "免修（免修）"),
    ],
)
def test_a_grade_is_a_number_or_a_word(grade: str, when: str, way: str, figure: Figure, shown: str) -> None:
    assert result_figure(grade, when, way) == figure
    assert show_figure(figure) == shown


@pytest.mark.parametrize(("grade", "when"), [("100.01", ""), ("-1", ""), ("很好", ""), ("", ""), ("85", "去年")])
def test_what_is_no_grade_or_term_is_refused(grade: str, when: str) -> None:
    with pytest.raises(ValueError, match=r"不是|不在"):
        result_figure(grade, when, "正考")


def test_a_way_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="“买的”不是取得方式"):
        result_figure("85", "", "买的")


@pytest.mark.parametrize(
    ("said", "figure", "shown"),
    [
        (("合格", "", ""), ExamFigure(Outcome.PASSED, -1, ""), "合格"),
        (("合格", "72", "不看"), ExamFigure(Outcome.PASSED, 7200, ""), "合格 72"),
        (("免考", "", "年满 40 周岁"), ExamFigure(Outcome.EXEMPT, -1, "年满 40 周岁"), "免考（年满 40 周岁）"),
        (("缺考", "", ""), ExamFigure(Outcome.ABSENT, -1, ""), "缺考"),
    ],
)
def test_an_exam_is_passed_or_exempt_with_its_reason_or_not(
    said: tuple[str, str, str], figure: Figure, shown: str
) -> None:
    assert exam_figure(*said) == figure
    assert show_figure(figure) == shown


@pytest.mark.parametrize("said", [("", "60", ""), ("免考", "", " "), ("合格", "abc", "")])
def test_what_is_no_outcome_is_refused(said: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r"请选择|须写明|不是"):
        exam_figure(*said)


def test_a_field_says_what_the_record_keeps() -> None:
    assert field_figure("专业", " 工商管理 ") == FieldFigure("工商管理")
    assert (typed("性别", "女"), typed("性别", ""), typed("出生日期", "1990-01-01")) == (2, 0, date(1990, 1, 1))
    assert typed("出生日期", "") is None


@pytest.mark.parametrize(
    ("label", "text"), [("学号", "1"), ("证件号码", "1"), ("专业", " "), ("性别", "不详"), ("出生日期", "1990-02-30")]
)
def test_what_a_field_cannot_say_is_refused(label: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"不能|请写"):
        field_figure(label, text)


@pytest.mark.parametrize(("text", "cents"), [("2500", 250000), ("0", 0), ("1200.50", 120050), (" 0.01 ", 1)])
def test_money_is_counted_in_cents(text: str, cents: int) -> None:
    assert fee_figure(text) == FeeFigure(cents)
    assert show_figure(FeeFigure(cents)) == f"已交 {cents // 100}.{cents % 100:02d} 元"


@pytest.mark.parametrize("text", ["", "1.001", "-1", "很多", "NaN", "1e30"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        fee_figure(text)
