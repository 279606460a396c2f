"""What an absent row means: for whom each part of the facts is known after an import."""

from pathlib import Path

import pytest

from biye.foundation.codes import GRADE_PARTS, Part
from biye.records.core.sheets.settings import SheetSettings
from tests.unit.sheets.reading import SCHOOL, Files, read
from tests.workbooks import Rows, text_file

GRADES: Rows = [("学号", "课程代码", "成绩"), ("2001", "A1", "70")]
BAD: Rows = [("学号", "课程代码", "成绩"), ("2001", "A1", "七十"), ("2001", "A2", "70"), ("2002", "A1", "70")]
ALL = set(GRADE_PARTS)


def covered(folder: Path, files: Files, settings: SheetSettings | None = None) -> list[set[Part]]:
    tables, _ = read(folder, {**SCHOOL, **files}, settings)
    return [{part for part in Part if bits >> part & 1} for bits in tables.students.covered.tolist()]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [set(), set(), set()]),
        ({"成绩.csv": GRADES}, [ALL, set(), set()]),
        ({"考试课成绩.csv": GRADES}, [{Part.EXAMINED}, set(), set()]),
        ({"考查课.csv": GRADES}, [{Part.ASSESSED}, set(), set()]),
        ({"毕业论文.csv": GRADES}, [{Part.THESIS}, set(), set()]),
        ({"实践环节.csv": GRADES}, [{Part.PRACTICE}, set(), set()]),
        ({"考试课和考查课.csv": GRADES}, [ALL, set(), set()]),
        (
            {"成绩.csv": GRADES, "毕业论文.csv": [GRADES[0], ("2002", "A9", "70")]},
            [ALL - {Part.THESIS}, {Part.THESIS}, set()],
        ),
        ({"成绩.csv": BAD}, [ALL - {Part.EXAMINED}, ALL, set()]),
        ({"考试课.csv": BAD}, [set(), {Part.EXAMINED}, set()]),
        ({"成绩.csv": [("学号", "大学英语", "会计学"), ("2002", "", "70")]}, [set(), ALL, set()]),
        ({"成绩.csv": [("学号", "大学英语", "会计学"), ("2002", "x", "70")]}, [set(), set(), set()]),
        ({"统考.csv": [("学号", "统考科目", "结果"), ("2001", "英语", "通过")]}, [{Part.EXAMS}, set(), set()]),
        ({"证书.csv": [("学号", "证书类型"), ("2001", "学位英语")]}, [{Part.CERTIFICATES}, set(), set()]),
        ({"交费.csv": [("学号", "欠费"), ("2001", "0")]}, [{Part.FEES}, set(), set()]),
        ({"交费.csv": [("学号", "欠费"), ("2001", "零")]}, [set(), set(), set()]),
        ({"照片.csv": [("学号", "图像比对"), ("2001", "通过")]}, [{Part.PHOTOS}, set(), set()]),
        ({"往季.csv": [("学号", "毕业批次", "审查结论"), ("2001", "2021春", "x")]}, [{Part.HISTORY}, set(), set()]),
        ({"处分.csv": [("学号", "处分类型"), ("2001", "记过")]}, [{Part.SANCTIONS}] * 3),
        ({"处分.csv": [("学号", "处分类型")]}, [{Part.SANCTIONS}] * 3),
        (
            {"处分.csv": [("学号", "处分类型", "处分日期"), ("2001", "记过", "?")]},
            [set(), {Part.SANCTIONS}, {Part.SANCTIONS}],
        ),
        ({"标记.csv": [("学号", "标记", "已解除"), ("2001", "待复查", "否")]}, [{Part.FLAGS}] * 3),
    ],
)
def test_defaults(tmp_path: Path, files: Files, expected: list[set[Part]]) -> None:
    assert covered(tmp_path, files) == expected


def test_a_school_may_say_otherwise(tmp_path: Path) -> None:
    own = SheetSettings(coverage={"grades": "complete", "sanctions": "listed"})
    files: Files = {"成绩.csv": GRADES, "处分.csv": [("学号", "处分类型"), ("2001", "记过")]}
    assert covered(tmp_path, files, own) == [{*ALL, Part.SANCTIONS}, ALL, ALL]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("成绩.csv: {coverage: complete}", [ALL] * 3),
        ("成绩.csv: {parts: [考试, 论文]}", [{Part.EXAMINED, Part.THESIS}, set(), set()]),
        ("成绩.csv: {kind: skip}", [set(), set(), set()]),
        ("成绩.csv: {kind: 成绩}", [ALL, set(), set()]),
        ("成绩.csv: {kinds: grades}", [ALL, set(), set()]),
        ("成绩.csv: {parts: [实验]}", [ALL, set(), set()]),
        ("- 成绩.csv", [ALL, set(), set()]),
        ("成绩.csv: [", [ALL, set(), set()]),
        ("", [ALL, set(), set()]),
    ],
)
def test_a_person_may_say_it_for_one_file(tmp_path: Path, said: str, expected: list[set[Part]]) -> None:
    assert covered(tmp_path, {"成绩.csv": GRADES, "sheets.yaml": said.encode()}) == expected


def test_a_choice_for_one_sheet_of_a_file(tmp_path: Path) -> None:
    from tests.workbooks import workbook

    content = workbook(("一", GRADES), ("二", [GRADES[0], ("2002", "A9", "70")]))
    said = "全部.xlsx/二: {kind: grades, parts: [论文]}"
    assert covered(tmp_path, {"全部.xlsx": content, "sheets.yaml": said.encode()}) == [
        ALL - {Part.THESIS},
        {Part.THESIS},
        set(),
    ]


def test_what_is_wrong_in_the_choices_is_told(tmp_path: Path) -> None:
    said = b"a.csv: {kind: grades}\nb.csv: {kind: nonsense}\n"
    _, problems = read(tmp_path, {**SCHOOL, "sheets.yaml": said})
    assert [(one.code, one.file, one.value) for one in problems] == [("choice_wrong", "sheets.yaml", "b.csv")]
    _, problems = read(tmp_path, {**SCHOOL, "sheets.yaml": b"a: ["})
    assert [one.code for one in problems] == ["choices_unreadable"]


def test_a_sheet_in_gbk_covers_as_well(tmp_path: Path) -> None:
    assert covered(tmp_path, {"成绩.csv": text_file(GRADES, "gb18030")}) == [ALL, set(), set()]
