"""biye school: check, new and schema, as somebody at a terminal meets them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from biye.cli.school import app
from tests.unit.rulebook import guide

RUNNER = CliRunner()


def test_check_says_what_was_checked() -> None:
    result = RUNNER.invoke(app, ["check", "tju-online"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "tju-online：批次 1 个，规则 9 条，案例 47 个\n检查通过\n"


def test_check_names_every_trouble_and_fails(tmp_path: Path) -> None:
    folder = guide.spoilt(tmp_path / "某大学", "school.yaml", "kind: adult", "kind: night")
    result = RUNNER.invoke(app, ["check", str(folder)])
    assert result.exit_code == 1
    assert result.stderr == ("某大学/school.yaml:5：「kind」不能写「night」。可写：online、adult。\n有 1 处需要改正\n")


def test_check_of_no_school() -> None:
    result = RUNNER.invoke(app, ["check", "nowhere"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "找不到学校「nowhere」" in result.stderr


def test_a_new_school_checks_clean_and_is_never_overwritten(tmp_path: Path) -> None:
    first = RUNNER.invoke(app, ["new", "某大学", "--folder", str(tmp_path)])
    assert (first.exit_code, first.stderr) == (0, "")
    assert "school: 某大学" in (tmp_path / "某大学" / "school.yaml").read_text("utf-8")
    assert RUNNER.invoke(app, ["check", str(tmp_path / "某大学")]).exit_code == 0
    (tmp_path / "某大学" / "school.yaml").write_text("mine", "utf-8")
    again = RUNNER.invoke(app, ["new", "某大学", "--folder", str(tmp_path)])
    assert (again.exit_code, "已经有同名的文件或文件夹" in again.stderr) == (1, True)
    assert (tmp_path / "某大学" / "school.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b"])
def test_a_name_that_is_no_folder_name(tmp_path: Path, name: str) -> None:
    result = RUNNER.invoke(app, ["new", name, "--folder", str(tmp_path)])
    assert (result.exit_code, "不能作文件夹的名称" in result.stderr, list(tmp_path.iterdir())) == (1, True, [])


def test_schema_writes_one_file_for_each_kind_of_file(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["schema", "--out", str(tmp_path / "schemas")])
    written = sorted((tmp_path / "schemas").iterdir())
    assert result.exit_code == 0
    assert [file.name for file in written] == [
        "cases.schema.json",
        "rulebook.schema.json",
        "school.schema.json",
        "season.schema.json",
    ]
    assert [json.loads(file.read_text("utf-8"))["$schema"] for file in written] == [
        "https://json-schema.org/draft/2020-12/schema"
    ] * 4
