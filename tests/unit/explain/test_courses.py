"""Which course counted for what, which did not and why; how surplus flows."""

from typing import Any

import pytest

from biye.audit.core.explain.shapes import CourseLine, Explanation, ModuleBar
from biye.foundation.verdicts import Truth
from tests.unit.explain.telling import PASSED, explained


def lines(told: Explanation, name: str) -> list[tuple[str, bool, str, str]]:
    """Result, does it count, for what else, note: of every attempt of a course."""
    return [(line.result, line.counts, line.counted_for, line.note) for line in told.courses if line.name == name]


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ("80", [("80.0", True, "", "计入基础")]),
        ("59.99", [("59.99", False, "", "未通过")]),
        ("60", [("60.0", True, "", "计入基础")]),
        ("缺考", [("缺考", False, "", "未通过")]),
        ("免修", [("免修", True, "", "计入基础")]),
        (
            ["50", {"grade": "70", "obtained": "补考"}],
            [("50.0", False, "", "已有更好的成绩"), ("70.0", True, "", "计入基础")],
        ),
        (["70", "70"], [("70.0", True, "", "计入基础"), ("70.0", False, "", "已有更好的成绩")]),
    ],
)
def test_attempts_of_a_plan_course(attempts: Any, expected: list[tuple[str, bool, str, str]]) -> None:
    assert lines(explained({"courses": {**PASSED, "英语": attempts}}), "英语") == expected


def test_a_substitute_counts_for_the_plan_course() -> None:
    courses = {name: grade for name, grade in PASSED.items() if name != "英语"}
    told = explained({"courses": {**courses, "老英语": "75"}})
    assert lines(told, "老英语") == [("75.0", True, "英语", "替代《英语》，计入基础")]
    assert lines(told, "英语") == []
    assert told.earned == 225


def test_a_substitute_beside_a_better_result_does_not_count() -> None:
    told = explained({"courses": {**PASSED, "老英语": "75"}})
    assert lines(told, "老英语") == [("75.0", False, "英语", "已有更好的成绩")]
    assert lines(told, "英语") == [("80.0", True, "", "计入基础")]


def test_a_course_outside_the_plan_counts_for_nothing_and_stands_last() -> None:
    told = explained({"courses": {**PASSED, "插花": "90"}})
    assert lines(told, "插花") == [("90.0", False, "", "不在教学计划内，不计学分")]
    assert told.courses[-1].name == "插花"


def test_a_course_without_result_and_one_not_imported() -> None:
    courses = {name: grade for name, grade in PASSED.items() if name not in ("英语", "毕业论文")}
    told = explained({"courses": courses, "not_imported": ["毕业论文"]})
    assert lines(told, "英语") == [("", False, "", "还没有成绩")]
    assert lines(told, "毕业论文") == [("", False, "", "成绩尚未导入")]


def test_a_course_of_no_module_counts_for_the_total() -> None:
    assert lines(explained({}), "毕业论文") == [("80.0", True, "", "计入总学分")]


def test_without_a_plan_nothing_counts() -> None:
    told = explained({"plan": None})
    assert {line.note for line in told.courses} == {"没有教学计划"}
    assert (told.earned, told.asked, told.modules) == (0, -1, ())


def test_lines_carry_what_a_transcript_shows() -> None:
    told = explained({"courses": {"英语": {"grade": "70", "obtained": "补考", "term": "2021秋"}}})
    assert told.courses[[line.name for line in told.courses].index("英语")] == CourseLine(
        code="英语",
        name="英语",
        module="基础",
        kind="必修",
        credits="4.0",
        result="70.0",
        obtained="补考",
        term="2021秋",
        counts=True,
        counted_for="",
        note="计入基础",
    )


def test_counted_courses_add_up_to_the_credits_earned() -> None:
    told = explained({"courses": {**PASSED, "商务": "40", "艺术": "缺考"}})
    assert sum(float(line.credits) for line in told.courses if line.counts) * 10 == told.earned


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ((), [(65, 0, 25, 100), (20, 0, 0, 100)]),
        (("艺术",), [(65, 0, 25, 100), (0, 20, 0, 100)]),
        (("艺术", "法律"), [(40, 0, 0, 100), (0, 0, 0, 0)]),
        (("艺术", "商务"), [(45, 0, 5, 100), (0, 5, 0, 25)]),
    ],
)
def test_surplus_of_a_module_flows_on(missing: tuple[str, ...], expected: list[tuple[int, int, int, int]]) -> None:
    courses = {name: grade for name, grade in PASSED.items() if name not in missing}
    bars = explained({"courses": courses}).modules
    assert [(bar.earned, bar.received, bar.surplus, bar.share) for bar in bars if bar.name != "基础"] == expected
    assert [bar.overflow_to for bar in bars] == ["", "任选", ""]


def test_a_module_that_asks_nothing_is_full() -> None:
    assert ModuleBar("自选", 0, 0, 0, 0, "").share == 100


@pytest.mark.parametrize(
    ("exam", "expected"),
    [
        ("通过", ("合格", "", Truth.TRUE)),
        ("免考：年满40周岁", ("免考", "年满40周岁", Truth.TRUE)),
        ("未通过", ("未通过", "", Truth.FALSE)),
        ("缺考", ("缺考", "", Truth.FALSE)),
    ],
)
def test_unified_exams_one_by_one(exam: str, expected: tuple[str, str, Truth]) -> None:
    told = explained({"exams": {"大学英语B": exam}})
    assert [(line.state, line.reason, line.is_passed) for line in told.exams] == [
        expected,
        ("还没有通过记录", "", Truth.FALSE),
    ]


def test_unified_exams_not_imported() -> None:
    told = explained({"exams": {}, "not_imported": ["统考"]})
    assert [(line.state, line.is_passed) for line in told.exams] == [("尚未导入", Truth.UNKNOWN)] * 2
