"""Unified exams, certificates, fees, sanctions, flags, photos and earlier conclusions as tables."""

from pathlib import Path
from typing import Any

import pytest

from biye.foundation.codes import Outcome
from biye.foundation.moments import day_number, minute_of, moment
from biye.foundation.verdicts import Verdict
from biye.machinery.exchange.core.problems import Severity
from biye.records.core.tables import NO_DAY, Coded
from tests.unit.sheets.reading import SCHOOL, read, told


def day(text: str) -> int:
    return day_number(moment(f"{text} 00:00").date())


def minute(text: str) -> int:
    return minute_of(moment(text))


def rows_of(table: Any, *names: str) -> list[tuple[Any, ...]]:
    """The columns of a fact table side by side, words as words."""
    columns = []
    for name in ("student", *names):
        column = getattr(table, name)
        words = isinstance(column, Coded)
        columns.append([column.word(row) for row in range(len(column.codes))] if words else column.tolist())
    return list(zip(*columns, strict=True))


def facts(folder: Path, name: str, headings: str, *rows: str) -> tuple[Any, list[tuple[str, int, int]]]:
    tables, problems = read(folder, {**SCHOOL, f"{name}.csv": [tuple(row.split(",")) for row in (headings, *rows)]})
    return tables, told(problems)


@pytest.mark.parametrize(
    ("headings", "row", "expected", "problems"),
    [
        ("学号,统考科目,结果", "2001,英语,通过", (Outcome.PASSED, -1, None), []),
        ("学号,统考科目,结果", "2001,英语,免考", (Outcome.EXEMPT, -1, None), []),
        ("学号,统考科目,结果", "2001,英语,缺考", (Outcome.ABSENT, -1, None), []),
        ("学号,统考科目,是否通过", "2001,英语,否", (Outcome.NOT_PASSED, -1, None), []),
        ("学号,统考科目,成绩", "2001,英语,65", (-1, 6500, None), []),
        ("学号,统考科目,成绩", "2001,英语,不及格", (Outcome.NOT_PASSED, -1, None), []),
        ("学号,统考科目,结果,成绩", "2001,英语,通过,65", (Outcome.PASSED, 6500, None), []),
        ("学号,统考科目,结果,成绩", "2001,英语,通过,缺考", None, [("outcome_differs", 2, 1)]),
        ("学号,统考科目,结果,免考原因", "2001,英语,,年满40周岁", (Outcome.EXEMPT, -1, "年满40周岁"), []),
        ("学号,统考科目,结果", "2001,英语,", None, [("outcome_missing", 2, 1)]),
        ("学号,统考科目,结果", "2001,英语,还行", None, [("not_an_outcome", 2, 1)]),
        ("学号,统考科目,结果", "2001,,通过", None, [("blank", 2, 1)]),
    ],
)
def test_unified_exams(
    tmp_path: Path, headings: str, row: str, expected: tuple[Any, ...] | None, problems: list[tuple[str, int, int]]
) -> None:
    tables, found = facts(tmp_path, "统考", headings, row)
    assert found == problems
    assert rows_of(tables.exams, "subject", "outcome", "score", "reason") == (
        [(0, "英语", *expected)] if expected is not None else []
    )


def test_certificates(tmp_path: Path) -> None:
    rows = (
        "2001,学位英语,72,2021-11-20",
        "2001,PETS-3,通过,",
        "2002,学位英语,未通过,2021-11-20",
        "2003,CET-4,425,44520",
    )
    tables, problems = facts(tmp_path, "证书", "学号,证书类型,成绩,取得日期", *rows)
    assert problems == []
    assert rows_of(tables.certificates, "kind", "score", "obtained") == [
        (0, "学位英语", 7200, day("2021-11-20")),
        (0, "PETS-3", -1, NO_DAY),
        (2, "CET-4", 42500, day("2021-11-20")),
    ]


@pytest.mark.parametrize(
    ("headings", "row", "expected", "problems"),
    [
        ("应交,已交", "2400,2400", (240_000, 240_000), []),
        ("应交,已交", "2400,", (240_000, -1), []),
        ("应交,已交,欠费", "2400,2000,400", (240_000, 200_000), []),
        ("应交,已交,欠费", "2400,2000,401", None, [("arrears_differ", 2, 1)]),
        ("应交,已交,欠费", "2400,2500,0", (240_000, 250_000), []),
        ("应交,欠费", "2400,400", (240_000, 200_000), []),
        ("欠费,备注", "0,x", (0, 0), []),
        ("欠费,备注", "0.01,x", (1, 0), []),
        ("是否结清,备注", "是,x", (0, 0), []),
        ("是否结清,备注", "否,x", None, [("arrears_missing", 2, 1)]),
        ("是否结清,欠费", "否,100", (10_000, 0), []),
        ("是否结清,欠费", "是,100", None, [("cleared_differs", 2, 1)]),
        ("应交,是否结清", "2400,是", (240_000, 240_000), []),
        ("应交,备注", ",x", None, [("fee_missing", 2, 1)]),
        ("应交,备注", "-1,x", None, [("not_money", 2, 1)]),
    ],
)
def test_fees(
    tmp_path: Path, headings: str, row: str, expected: tuple[int, int] | None, problems: list[tuple[str, int, int]]
) -> None:
    tables, found = facts(tmp_path, "交费", f"学号,{headings}", f"2001,{row}")
    assert [one for one in found if one[0] != "fee_missing" or row[0] == ","] == problems
    assert rows_of(tables.fees, "due", "paid") == ([(0, *expected)] if expected is not None else [])


def test_fees_of_several_years(tmp_path: Path) -> None:
    rows = ("2001,学费,2020-2021,2400,2400,2020-09-10", "2001,学费,2021,2400,0,", "2001,教材费,2021,100,100,")
    tables, problems = facts(tmp_path, "交费", "学号,费用种类,学年,应交,已交,到账日期", *rows)
    assert problems == []
    assert sorted(rows_of(tables.fees, "kind", "year", "due", "paid", "posted")) == sorted(
        [
            (0, "学费", 2020, 240_000, 240_000, day("2020-09-10")),
            (0, "学费", 2021, 240_000, 0, NO_DAY),
            (0, "教材费", 2021, 10_000, 10_000, NO_DAY),
        ]
    )


def test_sanctions(tmp_path: Path) -> None:
    rows = ("2001,记过,2021-05-10,", "2002,警告,2021-05-10,2021-11-10", "2003,警告,2021-05-10,2021-05-09")
    tables, problems = facts(tmp_path, "处分", "学号,处分类型,处分日期,解除日期", *rows)
    assert problems == [("lifted_before_imposed", 4, 1)]
    assert rows_of(tables.sanctions, "kind", "imposed", "lifted") == [
        (0, "记过", day("2021-05-10"), NO_DAY),
        (1, "警告", day("2021-05-10"), day("2021-11-10")),
    ]


def test_flags(tmp_path: Path) -> None:
    tables, problems = facts(tmp_path, "标记", "学号,标记,已解除", "2001,待复查,是", "2002,待复查,否", "2003,待复查,")
    assert problems == []
    assert rows_of(tables.flags, "flag", "cleared") == [(0, "待复查", 1), (1, "待复查", 0), (2, "待复查", -1)]


def test_photos(tmp_path: Path) -> None:
    headings = "学号,学信网是否有毕业照,上网时间,图像比对,比对时间,照片规格"
    rows = ("2001,是,2022-06-15 11:59,通过,2022-06-15,合格", "2002,否,,学信照片不通过,,不合格", "2003,,,,,")
    tables, problems = facts(tmp_path, "照片", headings, *rows)
    assert problems == [("time_missing", 2, 1)]
    assert rows_of(tables.photos, "at_chsi", "at_chsi_since", "comparison", "compared", "specification") == [
        (0, 1, minute("2022-06-15 11:59"), "通过", minute("2022-06-15 24:00"), Verdict.MET),
        (1, 0, -1, "学信照片不通过", -1, Verdict.NOT_MET),
        (2, -1, -1, None, -1, Verdict.UNKNOWN),
    ]


def test_earlier_conclusions(tmp_path: Path) -> None:
    rows = ("2001,2021春,暂不符合毕业条件,", "2001,2021秋,,延缓毕业", "2002,2021春,甲,", "2002,2021春,乙,")
    tables, problems = facts(tmp_path, "往季结论", "学号,毕业批次,审查结论,毕业结果", *rows)
    assert problems == [("same_key_differs", 4, 1), ("same_key_differs", 5, 1)]
    assert rows_of(tables.history, "season", "conclusion", "outcome") == [
        (0, 4042, "暂不符合毕业条件", None),
        (0, 4043, None, "延缓毕业"),
    ]


def test_rows_alike_are_taken_once(tmp_path: Path) -> None:
    tables, problems = read(
        tmp_path, {**SCHOOL, "统考.csv": [("学号", "统考科目", "结果"), *[("2001", "英语", "通过")] * 3]}
    )
    assert rows_of(tables.exams, "outcome") == [(0, Outcome.PASSED)]
    assert ("same_row_twice", 3, 2) in told(problems, Severity.NOTE)
