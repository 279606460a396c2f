"""From the rows of a sheet to values: headings, totals, problems with their place, and the sheet to mend."""

from io import BytesIO

import pytest

from biye.machinery.exchange.core.cells import Sheet
from biye.machinery.exchange.core.columns import ColumnSpec, SheetSpec
from biye.machinery.exchange.core.headings import find_headings
from biye.machinery.exchange.core.mend import mend_page
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.machinery.exchange.core.sentences import sentence
from biye.machinery.exchange.core.table import Each, Table, read_table
from biye.machinery.exchange.core.values import code, credits, day
from biye.machinery.exchange.core.workbook import read_workbook
from biye.machinery.exchange.core.writer import Page, write_csv, write_xlsx
from tests.raw_sheets import raw_xlsx, sheet_markup
from tests.workbooks import Rows, text_file, workbook

SPEC = SheetSpec(
    "things",
    "物品",
    (
        ColumnSpec("number", "编码", ("代码", "物品编码"), code, required=True),
        ColumnSpec("name", "名称", ("物品名称",)),
        ColumnSpec("credits", "学分", ("分值",), credits),
        ColumnSpec("day", "日期", (), day),
        ColumnSpec("secret", "密码", (), private=True),
    ),
    needs=(("number",), ("name", "credits")),
)
KNOWN = frozenset(name for column in SPEC.columns for name in column.headings)


def table_of(sheet: Sheet) -> Table:
    headings = find_headings(sheet, KNOWN)
    assert headings is not None
    return read_table("a.xlsx", sheet, headings, SPEC.match(headings.ways), Problems())


def read(rows: Rows) -> Table:
    (sheet,) = read_workbook("a.csv", text_file(rows)).sheets
    return table_of(sheet)


def told(table: Table) -> list[tuple[str, str, int, str, int]]:
    return [(one.severity, one.code, one.row, one.column, one.count) for one in table.problems.listed]


@pytest.mark.parametrize(
    ("rows", "first_row"),
    [
        ([("编码", "名称"), ("1", "甲")], 2),
        ([("某某学校物品表", ""), ("制表日期：2022-06-01", ""), ("编码", "名称"), ("1", "甲")], 4),
        ([("", ""), ("", "编码"), ("", "1")], 3),
        ([("物品", ""), ("编码", "名称"), ("1", "甲")], 3),
        ([("物品", "物品"), ("编码", "名"), ("", "称"), ("1", "甲")], 4),
        ([("编 码*", "名称（全称）"), ("1", "甲")], 2),
        ([("编码", "名称"), ("编码", "名称"), ("1", "甲")], 3),
    ],
)
def test_headings_below_titles_and_in_several_rows(rows: Rows, first_row: int) -> None:
    table = read(rows)
    assert table["number"].list() == ["1"]
    assert table.body.rows.tolist() == [first_row]


def test_a_sheet_without_known_headings() -> None:
    (sheet,) = read_workbook("a.csv", text_file([("甲", "乙"), ("1", "2")])).sheets
    assert find_headings(sheet, KNOWN) is None


def test_totals_footers_blank_rows_and_repeated_headings_are_left_out_and_told() -> None:
    table = read(
        [
            ("编码", "名称", "学分"),
            ("1", "甲", "2"),
            ("小计", "", "2"),
            ("", "", ""),
            ("编码", "名称", "学分"),
            ("2", "乙", "3"),
            ("", "合 计", "5"),
            ("制表人：丙", "", ""),
            ("共2条", "", ""),
        ]
    )
    assert table["number"].list() == ["1", "2"]
    assert told(table) == [
        ("note", "headings_repeated", 5, "", 1),
        ("note", "totals_skipped", 3, "", 4),
        ("note", "blank_rows", 0, "", 1),
    ]


def test_a_row_whose_key_is_blank_is_refused_and_not_lost() -> None:
    table = read([("编码", "名称"), ("", "甲"), ("2", "乙")])
    assert table.good.tolist() == [False, True]
    assert told(table) == [("refuse", "blank", 2, "编码", 1)]


def test_every_problem_is_told_with_its_place_and_value() -> None:
    table = read([("代码", "分值", "日期"), ("1", "二", "2022-02-30"), ("2", "2.55", "44717"), ("3", "2", "44718")])
    assert table.good.tolist() == [False, False, True]
    assert [sentence(problem) for problem in table.problems.listed] == [
        "第 2 行「分值」是“二”，不是学分；请写数字，至多一位小数，如 2.5。",
        "第 3 行「分值」是“2.55”，不是学分；请写数字，至多一位小数，如 2.5。",
        "第 2 行「日期」是“2022-02-30”，没有这一天；请核对。",
        "第 3 行等 2 行「日期」存的是数值（如“44717”），已按表格软件的日期序号读作日期（2022-06-05）。",
    ]


def test_doubtful_cells_are_refused() -> None:
    markup = sheet_markup(
        '<row r="1"><c r="A1" t="str"><v>编码</v></c><c r="B1" t="str"><v>名称</v></c></row>'
        '<row r="2"><c r="A2"><v>110105194912310021</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f></c><c r="B3" t="str"><v>乙</v></c></row>'
    )
    (sheet,) = read_workbook("a.xlsx", raw_xlsx(markup)).sheets
    table = table_of(sheet)
    assert [(one.code, one.row) for one in table.problems.listed if one.severity is Severity.REFUSE] == [
        ("digits_lost", 2),
        ("formula_without_value", 3),
        ("cell_error", 2),
    ]


def test_unknown_and_doubled_columns_are_told_and_not_used() -> None:
    table = read([("编码", "名称", "物品编码", "颜色", "备注"), ("1", "甲", "x", "红", "好")])
    assert table["number"].list() == ["1"]
    assert [(one.severity, one.code, one.column, dict(one.details)) for one in table.problems.listed] == [
        ("note", "columns_unknown", "", {"columns": "颜色"}),
        ("ask", "column_twice", "物品编码", {}),
    ]


def test_our_own_heading_wins_over_an_alias_wherever_it_stands() -> None:
    assert read([("物品编码", "编码", "名称"), ("x", "1", "甲")])["number"].list() == ["1"]


def test_private_values_are_masked() -> None:
    table = read([("编码", "名称", "密码"), ("1", "甲", "11010519491231002X")])
    table.complain(table["number"].known, "blank", Severity.ASK, "secret")
    assert [one.value for one in table.problems.listed] == ["110***********002X"]


def test_problems_alike_are_one_where_they_should_be() -> None:
    table = read([("编码", "名称"), ("1", "甲"), ("2", "甲"), ("3", "乙")])
    everyone = table["number"].known
    table.complain(everyone, "blank", Severity.ASK, "name", Each.VALUE)
    table.complain(everyone, "blank", Severity.ASK, "name", Each.SHEET)
    table.complain(everyone, "blank", Severity.NOTE, "name")
    table.complain(~everyone, "blank", Severity.ASK, "name")
    assert [(one.severity, one.row, one.count) for one in table.problems.listed] == [
        ("ask", 2, 2),
        ("ask", 4, 1),
        ("ask", 2, 3),
        ("note", 2, 3),
    ]


@pytest.mark.parametrize(("number", "listed", "unlisted"), [(2, 2, {}), (3, 3, {}), (4, 3, {Severity.REFUSE: 1})])
def test_all_are_counted_and_so_many_kept(number: int, listed: int, unlisted: dict[Severity, int]) -> None:
    problems = Problems(keep=3)
    for row in range(number):
        problems.add(Problem("blank", Severity.REFUSE, row=row + 1))
    problems.add(Problem("blank", Severity.NOTE, count=7))
    assert (len(problems.listed), problems.unlisted) == (listed + 1, unlisted)
    assert (problems.count(Severity.REFUSE), problems.count(Severity.NOTE)) == (number, 7)


def test_the_sheet_to_mend_holds_the_bad_rows_as_they_came() -> None:
    table = read([("代码", "颜色", "分值"), ("0012", "红", "二"), ("2", "绿", "2"), ("3", "蓝", "三")])
    page = mend_page(table, sentence, with_asked=False)
    assert page is not None
    assert page.headings == ["代码", "颜色", "分值", "问题"]
    rows = list(page.rows)
    assert rows == [
        ["0012", "红", "二", "第 2 行「分值」是“二”，不是学分；请写数字，至多一位小数，如 2.5。"],
        ["3", "蓝", "三", "第 4 行「分值」是“三”，不是学分；请写数字，至多一位小数，如 2.5。"],
    ]
    buffer = BytesIO()
    write_xlsx(buffer, [Page(page.name, page.headings, rows)])
    (again,) = read_workbook("b.xlsx", buffer.getvalue()).sheets
    assert table_of(again)["number"].list() == ["0012", "3"]


def test_nothing_to_mend() -> None:
    assert mend_page(read([("编码", "名称"), ("1", "甲")]), sentence, with_asked=True) is None


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"])
def test_nothing_written_can_compute(text: str) -> None:
    (line,) = write_csv(Page("", ("甲",), [[text]])).decode("utf-8-sig").splitlines()[1:]
    assert line.strip('"').startswith("'")
    content = workbook(("页", [("甲",), (text,)]))
    (sheet,) = read_workbook("a.xlsx", content).sheets
    assert (sheet.row_texts(1), sheet.notes) == ([text], [])


def test_numbers_stay_numbers_in_a_text_file() -> None:
    assert write_csv(Page("", ("甲", "乙"), [["-5", -5.5]])).decode("utf-8-sig").splitlines()[1] == "-5,-5.5"


def test_names_of_sheets_and_headings_are_made_possible() -> None:
    content = workbook(
        ("a/b:c?" + "长" * 40, [("甲", "甲", ""), ("1", "2", "3\x00")]), ("", [("甲",)]), ("", [("乙",)])
    )
    book = read_workbook("a.xlsx", content)
    assert [sheet.name for sheet in book.sheets] == ["abc" + "长" * 24, "数据", "数据 2"]
    assert book.sheets[0].row_texts(0) == ["甲", "甲 2", "列"]
    assert book.sheets[0].row_texts(1) == ["1", "2", "3"]
