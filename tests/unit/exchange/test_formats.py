"""Text files, dBase tables and old workbooks, read into the same texts."""

import dbfread
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biye.machinery.exchange.core.cells import Note, Sheet
from biye.machinery.exchange.core.workbook import read_workbook
from biye.machinery.exchange.core.writer import Page, write_csv
from tests.raw_sheets import dbf


def one_sheet(content: bytes) -> Sheet:
    book = read_workbook("a", content)
    assert book.problem is None
    (sheet,) = book.sheets
    return sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [sheet.row_texts(row) for row in range(len(sheet))]


ROWS = [["学号", "姓名"], ["001", "王𬱖"]]
TEXT = "学号,姓名\r\n001,王𬱖\r\n"


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (TEXT.encode("utf-8-sig"), []),
        (TEXT.encode(), []),
        (TEXT.encode("gb18030"), [Note("read_as_gb18030", {})]),
        (TEXT.encode("utf-16"), []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), []),
        (TEXT.replace(",", "\t").encode("utf-16"), []),
        (TEXT.replace(",", ";").encode(), []),
        (TEXT.replace(",", "，").encode(), []),
        (TEXT.replace("\r\n", "\n").encode(), []),
        (TEXT.replace("\r\n", "\r").encode(), []),
        (b"\xef\xbb\xbf" + TEXT.rstrip().encode(), []),
    ],
)
def test_encodings_and_separators(content: bytes, notes: list[Note]) -> None:
    sheet = one_sheet(content)
    assert texts(sheet) == ROWS
    assert sheet.notes == notes


@pytest.mark.parametrize("name", ["联通", "某", "力", "米兰"])
def test_gbk_that_could_be_utf8_is_gbk(name: str) -> None:
    assert texts(one_sheet(f"XH,XM\n1,{name}\n".encode("gb18030"))) == [["XH", "XM"], ["1", name]]
    assert texts(one_sheet(f"XH,XM\n1,{name}\n".encode())) == [["XH", "XM"], ["1", name]]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('="0012"', "0012"),
        ('"=""0012"""', "0012"),
        ("'=1+1", "=1+1"),
        ("'@x", "@x"),
        ("'0012", "'0012"),
        ('"a,b"', "a,b"),
        ('"a\nb"', "a\nb"),
        ('"a""b"', 'a"b'),
    ],
)
def test_fields_that_programs_dress_up(field: str, text: str) -> None:
    assert texts(one_sheet(f"甲,乙\n{field},1\n".encode()))[1] == [text, "1"]


def test_lines_of_different_lengths_and_blank_ones() -> None:
    sheet = one_sheet(b"a\n\n1,2,3\n4\n,,\n,5\n")
    assert texts(sheet) == [["a", "", ""], ["1", "2", "3"], ["4", "", ""], ["", "5", ""]]
    assert sheet.rows.tolist() == [1, 3, 4, 6]


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zs", "Co")), min_size=1, max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=9))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    content = write_csv(Page("", ("甲", "乙"), rows))
    read = texts(one_sheet(content))
    guarded = [[cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell for cell in row] for row in rows]
    assert read == [["甲", "乙"], *guarded]


FIELDS = [("XH", "C", 8), ("XM", "C", 6), ("CSRQ", "D", 8), ("CJ", "N", 5)]


def test_a_dbase_table() -> None:
    rows = [("0012", "王某某", "20200301", "78.5"), ("0013", "乙", "", ""), ("0014", "丙", "20200302", "60")]
    sheet = one_sheet(dbf(FIELDS, rows, deleted=(1,)))
    assert texts(sheet) == [
        ["XH", "XM", "CSRQ", "CJ"],
        ["0012", "王某某", "2020-03-01", "78.5"],
        ["0014", "丙", "2020-03-02", "60"],
    ]
    assert sheet.rows.tolist() == [1, 2, 4]
    assert sheet.notes == [Note("deleted_records", {"rows": 1})]


@pytest.mark.parametrize(("encoding", "driver"), [("gb18030", 0), ("gb18030", 0x4D), ("utf-8", 0), ("ascii", 0)])
def test_encodings_of_dbase_tables(encoding: str, driver: int) -> None:
    name = "WANG" if encoding == "ascii" else "王"
    assert texts(one_sheet(dbf(FIELDS, [("1", name, "", "")], encoding=encoding, driver=driver)))[1] == [
        "1",
        name,
        "",
        "",
    ]


def test_a_character_cut_in_half_is_doubted() -> None:
    sheet = one_sheet(dbf([("XH", "C", 4), ("XM", "C", 5)], [("1", "王某某")]))
    assert sheet.row_texts(1) == ["1", "王某\ufffd"]
    assert list(sheet.columns[1].doubts.values()) == ["undecodable"]


@given(
    st.lists(st.tuples(st.text("0123456789", max_size=8), st.text("王某甲ab ", max_size=3), st.just(""), st.just("1")))
)
def test_another_reader_of_dbase_finds_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    content = dbf(FIELDS, rows)
    sheet = one_sheet(content)
    place = {sheet.row_texts(0)[index]: index for index in range(len(sheet.columns))}
    found = [[sheet.row_texts(row)[place[name]] for name in ("XH", "XM")] for row in range(1, len(sheet))]

    path = tmp_path_factory.mktemp("dbf") / "a.dbf"
    path.write_bytes(content)
    expected = [[record["XH"].strip(), record["XM"].strip()] for record in dbfread.DBF(path, encoding="gb18030")]
    assert found == expected


def test_an_old_workbook(xls: bytes) -> None:
    book = read_workbook("a.xls", xls)
    assert (book.kind, [(sheet.name, sheet.hidden) for sheet in book.sheets]) == (
        "xls",
        [("成绩", False), ("旧", True)],
    )
    sheet = book.sheets[0]
    assert texts(sheet) == [
        ["2020级成绩"] * 3,
        ["学号", "日期", "成绩"],
        ["0012", "2020-03-01", "78.5"],
        ["1.1010519491231E+17", "", "TRUE"],
    ]
    assert list(sheet.columns[0].doubts.values()) == ["digits_lost"]
    assert sheet.rows.tolist() == [1, 2, 3, 4]


def test_the_ending_of_a_name_is_not_believed(xls: bytes) -> None:
    assert read_workbook("a.csv", xls).kind == "xls"
    assert read_workbook("a.xlsx", TEXT.encode()).kind == "csv"
    assert read_workbook("a.xls", dbf(FIELDS, [("1", "王", "", "")])).kind == "dbf"
