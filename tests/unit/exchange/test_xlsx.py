"""Workbooks in the forms that programs write, read into texts."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from biye.machinery.exchange.core.cells import Note, Sheet
from biye.machinery.exchange.core.limits import DEFAULT
from biye.machinery.exchange.core.workbook import read_workbook
from biye.machinery.exchange.core.xlsx import read_xlsx
from tests.raw_sheets import raw_xlsx, sheet_markup
from tests.workbooks import workbook

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="165" formatCode="000000"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0.0%"/><numFmt numFmtId="167" formatCode="&quot;day&quot;0"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>'
)


def one_sheet(content: bytes) -> Sheet:
    (sheet,) = read_xlsx(content, DEFAULT)
    return sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [sheet.row_texts(row) for row in range(len(sheet))]


def cell(inner: str, attributes: str = "") -> tuple[str, str]:
    """One cell's text and doubt, beside a cell that keeps the row."""
    markup = sheet_markup(f'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1"{attributes}>{inner}</c></row>')
    sheet = one_sheet(raw_xlsx(markup, styles=STYLES, strings="<si><t>甲</t></si>"))
    if len(sheet.columns) == 1:
        return "", ""
    column = sheet.columns[1]
    code = int(column.codes[0])
    return column.texts[code], column.doubts.get(code, "")


@pytest.mark.parametrize(
    ("inner", "attributes", "expected"),
    [
        ("<v>78.5</v>", "", ("78.5", "")),
        ("<v>78</v>", "", ("78", "")),
        ("<v>78.0</v>", "", ("78", "")),
        ("<v>0.30000000000000004</v>", "", ("0.3", "")),
        ("<v>69.995</v>", "", ("69.995", "")),
        ("<v>-5</v>", "", ("-5", "")),
        ("<v>1E-7</v>", "", ("0.0000001", "")),
        ("<v>999999999999999</v>", "", ("999999999999999", "")),
        ("<v>1000000000000000</v>", "", ("1E+15", "digits_lost")),
        ("<v>1.1010519491231E+17</v>", "", ("1.1010519491231E+17", "digits_lost")),
        ("<v>NaN</v>", "", ("", "cell_error")),
        ("<v>abc</v>", "", ("abc", "cell_error")),
        ("<v></v>", "", ("", "")),
        ("<v>1</v>", ' t="b"', ("TRUE", "")),
        ("<v>0</v>", ' t="b"', ("FALSE", "")),
        ("<v>#N/A</v>", ' t="e"', ("#N/A", "cell_error")),
        ("<v>0</v>", ' t="s"', ("甲", "")),
        ("<v>1</v>", ' t="s"', ("", "cell_error")),
        ("<v>-1</v>", ' t="s"', ("", "cell_error")),
        ("<v>2022-06-15T11:59:00</v>", ' t="d"', ("2022-06-15 11:59:00", "")),
        ("<is><t>优</t></is>", ' t="inlineStr"', ("优", "")),
        ("<is><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r></is>", ' t="inlineStr"', ("张三", "")),
        ("<is><t>东</t><rPh sb='0' eb='1'><t>ひがし</t></rPh></is>", ' t="inlineStr"', ("东", "")),
        ("<is><t>a&lt;b &amp;amp; &#x5F20;</t></is>", ' t="inlineStr"', ("a<b &amp; 张", "")),
        ("<is><t>a_x000D_b_xD800_</t></is>", ' t="inlineStr"', ("a\rb", "")),
        ("<is><t><![CDATA[a<b&c]]></t></is>", ' t="inlineStr"', ("a<b&c", "")),
        ("<f>1+1</f><v>2</v>", "", ("2", "")),
        ("<f>1+1</f>", "", ("", "formula_without_value")),
        ("<f>A1</f><v></v>", ' t="str"', ("", "")),
        ("<v>43831</v>", ' s="1"', ("2020-01-01", "")),
        ("<v>43831.5</v>", ' s="1"', ("2020-01-01 12:00", "")),
        ("<v>43831.99999</v>", ' s="1"', ("2020-01-01 23:59:59", "")),
        ("<v>43831.999999</v>", ' s="1"', ("2020-01-02", "")),
        ("<v>0.5</v>", ' s="1"', ("12:00", "")),
        ("<v>59</v>", ' s="1"', ("1900-02-28", "")),
        ("<v>61</v>", ' s="1"', ("1900-03-01", "")),
        ("<v>-1</v>", ' s="1"', ("-1", "")),
        ("<v>2958466</v>", ' s="1"', ("2958466", "")),
        ("<v>43891</v>", ' s="2"', ("2020-03-01", "")),
        ("<v>2001</v>", ' s="3"', ("002001", "")),
        ("<v>0.855</v>", ' s="4"', ("85.5%", "")),
        ("<v>3</v>", ' s="5"', ("3", "")),
        ("<v>3</v>", ' s="99"', ("3", "")),
    ],
)
def test_one_cell(inner: str, attributes: str, expected: tuple[str, str]) -> None:
    assert cell(inner, attributes) == expected


PLAIN = '<row r="1"><c r="A1" t="str"><v>学号</v></c><c r="B1" t="str"><v>成绩</v></c></row><row r="3"><c r="B3"><v>78</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        PLAIN,
        PLAIN.replace('"', "'"),
        PLAIN.replace(' r="', ' x="1" r="'),
        PLAIN.replace('<c r="A1"', "<c").replace('<c r="B1"', "<c"),
        PLAIN.replace("><c", ">\n  <c").replace("</v></c>", "</v>\r\n</c>"),
        PLAIN.replace("</row>", '<c r="Z9"/></row>').replace('r="Z9"', 'r="C1"', 1).replace('r="Z9"', 'r="C3"'),
        PLAIN + '<row r="4"/><row r="5"></row>',
    ],
)
def test_unusual_ways_to_write_the_same_cells(rows: str) -> None:
    sheet = one_sheet(raw_xlsx(sheet_markup(rows)))
    assert texts(sheet) == [["学号", "成绩"], ["", "78"]]
    assert (sheet.rows.tolist(), sheet.places) == ([1, 3], [0, 1])


def test_every_element_may_carry_a_prefix() -> None:
    markup = sheet_markup(PLAIN)
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        markup = markup.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
    markup = markup.replace("xmlns=", "xmlns:x=").replace("<x:columns", "<columns")
    assert texts(one_sheet(raw_xlsx(markup))) == [["学号", "成绩"], ["", "78"]]


def test_a_column_that_first_appears_far_below_is_found() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 40_000))
    rows += '<row r="40000"><c r="A40000"><v>1</v></c><c r="AB40000"><v>2</v></c></row>'
    sheet = one_sheet(raw_xlsx(sheet_markup(rows)))
    assert (len(sheet), sheet.places, sheet.row_texts(39_999)) == (40_000, [0, 27], ["1", "2"])


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    rows = PLAIN.replace('<row r="3"', '<row r="3" spans="1:2" hidden="1"')
    content = raw_xlsx(
        sheet_markup(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>'), state='state="hidden"'
    )
    sheet = one_sheet(content)
    assert sheet.hidden
    assert sheet.notes == [Note("hidden_rows", {"rows": 1, "first": 3}), Note("hidden_columns", {})]


def test_formulas_are_counted() -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>2+2</f><v>4</v></c></row>'
    assert one_sheet(raw_xlsx(sheet_markup(rows))).notes == [Note("formulas", {"cells": 2})]


def test_merged_cells_show_their_text_everywhere() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>乙</v></c><c r="B3"><v>3</v></c></row><row r="4"><c r="C4"><v>4</v></c></row>'
    )
    merged = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="A3:B4"/></mergeCells>'
    assert texts(one_sheet(raw_xlsx(sheet_markup(rows, after=merged)))) == [
        ["甲", "1", ""],
        ["甲", "2", ""],
        ["乙", "3", ""],
        ["乙", "乙", "4"],
    ]


def test_dates_of_the_other_calendar() -> None:
    markup = sheet_markup('<row r="1"><c r="A1" s="1"><v>42369</v></c></row>')
    assert texts(one_sheet(raw_xlsx(markup, styles=STYLES, book='<workbookPr date1904="1"/>'))) == [["2020-01-01"]]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12).filter(
    lambda text: text.strip() and "_x" not in text
)
CELLS = st.one_of(st.none(), TEXTS, st.integers(-(10**9), 10**9), st.floats(0, 1000).map(lambda value: round(value, 3)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_another_reader_finds_the_same(rows: list[list[str | int | float | None]]) -> None:
    content = workbook(("页", [("甲", "乙", "丙"), *rows]))
    (sheet,) = read_workbook("a.xlsx", content).sheets
    found = {}
    for row, number in enumerate(sheet.rows.tolist()):
        for text, place in zip(sheet.row_texts(row), sheet.places, strict=True):
            if text:
                found[number, place] = text
    other = load_workbook(BytesIO(content)).get_sheet_by_index(0)
    expected = {
        (row, place): value if isinstance(value, str) else f"{value:.15g}"
        for row, line in enumerate(other.to_python(skip_empty_area=False), start=1)
        for place, value in enumerate(line)
        if value != ""
    }
    assert found == expected
