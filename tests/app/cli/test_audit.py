"""biye audit: a folder of sheets in, explained conclusions out, nothing half written."""

import csv
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from biye.machinery.exchange.core.writer import Page, workbook
from tests.app.cli.conftest import Biye

SEASON = ("--school", "tju-online", "--season", "2022-autumn")
AT = ("--at", "2022-06-10 09:00")


def objects(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def table(file: Path, sheet: str) -> list[dict[str, Any]]:
    headings, *rows = CalamineWorkbook.from_path(file).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


@pytest.fixture
def spoilt(sheets: Path, tmp_path: Path) -> Path:
    """The sheets, and one more in which a student is unknown and a grade is none."""
    folder = tmp_path / "spoilt"
    shutil.copytree(sheets, folder)
    rows = [["20200321999", "K1001", "80"], ["20200320030", "K1001", "九十"]]
    (folder / "补录成绩.xlsx").write_bytes(workbook([Page("成绩", ["学号", "课程代码", "成绩"], rows)]))
    return folder


def test_every_student_is_in_every_file(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"结果{ending}" for ending in (".jsonl", ".csv", ".xlsx")]
    result = biye("audit", *SEASON, *AT, "--data", sheets, *(part for file in files for part in ("--out", file)))
    assert (result.exit_code, result.stderr) == (0, "")
    told = objects(files[0])
    with files[1].open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    students = table(files[2], "审查结论")
    numbers = [one["student_no"] for one in told]
    assert len(set(numbers)) == 60
    assert [row["学号"] for row in rows] == numbers
    assert [row["学号"] for row in students] == numbers
    for one, row, student in zip(told, rows, students, strict=True):
        wanted = one["conclusion"] or ("待定" if one["candidate"] else "")
        assert row["审查结论"] == student["审查结论"] == wanted
    findings = table(files[2], "审查意见")
    assert [(row["学号"], row["规则"]) for row in findings] == [
        (one["student_no"], finding["rule"]) for one in told for finding in one["findings"]
    ]
    assert [row["说明"] for row in findings] == [finding["sentence"] for one in told for finding in one["findings"]]


def test_what_is_printed_agrees_with_what_is_written(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    result = biye("audit", *SEASON, *AT, "--data", sheets, "--out", file)
    candidates = [one for one in objects(file) if one["candidate"]]
    counts = Counter(one["conclusion"] for one in candidates)
    gives = ("学分及统考审核通过", "学分审核通过", "暂不符合毕业条件")
    assert result.stdout.splitlines() == [
        f"2022年秋季毕业资格审查：共 60 人，预毕业学生 {len(candidates)} 人",
        *(f"  {give}　{counts[give]}" for give in gives),
        f"  待定　{counts[None]}",
        f"已写 {file}",
    ]


def test_the_same_sheets_give_the_same_bytes(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    for ending in (".jsonl", ".csv", ".xlsx"):
        one, again = tmp_path / f"one{ending}", tmp_path / f"again{ending}"
        for file in (one, again):
            assert biye("audit", *SEASON, *AT, "--data", sheets, "--out", file).exit_code == 0
        assert one.read_bytes() == again.read_bytes()


def test_problems_of_the_input_are_written_and_told_by_the_exit_status(
    biye: Biye, spoilt: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.xlsx"
    result = biye("audit", *SEASON, *AT, "--data", spoilt, "--out", file)
    assert result.exit_code == 1
    assert len(table(file, "审查结论")) == 60
    refused = [row for row in table(file, "输入问题") if row["轻重"] == "未采用"]
    assert [(row["文件"], row["行"], row["列"], row["内容"]) for row in refused] == [
        ("补录成绩.xlsx", 3, "成绩", "九十"),
        ("补录成绩.xlsx", 2, "学号", "20200321999"),
    ]


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx"])
def test_no_identity_number_is_in_any_output(biye: Biye, sheets: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a{ending}"
    biye("audit", *SEASON, *AT, "--data", sheets, "--out", file)
    if ending == ".xlsx":
        names = ("审查结论", "审查意见", "输入问题")
        written = str([CalamineWorkbook.from_path(file).get_sheet_by_name(name).to_python() for name in names])
    else:
        written = file.read_text("utf-8-sig")
    numbers = [str(row["证件号码"]) for row in table(sheets / "学生.xlsx", "学生")]
    assert len(numbers) == 60
    assert [number for number in numbers if number in written] == []


def test_one_student_to_a_file(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    everybody, alone = tmp_path / "all.jsonl", tmp_path / "one.jsonl"
    biye("audit", *SEASON, *AT, "--data", sheets, "--out", everybody)
    wanted = objects(everybody)[40]
    result = biye("audit", *SEASON, *AT, "--data", sheets, "--student", wanted["student_no"], "--out", alone)
    assert result.exit_code == 0
    assert objects(alone) == [wanted]


def test_one_student_on_the_terminal(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    biye("audit", *SEASON, *AT, "--data", sheets, "--out", file)
    one = next(one for one in objects(file) if one["conclusion"] == "暂不符合毕业条件")
    result = biye("audit", *SEASON, *AT, "--data", sheets, "--student", one["student_no"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{one['name']}（{one['student_no']}）")
    assert "毕业资格：暂不符合毕业条件" in result.stdout
    for finding in one["findings"]:
        assert (finding["sentence"] in result.stdout) == (finding["verdict"] != "NOT_REQUIRED")
    assert "→ " in result.stdout


def test_the_moment_decides(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    reasons = {}
    for at in ("2022-06-15 23:59", "2022-06-16 00:00"):
        biye("audit", *SEASON, "--at", at, "--data", sheets, "--out", file)
        routes = [one["routes"] for one in objects(file) if one["candidate"]]
        reasons[at] = {route["reason"] for each in routes for route in each if route["route"] == "correction"}
    assert reasons == {
        "2022-06-15 23:59": {"可以申请，截止 6 月 15 日"},
        "2022-06-16 00:00": {"已于 6 月 15 日截止"},
    }


def test_a_school_folder_of_ones_own(biye: Biye, tmp_path: Path) -> None:
    assert biye("school", "new", "某大学", "--folder", tmp_path).exit_code == 0
    season = next((tmp_path / "某大学" / "seasons").glob("*.yaml")).stem
    mine = ("--school", tmp_path / "某大学", "--season", season)
    assert biye("sample", *mine, "--students", 50, "--out", tmp_path / "表").exit_code == 0
    result = biye("audit", *mine, "--data", tmp_path / "表", "--out", tmp_path / "a.jsonl")
    assert (result.exit_code, len(objects(tmp_path / "a.jsonl"))) == (0, 50)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--data", "{sheets}", "--out", "{here}/a.pdf"), "不认识 a.pdf 的类型：请写 .xlsx、.csv 或 .jsonl\n"),
        (("--data", "{sheets}", "--out", "{here}/无/a.csv"), "不能写到 {here}/无/a.csv：没有文件夹 {here}/无\n"),
        (("--data", "{sheets}", "--out", "{here}/夹.csv"), "{here}/夹.csv 是一个文件夹\n"),
        (("--data", "{here}/没有"), "没有文件夹 {here}/没有\n"),
        (("--data", "{sheets}", "--student", "1"), "表格中没有学号 1\n"),
        (("--data", "{sheets}", "--at", "2022-06-10"), "--at 的“2022-06-10”不是时刻：请写成 2022-06-10 09:00 的样子\n"),
        (
            ("--data", "{sheets}", "--at", "2022-02-30 09:00"),
            "--at 的“2022-02-30 09:00”不是时刻：请写成 2022-06-10 09:00 的样子\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    biye: Biye, sheets: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "夹.csv").mkdir()
    places = {"sheets": sheets, "here": tmp_path}
    result = biye("audit", *SEASON, *(part.format(**places) for part in arguments))
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said.format(**places))
    assert [file.name for file in tmp_path.iterdir()] == ["夹.csv"]


def test_a_folder_without_students_is_not_audited(biye: Biye, tmp_path: Path) -> None:
    result = biye("audit", *SEASON, "--data", tmp_path, "--out", tmp_path / "a.csv")
    assert result.exit_code == 2
    assert result.stderr.endswith("没有读到任何学生，没有审查\n")
    assert list(tmp_path.iterdir()) == []


def test_a_school_that_is_refused(biye: Biye, sheets: Path) -> None:
    result = biye("audit", "--school", "nowhere", "--season", "2022-autumn", "--data", sheets)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "找不到学校「nowhere」" in result.stderr


def test_every_place_is_looked_at_before_anything_is_written(biye: Biye, sheets: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("before", "utf-8")
    missing = tmp_path / "weg" / "b.jsonl"
    result = biye("audit", *SEASON, *AT, "--data", sheets, "--out", file, "--out", missing)
    assert result.exit_code == 2
    assert file.read_text("utf-8") == "before"
