"""Files that are not what they seem: each is one named problem, found before memory is spent."""

import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from biye.machinery.exchange.core.limits import DEFAULT, MIB, Limits
from biye.machinery.exchange.core.problems import Problem
from biye.machinery.exchange.core.workbook import read_workbook
from tests.raw_sheets import dbf, packed, raw_xlsx, sheet_markup
from tests.workbooks import GRADES, text_file, workbook

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
GOOD = workbook(("成绩", GRADES))
LOW = Limits(
    file_bytes=100_000,
    expanded_bytes=20_000,
    entries=12,
    strings_bytes=300,
    sheets=1,
    rows=4,
    columns=3,
    area=11,
    distinct=10,
    text=5,
)


def refusal(content: bytes, limits: Limits = DEFAULT) -> Problem:
    book = read_workbook("a.xlsx", content, limits)
    assert book.sheets == []
    assert book.problem is not None
    return book.problem


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><body><table><tr><td>1</td></tr></table>", "html"),
        (b'\xef\xbb\xbf\r\n<!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b'<meta charset="gb2312"><table>', "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xml_sheet"),
        (b'<?xml version="1.0"?><root/>', "xml"),
        (b"%PDF-1.7 ", "pdf"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"Rar!\x1a\x07\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c\0", "archive"),
        (b"\x1f\x8b\x08\0\0", "archive"),
        (b"MZ\x90\0\x03", "binary"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old_xls"),
        (b"1,2\n3,\x004", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (packed({"xl/workbook.bin": b"x"}), "xlsb"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (packed({"word/document.xml": "x"}), "document"),
        (packed({"成绩.xlsx": GOOD}), "archive"),
        (packed({"a.zip": packed({"b.zip": b"x"})}), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "document"),
    ],
)
def test_what_is_no_spreadsheet_is_called_by_its_name(content: bytes, kind: str) -> None:
    problem = refusal(content)
    assert (problem.code, problem.details) == ("not_a_sheet", {"kind": kind})


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b" \r\n\t"])
def test_an_empty_file(content: bytes) -> None:
    assert refusal(content).code == "file_empty"


def test_a_workbook_with_a_password() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(content).code == "encrypted"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.99])
def test_a_cut_workbook(share: float) -> None:
    assert refusal(GOOD[: int(len(GOOD) * share)]).code in ("file_broken", "part_missing")


def test_a_cut_table() -> None:
    content = dbf([("XH", "C", 10), ("XM", "C", 8)], [("1", "甲"), ("2", "乙")])
    problem = refusal(content[:-12])
    assert (problem.code, problem.details) == ("file_cut", {"rows": 2, "found": 1})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (raw_xlsx(sheet_markup("")[:-30]), "file_broken"),
        (raw_xlsx("<worksheet><sheetData><row r='1'><c r='A1'><v>1</c></row></sheetData></worksheet>"), "file_broken"),
        (raw_xlsx("no markup at all"), "file_broken"),
        (raw_xlsx(sheet_markup(ROW).encode("utf-16")), "file_broken"),
        (raw_xlsx(sheet_markup(f"<!-- {ROW} -->{ROW}")), "unusual_markup"),
        (raw_xlsx(sheet_markup(ROW), book="<broken"), "file_broken"),
        (raw_xlsx("<!DOCTYPE worksheet [<!ENTITY a 'b'>]>" + sheet_markup(ROW)), "declares_entities"),
        (raw_xlsx(sheet_markup(ROW), strings="<!ENTITY a SYSTEM 'file:///etc/hostname'>"), "declares_entities"),
        (
            raw_xlsx(
                sheet_markup(ROW), more={"xl/workbook.xml": b"<!DOCTYPE w [<!ENTITY a 'b'>]><workbook>&a;</workbook>"}
            ),
            "declares_entities",
        ),
        (raw_xlsx(sheet_markup(ROW), method=zipfile.ZIP_LZMA), "file_broken"),
        (packed({"xl/workbook.xml": "<workbook/>"}), "part_missing"),
    ],
)
def test_damaged_and_poisoned_parts(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_an_encrypted_entry() -> None:
    content = bytearray(raw_xlsx(sheet_markup(ROW)))
    place = content.index(b"PK\x01\x02") + 8
    content[place] |= 1
    assert refusal(bytes(content)).code == "encrypted"


def test_a_wrong_checksum() -> None:
    content = raw_xlsx(sheet_markup(ROW), method=zipfile.ZIP_STORED)
    assert refusal(content.replace(b"<v>1</v>", b"<v>2</v>")).code == "file_broken"


def test_a_bomb_is_not_unfolded() -> None:
    bomb = packed({"xl/workbook.xml": "<workbook/>", "xl/big.xml": b" " * (80 * MIB)})
    problem = refusal(bomb)
    assert problem.code == "expands_too_much"
    assert problem.details["expanded"] == 80 * MIB + len("<workbook/>")


def test_a_directory_that_lies_about_sizes_is_no_way_in() -> None:
    content = bytearray(raw_xlsx(sheet_markup(ROW * 3000)))
    place = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(content)).code == "file_broken"


def wide(columns: int, row: int = 1) -> bytes:
    return raw_xlsx(sheet_markup(f'<row r="{row}">' + "<c><v>1</v></c>" * columns + "</row>"))


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (wide(1024), DEFAULT, None),
        (wide(1025), DEFAULT, "too_many_columns"),
        (wide(1_000_000), DEFAULT, "too_many_columns"),
        (raw_xlsx(sheet_markup('<row r="1"><c r="XFD1048577"><v>1</v></c></row>')), DEFAULT, None),
        (raw_xlsx(sheet_markup('<row r="1048577"><c r="A1"><v>1</v></c></row>')), DEFAULT, "too_many_rows"),
        (raw_xlsx(sheet_markup('<row r="9999999"><c><v>1</v></c></row>')), DEFAULT, "too_many_rows"),
        (raw_xlsx(sheet_markup("<row><c><v>1</v></c></row>" * 4)), LOW, None),
        (raw_xlsx(sheet_markup("<row><c><v>1</v></c></row>" * 5)), LOW, "too_many_rows"),
        (wide(3), LOW, None),
        (wide(4), LOW, "too_many_columns"),
        (raw_xlsx(sheet_markup(("<row>" + "<c><v>1</v></c>" * 3 + "</row>") * 3)), LOW, None),
        (raw_xlsx(sheet_markup(("<row>" + "<c><v>1</v></c>" * 3 + "</row>") * 4)), LOW, "too_many_cells"),
        (raw_xlsx(sheet_markup(ROW), strings="<si><t>a</t></si>" * 8), LOW, None),
        (
            raw_xlsx(sheet_markup(ROW), strings="<si><t>a</t></si>" * 11),
            replace(LOW, strings_bytes=9999),
            "too_many_texts",
        ),
        (raw_xlsx(sheet_markup(ROW), strings="<si><t>a</t></si>" * 30), LOW, "part_too_large"),
        (raw_xlsx(sheet_markup(ROW), more={f"x{n}": b"" for n in range(6)}), LOW, "too_many_parts"),
        (raw_xlsx(sheet_markup(ROW), more={"x": b"y" * 20_000}), LOW, "expands_too_much"),
        (text_file([["1"] * 3] * 3), LOW, None),
        (text_file([["1"] * 3] * 4), LOW, "too_many_cells"),
        (text_file([["1"] * 4]), LOW, "too_many_columns"),
        (text_file([["1"]] * 5), LOW, "too_many_rows"),
        (text_file([["1"] * 1025]), DEFAULT, "too_many_columns"),
        (b"x" * 100_001, LOW, "file_too_large"),
        (b"x" * 100_000, LOW, None),
        (b'a,b\n1,"2\n3,4', DEFAULT, "quotes_broken"),
        (b'a,b\n1,"2"x\n', DEFAULT, "quotes_broken"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', DEFAULT, "field_too_long"),
        (b"\xff\xfe" + "学号".encode("utf-16-le")[:-1], DEFAULT, "encoding_broken"),
        ("学号,姓名".encode() + b"\xff\xff,\x80", DEFAULT, "encoding_unknown"),
        (dbf([("A", "C", 1)] * 4, [["1"] * 4]), LOW, "too_many_columns"),
        (dbf([("A", "C", 1)], [["1"]] * 5), LOW, "too_many_rows"),
    ],
)
def test_bounds(content: bytes, limits: Limits, code: str | None) -> None:
    problem = read_workbook("a", content, limits).problem
    assert (problem.code if problem else None) == code


def test_a_cell_too_long_is_doubted_not_kept() -> None:
    (sheet,) = read_workbook("a.csv", text_file([["123456", "12345"]]), LOW).sheets
    assert [column.doubts for column in sheet.columns] == [{1: "cell_too_long"}, {}]


def test_merged_ranges_over_everything_cost_nothing() -> None:
    merged = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 20_000))
    (sheet,) = read_workbook("a.xlsx", raw_xlsx(sheet_markup(ROW, after=f"<mergeCells>{merged}</mergeCells>"))).sheets
    assert len(sheet) == 1


@pytest.mark.parametrize("share", [0.1, 0.6, 0.95])
def test_a_cut_xls_dies_in_its_own_process(share: float, xls: bytes) -> None:
    problem = read_workbook("a.xls", xls[: int(len(xls) * share)]).problem
    assert problem is None or problem.code in ("file_broken", "not_a_sheet")


def test_the_child_keeps_its_bounds() -> None:
    from biye.machinery.exchange.core import legacy_child

    command = [sys.executable, "-I", str(legacy_child.__file__), str(1 << 20), "1"]
    done = subprocess.run(command, input=b"\xd0\xcf", capture_output=True, check=False)
    assert done.returncode != 0
    assert not done.stdout.startswith(b"+")
