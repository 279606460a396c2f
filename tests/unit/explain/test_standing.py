"""Who is a candidate and why not, what a conclusion waits for, which applications are open and why the others are not."""

from typing import Any

import pytest

from biye.audit.core.explain.shapes import Explanation, RouteLine
from biye.foundation.verdicts import Truth
from tests.unit.explain.telling import PASSED, explained

CSLG = ("cslg-adult", "2021-summer")
SHORT = {"英语": "80", "管理学": "80", "商务": "80"}  # 10.0 of 20.0

OUTSIDE = "不在本批次范围内：本批次为2020春入学的专升本学生，或2020春以前入学、未超过最长学习年限的学生（通知一）"
ALL_BUT_THESIS = {name: grade for name, grade in PASSED.items() if name != "毕业论文"}


def route(told: Explanation, name: str) -> RouteLine:
    return next(line for line in told.routes if line.id == name)


@pytest.mark.parametrize(
    ("facts", "candidate", "why_not"),
    [
        ({}, Truth.TRUE, ""),
        (
            {"entry": "2020秋"},
            Truth.FALSE,
            f"专升本2020秋入学，{OUTSIDE}",
        ),
        ({"status": "休学"}, Truth.FALSE, "学籍状态为休学：休学或保留学籍期间不参加毕业资格审查，复学后随下一批次审查"),
        ({"status": "退学"}, Truth.FALSE, "学籍状态为退学：学籍已注销，不能毕业；请核对学院平台的学籍状态"),
        ({"entry": None}, Truth.UNKNOWN, "是否属于本批次尚待核实：入学批次不详"),
        ({"level": None}, Truth.UNKNOWN, "是否属于本批次尚待核实：层次不详"),
        ({"status": None}, Truth.UNKNOWN, "学籍状态不详，待核实"),
    ],
)
def test_who_is_a_candidate(facts: dict[str, Any], candidate: Truth, why_not: str) -> None:
    told = explained(facts)
    assert (told.candidate, told.why_not) == (candidate, why_not)
    assert (told.conclusion is None) == (candidate is not Truth.TRUE)


def test_no_fixes_for_whoever_is_no_candidate() -> None:
    told = explained({"status": "退学", "courses": SHORT})
    assert [one for one in told.findings if one.fixes] == []


@pytest.mark.parametrize(
    ("facts", "conclusion", "undecided"),
    [
        ({}, "学分及统考审核通过", ()),
        ({"courses": SHORT}, "暂不符合毕业条件", ()),
        ({"exams": {}, "not_imported": ["统考"]}, None, ("统考待核实",)),
        ({"plan": None}, None, ("学分、统考待核实",)),
    ],
)
def test_what_a_conclusion_waits_for(facts: dict[str, Any], conclusion: str | None, undecided: tuple[str, ...]) -> None:
    told = explained(facts)
    assert (told.conclusion, told.conclusions[0].undecided) == (conclusion, undecided)
    assert [one.book for one in told.conclusions] == ["graduation", "photo", "degree"]


def test_favourable_conclusions_are_marked() -> None:
    assert [one.is_favourable for one in explained({}).conclusions] == [True, True, True]
    assert [one.is_favourable for one in explained({"courses": SHORT}).conclusions] == [False, True, False]


@pytest.mark.parametrize(
    ("facts", "at", "state", "reason"),
    [
        ({"entry": "2018春", "courses": SHORT}, "2022-06-01 09:00", Truth.TRUE, "可以申请，截止 6 月 15 日"),
        ({"entry": "2018春", "courses": SHORT}, "2022-06-15 23:59", Truth.TRUE, "可以申请，截止 6 月 15 日"),
        ({"entry": "2018春", "courses": SHORT}, "2022-06-16 00:00", Truth.FALSE, "已于 6 月 15 日截止"),
        (
            {"courses": SHORT},
            "2022-06-01 09:00",
            Truth.FALSE,
            "只有2018年春季入学、所欠学分不超过 10 的学生可以申请结业（通知二.2(2)）",
        ),
        ({"entry": "2020秋", "courses": SHORT}, "2022-06-01 09:00", Truth.FALSE, "不是本批次的预毕业学生"),
        (
            {"entry": "2018春", "courses": ALL_BUT_THESIS, "not_imported": ["毕业论文"]},
            "2022-06-01 09:00",
            Truth.UNKNOWN,
            "尚待核实：学分",
        ),
        ({"entry": None, "courses": SHORT}, "2022-06-01 09:00", Truth.UNKNOWN, "尚待核实：入学批次不详"),
    ],
)
def test_completion(facts: dict[str, Any], at: str, state: Truth, reason: str) -> None:
    found = route(explained(facts, at), "completion")
    assert (found.state, found.reason, found.until) == (state, reason, "6 月 15 日")
    assert found.irreversible == "结业证书一律不换发毕业证书"


@pytest.mark.parametrize(
    ("at", "state", "reason"),
    [
        ("2022-06-26 23:59", Truth.FALSE, "6 月 27 日开始办理"),
        ("2022-06-27 00:00", Truth.TRUE, "可以申请，截止 6 月 30 日"),
        ("2022-07-01 00:00", Truth.FALSE, "已于 6 月 30 日截止"),
    ],
)
def test_a_window_opens_and_closes(at: str, state: Truth, reason: str) -> None:
    found = route(explained({}, at), "notice_objection")
    assert (found.state, found.reason) == (state, reason)


def test_reasons_of_an_application_are_filled_in() -> None:
    told = explained({"courses": {**PASSED, "毕业论文": "79"}})
    assert route(told, "deferral").prefilled == (
        ("平均分", "6 门平均 80.0，要求 70.0"),
        ("主干课情况", "最低 80.0，每门至少 70.0"),
        ("毕业论文情况", "毕业论文：成绩 79.0，要求 80.0，差 1.0"),
        ("学位英语水平考试情况", "已有 学位英语"),
    )
    assert route(explained({}), "deferral").prefilled == ()


def test_a_school_without_telephones_or_a_time_for_objections() -> None:
    told = explained({"mode": "函授", "entry": "2019春", "courses": {}, "exams": {}}, "2021-06-01 09:00", CSLG)
    sentence = next(one.sentence for one in told.findings if one.rule == "thesis")
    assert sentence.endswith("如有异议，请于 6 月 21 日前联系 二级学院（校外教学点）。")
