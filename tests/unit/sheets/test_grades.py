"""Grades in every layout: words and numbers, several attempts, theses without a code, one column a course."""

from pathlib import Path

import pytest

from biye.foundation.codes import MARK_WORDS, Mark, Obtained
from biye.machinery.exchange.core.columns import BadValue
from biye.machinery.exchange.core.problems import Severity
from biye.records.core.sheets.attainments import NO_SCORE, Grade, grade
from tests.unit.sheets.reading import SCHOOL, grades_of, read, told
from tests.workbooks import COURSES, Rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Grade(0, Mark.NUMBER)),
        ("100", Grade(10_000, Mark.NUMBER)),
        ("100.00", Grade(10_000, Mark.NUMBER)),
        ("100.01", "grade_out_of_range"),
        ("-1", "grade_out_of_range"),
        ("69.99", Grade(6999, Mark.NUMBER)),
        ("69.995", "not_a_grade"),
        ("70", Grade(7000, Mark.NUMBER)),
        ("７８．５", Grade(7850, Mark.NUMBER)),
        ("78分", Grade(7800, Mark.NUMBER)),
        ("7 8", "not_a_grade"),
        ("85%", "not_a_grade"),
        ("九十", "not_a_grade"),
        ("A", "not_a_grade"),
        ("及 格", Grade(NO_SCORE, Mark.PASS)),
        *((word, Grade(NO_SCORE, mark)) for mark, words in MARK_WORDS.items() for word in words),
    ],
)
def test_one_grade(text: str, expected: Grade | str) -> None:
    try:
        found: Grade | str = grade(text)
    except BadValue as bad:
        found = bad.code
    assert found == expected


def courses_of(
    folder: Path, *sheets: Rows, name: str = "成绩"
) -> tuple[list[tuple[str, str, int]], list[tuple[str, int, int]]]:
    tables, problems = read(folder, {**SCHOOL, **{f"{name}{number}.csv": rows for number, rows in enumerate(sheets)}})
    return [(student, course, score) for student, course, score, *_ in grades_of(tables)], told(problems)


@pytest.mark.parametrize(
    ("headings", "cells", "found", "problems"),
    [
        (("学号", "课程代码", "成绩"), ("2001", "A1", "70"), [("2001", "A1", 7000)], []),
        (("学号", "课程名称", "成绩"), ("2001", "大学英语", "70"), [("2001", "A1", 7000)], []),
        (("学号", "课程名称", "成绩"), ("2001", "大学 英语", "70"), [("2001", "A1", 7000)], []),
        (("学号", "课程名称", "成绩"), ("2001", "大学日语", "70"), [], [("course_unknown", 2, 1)]),
        (("学号", "课程代码", "成绩"), ("2001", "Z9", "70"), [("2001", "Z9", 7000)], [("course_in_no_plan", 2, 1)]),
        (("学号", "课程代码", "课程名称", "成绩"), ("2001", "A1", "英语", "70"), [("2001", "A1", 7000)], []),
        (("学号", "课程代码", "课程名称", "成绩"), ("2001", "", "", "70"), [], [("course_missing", 2, 1)]),
        (("学号", "课程代码", "成绩"), ("2001", "A1", ""), [], [("grade_missing", 2, 1)]),
        (("学号", "课程代码", "成绩"), ("2009", "A1", "70"), [], [("student_unknown", 2, 1)]),
        (("学号", "课程代码", "成绩", "次序"), ("2001", "A1", "70", "0"), [], [("not_whole", 2, 1)]),
        (("学号", "课程代码", "成绩", "学期"), ("2001", "A1", "70", "春"), [], [("not_a_term", 2, 1)]),
        (("学号", "课程代码", "成绩", "取得方式"), ("2001", "A1", "70", "抄袭"), [], [("not_a_way", 2, 1)]),
    ],
)
def test_how_a_course_is_found(
    tmp_path: Path,
    headings: tuple[str, ...],
    cells: tuple[str, ...],
    found: list[tuple[str, str, int]],
    problems: list[tuple[str, int, int]],
) -> None:
    assert courses_of(tmp_path, [headings, cells]) == (found, problems)


def test_a_name_that_several_courses_bear_is_told_apart_by_the_plan(tmp_path: Path) -> None:
    more = [*COURSES, ("法学", "F1", "大学英语", "公共", "4", "必修", "考试", "否")]
    rows = [("学号", "课程名称", "成绩"), ("2001", "大学英语", "70"), ("8", "大学英语", "80")]
    students = [("学号", "姓名", "层次", "教学计划"), ("2001", "甲", "专科", "会计"), ("8", "乙", "专科", "")]
    tables, problems = read(tmp_path, {"课程.csv": more, "学生.csv": students, "成绩.csv": rows})
    assert [one[:3] for one in grades_of(tables)] == [("2001", "A1", 7000)]
    assert told(problems) == [("course_ambiguous", 3, 1)]


def test_a_thesis_sheet_needs_no_course(tmp_path: Path) -> None:
    rows = [
        ("学号", "姓名", "论文题目", "论文成绩"),
        ("2001", "张三", "论甲", "良好"),
        ("2003", "王五", "论乙", "79.5"),
    ]
    assert courses_of(tmp_path, rows, name="毕业论文") == ([("2001", "A9", NO_SCORE), ("2003", "A9", 7950)], [])


def test_a_thesis_of_nobodys_plan(tmp_path: Path) -> None:
    students = [("学号", "姓名", "层次", "教学计划"), ("1", "甲", "专科", "")]
    tables, problems = read(
        tmp_path, {**SCHOOL, "学生.csv": students, "论文.csv": [("学号", "论文题目", "成绩"), ("1", "论甲", "良")]}
    )
    assert grades_of(tables) == []
    assert told(problems) == [("thesis_not_in_plan", 2, 1)]


def test_attempts_are_told_apart_by_term_way_and_sequence(tmp_path: Path) -> None:
    rows = [
        ("学号", "课程代码", "成绩", "学期", "取得方式", "次序"),
        ("2001", "A1", "40", "2020秋", "正考", ""),
        ("2001", "A1", "50", "2020秋", "补考", ""),
        ("2001", "A1", "55", "2020秋", "补考", "2"),
        ("2001", "A1", "70", "2021春", "重修", ""),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": rows})
    assert told(problems) == []
    assert [(score, way, term) for _, _, score, _, way, term in grades_of(tables)] == [
        (4000, Obtained.FIRST, 4041),
        (5000, Obtained.RESIT, 4041),
        (5500, Obtained.RESIT, 4041),
        (7000, Obtained.RETAKE, 4042),
    ]


def test_attempts_in_columns_beside_each_other(tmp_path: Path) -> None:
    rows = [
        ("学号", "课程代码", "成绩", "补考成绩", "重修成绩"),
        ("2001", "A1", "40", "50", "70"),
        ("2002", "A1", "", "60", ""),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": rows})
    assert told(problems) == []
    assert [(student, score, way) for student, _, score, _, way, _ in grades_of(tables)] == [
        ("2001", 4000, Obtained.FIRST),
        ("2001", 5000, Obtained.RESIT),
        ("2001", 7000, Obtained.RETAKE),
        ("2002", 6000, Obtained.RESIT),
    ]


def test_the_same_attempt_twice(tmp_path: Path) -> None:
    first = [("学号", "课程代码", "成绩"), ("2001", "A1", "70"), ("2001", "A2", "70"), ("2002", "A1", "80")]
    second = [("学号", "课程代码", "成绩"), ("2001", "A1", "70"), ("2001", "A2", "71")]
    found, problems = courses_of(tmp_path, first, second)
    assert found == [("2001", "A1", 7000), ("2002", "A1", 8000)]
    assert problems == [("attempts_differ", 3, 1), ("attempts_differ", 3, 1)]


def test_one_column_a_course(tmp_path: Path) -> None:
    rows = [
        ("学号", "姓名", "大学英语", "A2", "A3体育", "毕业论文（设计）", "平均分"),
        ("2001", "张三", "70", "优", "", "85", "80"),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": rows})
    assert [one[:4] for one in grades_of(tables)] == [
        ("2001", "A1", 7000, Mark.NUMBER),
        ("2001", "A2", NO_SCORE, Mark.EXCELLENT),
        ("2001", "A9", 8500, Mark.NUMBER),
    ]
    assert told(problems) == []
    assert ("columns_unknown", 0, 1) in told(problems, Severity.NOTE)


def test_a_bad_cell_in_the_wide_layout_names_its_course(tmp_path: Path) -> None:
    rows = [
        ("学号", "姓名", "专业", "大学英语", "会计学"),
        ("2001", "张三", "会计", "七十", "70"),
        ("2002", "李四", "会计", "70", ""),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": rows})
    assert [one[:3] for one in grades_of(tables)] == [("2002", "A1", 7000)]
    assert [(one.code, one.row, one.column, one.value) for one in problems if one.severity is Severity.REFUSE] == [
        ("not_a_grade", 2, "大学英语", "七十")
    ]


def test_what_a_grade_sheet_says_of_a_course_is_only_compared(tmp_path: Path) -> None:
    rows = [
        ("学号", "课程代码", "成绩", "学分", "课程性质", "考核方式"),
        ("2001", "A1", "70", "4", "必修", "考试"),
        ("2001", "A2", "70", "5", "选修", "考查"),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": rows})
    assert told(problems) == []
    assert [(one.code, one.column, one.row) for one in problems if one.code == "differs_from_plan"] == [
        ("differs_from_plan", "学分", 3),
        ("differs_from_plan", "课程性质", 3),
        ("differs_from_plan", "考核方式", 3),
    ]
    assert tables.plans.slot_credits.tolist() == [40, 45, 20, 80]
