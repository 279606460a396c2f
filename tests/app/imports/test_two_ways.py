"""Sheets read from a folder and the same sheets taken into the database say the same, to the last unknown."""

from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biye.audit.core.loading import load_season
from biye.audit.core.sample.invention import invent
from biye.cli.sample import write
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import CHINA
from biye.machinery.columns.core.selecting import EVERYBODY
from biye.machinery.columns.reading import here
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.core.sheets.folder import read_folder
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.tables import CHILD_TABLES, Coded, RecordTables
from biye.records.queries.columns import CHILDREN, Wanted, load_tables
from tests.workbooks import COURSES, GRADES, PLANS, STUDENTS, Rows, text_file

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2022, 5, 1, tzinfo=CHINA)
WANTED = Wanted(
    frozenset(CHILDREN), identity=True, terms=True, names=True, filled=frozenset({"ethnicity", "birth_date"})
)

EVERY_KIND: dict[str, Rows] = {
    "学生.csv": [
        (*STUDENTS[0], "民族", "休学学期数", "老生"),
        (*STUDENTS[1], "汉", "1", "是"),
        (*STUDENTS[2], "", "", ""),
        STUDENTS[3],
    ],
    "教学计划.csv": PLANS,
    "计划课程.csv": COURSES,
    "模块.csv": [
        ("教学计划", "模块代码", "最低学分", "溢出到"),
        ("会计", "公共", "6", "专业"),
        ("会计", "专业", "20.5", ""),
    ],
    "计划统考.csv": [("教学计划", "统考科目"), ("会计", "大学英语B")],
    "替代.csv": [("所修课程代码", "计入课程代码", "教学计划"), ("B1", "A1", ""), ("B2", "A2", "会计")],
    "成绩.csv": [*GRADES, ("2001", "张三", "A1", "90", "2021春"), ("2001", "张三", "A9", "", "")],
    "统考.csv": [
        ("学号", "统考科目", "结果", "成绩", "免考原因"),
        ("2001", "大学英语B", "", "65", ""),
        ("2002", "大学英语B", "免考", "", "四级"),
    ],
    "证书.csv": [
        ("学号", "证书类型", "成绩", "取得日期"),
        ("2001", "学位英语", "72", "2021-11-20"),
        ("2001", "PETS-3", "", ""),
    ],
    "交费.csv": [
        ("学号", "费用种类", "学年", "应交", "已交", "到账日期"),
        ("2001", "学费", "2021", "2400", "", ""),
        ("2002", "", "", "0", "0", ""),
    ],
    "处分.csv": [
        ("学号", "处分类型", "处分日期", "解除日期"),
        ("2001", "记过", "", ""),
        ("2002", "警告", "2021-05-10", "2021-11-10"),
    ],
    "标记.csv": [("学号", "标记", "已解除"), ("2001", "待复查", ""), ("2002", "待复查", "否")],
    "照片.csv": [
        ("学号", "学信网是否有毕业照", "上网时间", "图像比对", "照片规格"),
        ("2001", "是", "2022-06-15 11:59", "通过", "合格"),
        ("2002", "", "", "", ""),
    ],
    "往季.csv": [
        ("学号", "毕业批次", "审查结论", "毕业结果"),
        ("2001", "2021春", "甲", ""),
        ("2001", "2021秋", "", "乙"),
    ],
}


def taken_in(folder: Path) -> RecordTables:
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    batch = receive_import(files=files, choices={}, by=SYSTEM, at=AT)
    preview_import(batch.pk, settings=SheetSettings(), by=SYSTEM, at=AT)
    accept_import(batch.pk, settings=SheetSettings(), include_asked=True, by=SYSTEM, at=AT)
    return load_tables(here(), WANTED, EVERYBODY)


def plain(tables: RecordTables) -> dict[str, object]:
    """Everything as values that do not depend on positions."""
    students, plans, courses = tables.students, tables.plans, tables.courses.code
    found: dict[str, object] = {
        name: sorted(zip(*_columns(getattr(tables, name), students.student_no, courses), strict=True), key=repr)
        for name in CHILD_TABLES
    }
    skipped = ("key", "plan", "plan_codes", "filled")
    columns = [_listed(getattr(students, one.name)) for one in fields(students) if one.name not in skipped]
    columns.append([plans.code[plan] if plan >= 0 else None for plan in students.plan.tolist()])
    columns += [students.filled[name].tolist() for name in sorted(WANTED.filled)]
    found["student rows"] = list(zip(*columns, strict=True))
    module = [(plans.code[plan], code) for plan, code in zip(plans.module_plan, plans.module_code, strict=True)]
    found["modules"] = sorted(
        (*key, credits, module[overflow][1] if overflow >= 0 else None)
        for key, credits, overflow in zip(
            module, plans.module_credits.tolist(), plans.module_overflow.tolist(), strict=True
        )
    )
    slots = zip(plans.slot_plan, plans.slot_course, plans.slot_module, strict=True)
    found["slots"] = sorted(
        (plans.code[plan], courses[course], module[place][1] if place >= 0 else "", *rest)
        for (plan, course, place), rest in zip(
            slots,
            np.stack(
                [plans.slot_credits, plans.slot_kind, plans.slot_assessment, plans.slot_core, plans.slot_degree], 1
            ).tolist(),
            strict=True,
        )
    )
    found["totals"] = dict(zip(plans.code, plans.total_credits.tolist(), strict=True))
    found["exams asked"] = sorted(
        (plans.code[plan], name) for plan, name in zip(plans.exam_plan, plans.exam_subject, strict=True)
    )
    replaced = zip(plans.substitution_plan, plans.substitution_taken, plans.substitution_counts_as, strict=True)
    found["substitutions"] = sorted(
        (plans.code[plan] if plan >= 0 else "", courses[one], courses[two]) for plan, one, two in replaced
    )
    return found


def _columns(table: Any, students: list[str], courses: list[str]) -> list[list[Any]]:
    columns = []
    for one in fields(table):
        column = _listed(getattr(table, one.name))
        names = {"student": students, "course": courses}.get(one.name)
        columns.append([names[position] for position in column] if names else column)
    return columns


def _listed(column: Any) -> list[Any]:
    if isinstance(column, Coded):
        return [column.word(row) for row in range(len(column.codes))]
    return column if isinstance(column, list) else column.tolist()


def test_every_kind_of_sheet(tmp_path: Path) -> None:
    for name, rows in EVERY_KIND.items():
        width = max(map(len, rows))
        (tmp_path / name).write_bytes(text_file([(*row, *[""] * (width - len(row))) for row in rows]))
    expected, _ = read_folder(tmp_path, school_sheets=SheetSettings())
    assert all(len(getattr(expected, name).student) for name in CHILD_TABLES)
    assert plain(taken_in(tmp_path)) == plain(expected)


@pytest.mark.parametrize(("school", "season"), [("tju-online", "2022-autumn"), ("cslg-adult", "2021-summer")])
def test_invented_schools(tmp_path: Path, school: str, season: str) -> None:
    write(tmp_path, invent(load_season(school, season), 150, 3))
    expected, problems = read_folder(tmp_path, school_sheets=SheetSettings())
    assert [one for one in problems if one.severity == "refuse"] == []
    assert plain(taken_in(tmp_path)) == plain(expected)
