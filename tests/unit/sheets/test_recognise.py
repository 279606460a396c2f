"""Which kind a sheet is, by its headings, its name, and what a person says."""

import pytest

from biye.machinery.exchange.core.limits import Unreadable
from biye.machinery.exchange.core.texts import heading
from biye.machinery.exchange.core.workbook import read_workbook
from biye.records.core.sheets.recognise import SPECS, Recogniser
from biye.records.core.sheets.settings import Choice, SheetSettings
from tests.workbooks import text_file

COURSES = frozenset(heading(name) for name in ("A1", "大学英语", "会计学"))


def kind_of(headings: str, name: str = "", choice: Choice | None = None) -> tuple[str, dict[str, object]]:
    (sheet,) = read_workbook("a", text_file([tuple(headings.split(",")), ("1",)])).sheets
    sheet.name = name
    try:
        found = Recogniser(SheetSettings()).recognise("表.xlsx", sheet, choice or Choice(), COURSES)
    except Unreadable as refusal:
        return refusal.code, dict(refusal.details)
    return found.match.spec.kind, {}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind)
def test_every_kind_is_recognised_by_its_own_headings(spec: object) -> None:
    labels = [column.label for column in spec.columns]  # type: ignore[attr-defined]
    assert kind_of(",".join(labels)) == (spec.kind, {})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headings", "name", "kind"),
    [
        ("XH,XM,XB,CC,ZYMC", "", "students"),
        ("学号,姓名,层次,图像比对", "学生名单", "students"),
        ("学号,姓名,层次,图像比对", "学信网照片", "photos"),
        ("学号,姓名,层次,专业,年级,图像比对", "", "students"),
        ("学号,姓名,图像比对", "", "photos"),
        ("学号,姓名,专业,课程名称,成绩", "", "grades"),
        ("学号,姓名,考试科目,成绩", "统考", "exams"),
        ("学号,姓名,考试科目,成绩", "考试课成绩", "grades"),
        ("学号,姓名,考试科目,成绩", "统考成绩", "exams"),
        ("学号,姓名,论文题目,成绩", "", "grades"),
        ("学号,姓名,大学英语,会计学", "", "wide_grades"),
        ("学号,姓名,专业,层次,大学英语,会计学", "", "wide_grades"),
        ("学号,姓名,专业,层次,大学英语", "", "students"),
        ("学号,姓名,A1大学英语", "", "wide_grades"),
        ("学号,姓名,层次,欠费", "欠费", "fees"),
        ("学号,姓名,毕业批次,审查结论,层次", "", "history"),
    ],
)
def test_sheets_that_could_be_several_kinds(headings: str, name: str, kind: str) -> None:
    assert kind_of(headings, name) == (kind, {})


@pytest.mark.parametrize(
    ("headings", "refusal"),
    [
        ("学号,姓名,考试科目,成绩", ("sheet_unclear", {"kinds": "统考、成绩"})),
        (
            "学号,姓名",
            (
                "columns_missing",
                {
                    "kind": "学生",
                    "columns": "层次 或 入学批次 或 专业 或 教学计划 或 学籍状态 或 证件号码 或 学习中心 或 老生",
                },
            ),
        ),
        ("学号,成绩", ("columns_missing", {"kind": "成绩", "columns": "课程代码 或 课程名称 或 论文题目"})),
        ("学号,姓名,层次,欠费", ("sheet_unclear", {"kinds": "交费、学生"})),
        ("甲,乙", ("no_headings", {})),
    ],
)
def test_what_is_no_sheet_of_ours_says_what_is_missing(headings: str, refusal: tuple[str, dict[str, object]]) -> None:
    assert kind_of(headings) == refusal


@pytest.mark.parametrize(
    ("headings", "chosen", "kind"),
    [
        ("学号,姓名,考试科目,成绩", "grades", "grades"),
        ("学号,姓名,考试科目,成绩", "exams", "exams"),
        ("学号,姓名,层次,大学英语", "grades", "wide_grades"),
        ("学号,姓名,层次,图像比对", "photos", "photos"),
        ("学号,姓名,层次", "fees", "columns_missing"),
    ],
)
def test_what_a_person_says_counts(headings: str, chosen: str, kind: str) -> None:
    assert kind_of(headings, choice=Choice(kind=chosen))[0] == kind


def test_no_two_columns_of_a_kind_share_a_heading() -> None:
    for spec in SPECS:
        seen: dict[str, str] = {}
        for column in spec.columns:
            for name in column.headings:
                assert seen.setdefault(name, column.name) == column.name, (spec.kind, name)
