"""A folder of sheets as record tables, with every problem."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biye.foundation.codes import Mark, Obtained
from biye.machinery.exchange.core.problems import Severity
from biye.records.core.sheets.sentences import sentence
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.tables import NO_DAY
from tests.unit.sheets.reading import SCHOOL, grades_of, read, told
from tests.workbooks import COURSES, GRADES, STUDENTS, identity_number, text_file, workbook


def test_a_whole_school(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, {**SCHOOL, "成绩.csv": GRADES})
    assert told(problems) == []
    students, plans = tables.students, tables.plans
    assert students.student_no == ["2001", "2002", "2003"]
    assert students.name == ["张三", "李四", "王五"]
    assert [students.level.word(row) for row in range(3)] == ["专升本", "专升本", "专科"]
    assert [students.centre.word(row) for row in range(3)] == ["河东", "河东", "河西"]
    assert (students.sex.tolist(), students.entry.tolist(), students.plan.tolist()) == ([1, 2, 1], [4040] * 3, [0] * 3)
    assert students.suspended_terms.tolist() == [-1, -1, -1]
    assert students.outside_system.tolist() == [False, False, False]
    assert students.identity.tolist() == [row[4].encode() for row in STUDENTS[1:] if isinstance(row[4], str)]
    assert (plans.code, plans.total_credits.tolist()) == (["会计"], [800])
    assert (plans.module_code, plans.module_credits.tolist()) == (["专业", "公共"], [0, 0])
    assert tables.courses.code == ["A1", "A2", "A3", "A9"]
    assert plans.slot_credits.tolist() == [40, 45, 20, 80]
    assert plans.slot_kind.tolist() == [0, 0, 1, 3]
    assert plans.slot_assessment.tolist() == [0, 0, 1, 1]
    assert plans.slot_core.tolist() == [0, 1, 0, 0]
    assert [plans.module_code[module] for module in plans.slot_module] == ["公共", "专业", "公共", "专业"]
    assert grades_of(tables) == [
        ("2001", "A1", 7850, Mark.NUMBER, Obtained.FIRST, 4041),
        ("2001", "A2", -1, Mark.EXCELLENT, Obtained.FIRST, 4041),
        ("2002", "A1", 5900, Mark.NUMBER, Obtained.FIRST, 4041),
        ("2002", "A3", -1, Mark.QUALIFIED, Obtained.FIRST, 4042),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_of_rows_columns_and_files_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, chance: st.DataObject, pieces: int
) -> None:
    expected, _ = read(tmp_path_factory.mktemp("plain"), {**SCHOOL, "成绩.csv": GRADES})
    files = {}
    for name, rows in {**SCHOOL, "成绩.csv": GRADES}.items():
        places = chance.sample(range(len(rows[0])), len(rows[0]))  # type: ignore[attr-defined]
        head, *body = [tuple(row[place] for place in places) for row in rows]
        chance.shuffle(body)  # type: ignore[attr-defined]
        for piece in range(pieces):
            files[f"{chance.randint(0, 9)} {piece} {name}"] = [head, *body[piece::pieces]]  # type: ignore[attr-defined]
    found, problems = read(tmp_path_factory.mktemp("mixed"), files)
    assert [one for one in told(problems) if one[0] != "headings_only"] == []
    assert grades_of(found) == grades_of(expected)
    assert found.students.student_no == expected.students.student_no
    assert found.students.covered.tolist() == expected.students.covered.tolist()
    assert found.students.identity.tolist() == expected.students.identity.tolist()
    assert found.plans.slot_credits.tolist() == expected.plans.slot_credits.tolist()


def test_unknown_is_said_and_what_was_in_no_sheet_is_not_even_asked(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, {"学生.csv": [("学号", "姓名", "层次"), ("1", "甲", "")]})
    students = tables.students
    assert (students.level.word(0), students.mode.word(0), students.entry.tolist()) == (None, None, [-1])
    assert (students.birth_day.tolist(), students.identity.tolist(), students.covered.tolist()) == (
        [NO_DAY],
        [b""],
        [0],
    )
    assert {name: filled.tolist() for name, filled in students.filled.items()} == {
        "student_no": [True],
        "name": [True],
        "level": [False],
    }
    assert told(problems, *Severity) == [("unknown_here", 2, 1)]


def test_a_folder_without_anything(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, {"说明.docx": b"x"})
    assert len(tables.students) == 0
    assert told(problems, *Severity) == [("folder_empty", 0, 1), ("no_students", 0, 1), ("file_ignored", 0, 1)]


def student_rows(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [("学号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "层次", "教学计划"), *rows]


NUMBER = identity_number("19900102", 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("1", "甲", "男", "1990-01-02", "", NUMBER, "专科", "会计"), []),
        (("1", "甲", "女", "1990-01-02", "", NUMBER, "专科", "会计"), [("sex_differs", 2, 1)]),
        (("1", "甲", "男", "1990-01-03", "", NUMBER, "专科", "会计"), [("birth_differs", 2, 1)]),
        (("1", "甲", "", "", "", NUMBER, "专科", "会计"), []),
        (("1", "甲", "男", "1990-01", "", NUMBER, "专科", "会计"), [("date_partial", 2, 1)]),
        (("1", "甲", "男", "1990-01-02", "", NUMBER[:17] + "?", "专科", "会计"), [("identity_bad_character", 2, 1)]),
        (("1", "甲", "男", "1990-01-02", "", NUMBER[:17], "专科", "会计"), [("identity_bad_length", 2, 1)]),
        (("1", "甲", "男", "1990-01-02", "", "1.9E+17", "专科", "会计"), [("digits_lost", 2, 1)]),
        (("1", "甲", "男", "1990-01-02", "护照", "E1234567", "专科", "会计"), []),
        (("1", "甲", "男", "1990-01-02", "驾照", "E1234567", "专科", "会计"), [("not_a_document", 2, 1)]),
        (("1", "甲", "男", "1990-01-02", "", NUMBER, "专科", "法学"), [("plan_unknown", 2, 1)]),
        (("", "甲", "男", "1990-01-02", "", NUMBER, "专科", "会计"), [("blank", 2, 1)]),
        (("1", "", "男", "1990-01-02", "", NUMBER, "专科", "会计"), [("blank", 2, 1)]),
    ],
)
def test_one_student(tmp_path: Path, row: tuple[str, ...], expected: list[tuple[str, int, int]]) -> None:
    _, problems = read(tmp_path, {**SCHOOL, "学生.csv": student_rows(row)})
    assert told(problems) == expected


def test_the_same_student_twice(tmp_path: Path) -> None:
    rows = [*STUDENTS, STUDENTS[1], (*STUDENTS[2][:5], "专科", *STUDENTS[2][6:])]
    tables, problems = read(tmp_path, {**SCHOOL, "学生.csv": rows, "成绩.csv": GRADES})
    assert tables.students.student_no == ["2001", "2003"]
    assert told(problems) == [
        ("same_key_differs", 3, 1),
        ("same_key_differs", 6, 1),
        ("student_refused", 4, 2),
    ]
    assert [one for one in told(problems, Severity.NOTE) if one[0] == "same_row_twice"] == [("same_row_twice", 5, 1)]


def test_one_person_may_have_two_records(tmp_path: Path) -> None:
    rows = [*STUDENTS, ("2004", *STUDENTS[1][1:5], "专科", *STUDENTS[1][6:])]
    tables, problems = read(tmp_path, {**SCHOOL, "学生.csv": rows})
    assert len(tables.students) == 4
    assert told(problems) == []
    assert ("person_with_two_records", 2, 2) in told(problems, Severity.NOTE)


def test_names_of_students_are_compared_but_not_by_their_dots(tmp_path: Path) -> None:
    students = [("学号", "姓名", "层次"), ("1", "买买提·艾力", "专科"), ("2", "王 五", "专科"), ("3", "赵六", "专科")]
    exams = [
        ("学号", "姓名", "统考科目", "结果"),
        ("1", "买买提•艾力", "英语", "通过"),
        ("2", "王五", "英语", "通过"),
        ("3", "赵七", "英语", "通过"),
    ]
    tables, problems = read(tmp_path, {"学生.csv": students, "统考.csv": exams})
    assert tables.students.name == ["买买提·艾力", "王五", "赵六"]
    assert told(problems) == [("name_differs", 4, 1)]
    (one,) = [problem for problem in problems if problem.code == "name_differs"]
    assert sentence(one) == "第 4 行姓名是“赵七”，学生表中该学号是“赵六”；请核对学号。"


def test_students_who_are_in_no_system_carry_a_mark(tmp_path: Path) -> None:
    rows = [
        ("学号", "姓名", "层次", "老生"),
        ("1", "甲", "专科", "是"),
        ("2", "乙", "专科", "否"),
        ("3", "丙", "专科", ""),
    ]
    tables, _ = read(tmp_path, {"学生.csv": rows})
    assert tables.students.outside_system.tolist() == [True, False, False]


def test_a_schools_words_and_headings(tmp_path: Path) -> None:
    own = SheetSettings(
        columns={"students": {"level": ["学历类别"], "入学批次": ["进校"]}}, words={"level": ["专升本"]}
    )
    rows = [("学号", "姓名", "学历类别", "进校"), ("1", "甲", "专升本", "2020春"), ("2", "乙", "博士", "2020春")]
    tables, problems = read(tmp_path, {"学生.csv": rows}, own)
    assert [tables.students.level.word(row) for row in range(2)] == ["专升本", "博士"]
    assert tables.students.entry.tolist() == [4040, 4040]
    assert told(problems) == [("word_unknown", 3, 1)]


def test_plans_modules_overflow_exams_and_substitutions(tmp_path: Path) -> None:
    files = {
        **SCHOOL,
        "模块.csv": [
            ("教学计划", "模块代码", "模块名称", "最低学分", "溢出到"),
            ("会计", "公共", "公共基础课", "6", "专业"),
            ("会计", "专业", "专业课", "20.5", ""),
            ("会计", "选修", "选修课", "", "没有的"),
        ],
        "计划统考.csv": [("教学计划", "统考科目"), ("会计", "大学英语B"), ("会计", "计算机应用基础")],
        "替代.csv": [
            ("所修课程代码", "计入课程代码", "教学计划"),
            ("B1", "A1", ""),
            ("B2", "A2", "会计"),
            ("B3", "A3", "法学"),
        ],
    }
    tables, problems = read(tmp_path, files)
    plans = tables.plans
    assert plans.module_code == ["专业", "公共", "选修"]
    assert plans.module_name == ["专业课", "公共基础课", "选修课"]
    assert (plans.module_credits.tolist(), plans.module_overflow.tolist()) == ([205, 60, 0], [-1, 0, -1])
    assert (plans.exam_plan.tolist(), plans.exam_subject) == ([0, 0], ["大学英语B", "计算机应用基础"])
    course = tables.courses.code
    assert [
        (plan, course[taken], course[counts_as])
        for plan, taken, counts_as in zip(
            plans.substitution_plan, plans.substitution_taken, plans.substitution_counts_as, strict=True
        )
    ] == [(-1, "B1", "A1"), (0, "B2", "A2")]
    assert told(problems) == [("plan_unknown", 4, 1), ("overflow_unknown", 4, 1)]


def test_a_plan_that_contradicts_itself(tmp_path: Path) -> None:
    rows = [
        *COURSES,
        ("会计", "A1", "大学英语", "公共", "5", "必修", "考试", "否"),
        ("会计", "A2", "会计基础", "专业", "4.5", "必修", "考试", "是"),
    ]
    tables, problems = read(tmp_path, {**SCHOOL, "计划课程.csv": rows})
    assert tables.courses.code == ["A1", "A2", "A3", "A9"]
    assert [tables.courses.code[course] for course in tables.plans.slot_course] == ["A2", "A3", "A9"]
    assert told(problems) == [("same_key_differs", 2, 1), ("same_key_differs", 6, 1)]


def test_several_sheets_of_one_workbook_in_one_file(tmp_path: Path) -> None:
    content = workbook(("学生", STUDENTS), ("课程", COURSES), ("成绩", GRADES), ("说明", [("请勿修改列名",)]))
    tables, problems = read(tmp_path, {"全部.xlsx": content})
    assert told(problems) == []
    assert told(problems, Severity.NOTE) == [("sheet_of_remarks", 0, 1)]
    assert (len(tables.students), len(tables.results.student)) == (3, 4)


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    tables, problems = read(
        tmp_path, {**SCHOOL, "成绩.xls": b"<html>", "坏.xlsx": b"PK\x03\x04", "表.csv": text_file([("甲",), ("1",)])}
    )
    assert len(tables.students) == 3
    assert sorted(one.code for one in problems if one.severity is Severity.REFUSE) == [
        "file_broken",
        "no_headings",
        "not_a_sheet",
    ]


def test_progress_tells_every_file(tmp_path: Path) -> None:
    from biye.records.core.sheets.folder import read_folder

    heard: list[tuple[str, int, int]] = []
    read(tmp_path, SCHOOL)
    read_folder(tmp_path, school_sheets=SheetSettings(), progress=lambda *said: heard.append(said))
    assert heard == [("学生.csv", 0, 3), ("教学计划.csv", 1, 3), ("计划课程.csv", 2, 3), ("", 3, 3)]


def test_columns_of_the_tables_have_the_kinds_the_audit_expects(tmp_path: Path) -> None:
    tables, _ = read(tmp_path, {**SCHOOL, "成绩.csv": GRADES})
    students = tables.students
    assert [column.dtype for column in (students.key, students.entry, students.plan, students.covered)] == [
        np.int64,
        np.int16,
        np.int32,
        np.int32,
    ]
    assert (students.sex.dtype, students.identity.dtype, students.birth_day.dtype) == (
        np.int8,
        np.dtype("S18"),
        np.int32,
    )
    results = tables.results
    assert [column.dtype for column in (results.student, results.score, results.mark, results.term)] == [
        np.int32,
        np.int32,
        np.int8,
        np.int16,
    ]
