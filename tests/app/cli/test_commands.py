"""`biye` itself: quick help in Chinese, mistakes named, samples reproducible, files put in place in one move."""

import subprocess
import sys
from pathlib import Path

import pytest

from biye.cli.app import COMMANDS
from biye.cli.files import replacing
from tests.app.cli.conftest import Biye

HEAVY = ("numpy", "pydantic", "django", "rich", "yaml")


def test_help_lists_every_command_and_loads_none() -> None:
    script = (
        "import sys; sys.argv = ['biye', '--help']\n"
        "from biye.cli.app import app\n"
        "try: app()\n"
        f"finally: print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stderr == "[]\n"
    for command, (_, about) in COMMANDS.items():
        assert f"  {command}" in result.stdout
        assert about in result.stdout
    assert "Usage" not in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(biye: Biye, command: str) -> None:
    if command == "manage":  # hands everything on to Django
        return
    result = biye(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"用法：biye {command} ")
    assert [word for word in ("Usage", "Options", "Show this", "required") if word in result.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope",), "没有命令 nope（用法见 biye --help）"),
        (("--nope",), "没有选项 --nope（用法见 biye --help）"),
        (("audit",), "缺少 --school（用法见 biye audit --help）"),
        (("audit", "--nope"), "没有选项 --nope（用法见 biye audit --help）"),
        (("audit", "--school"), "选项 --school 后面要写值（用法见 biye --help）"),
        (("sample", "--students", "x"), "--students 的值不对：不是整数（用法见 biye sample --help）"),
        (("sample", "--students", "0"), "--students 的值不对：不得小于 1（用法见 biye sample --help）"),
        (("sample", "--students", "1000001"), "--students 的值不对：不得大于 1000000（用法见 biye sample --help）"),
        (("school", "check"), "缺少 school（用法见 biye school check --help）"),
    ],
)
def test_a_mistake_is_named_in_chinese(biye: Biye, arguments: tuple[str, ...], said: str) -> None:
    rest = ("--school", "tju-online", "--season", "2022-autumn", "--out", "x") if arguments[0] == "sample" else ()
    result = biye(*arguments, *rest)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said + "\n")


def test_version(biye: Biye) -> None:
    result = biye("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("biye ")


def test_a_sample_is_written_and_named(biye: Biye, tmp_path: Path) -> None:
    folder = tmp_path / "新" / "表格"
    result = biye("sample", "--school", "cslg-adult", "--season", "2021-summer", "--students", 30, "--out", folder)
    files = {file.name for file in folder.iterdir()}
    assert files == {"学生.xlsx", "教学计划.xlsx", "成绩.xlsx", "交费.xlsx", "学信网照片.xlsx"}
    assert result.exit_code == 0
    assert result.stdout.startswith("已编造 常熟理工学院 2021夏季 30 名学生：")
    assert [name for name in files if name not in result.stdout] == []


def test_a_sample_of_no_school_or_to_no_place(biye: Biye, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    season = ("--season", "2022-autumn", "--students", 5)
    nowhere = biye("sample", "--school", "nowhere", *season, "--out", tmp_path / "表")
    assert (nowhere.exit_code, (tmp_path / "表").exists()) == (2, False)
    assert "找不到学校「nowhere」" in nowhere.stderr
    blocked = biye("sample", "--school", "tju-online", *season, "--out", tmp_path / "文件" / "表")
    assert blocked.exit_code == 2
    assert blocked.stderr.startswith(f"写不了 {tmp_path / '文件' / '表'}：")


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "结果.csv"
    file.write_text("before", "utf-8")
    with pytest.raises(TypeError), replacing(file) as stream:
        stream.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert (file.read_text("utf-8"), [one.name for one in tmp_path.iterdir()]) == ("before", ["结果.csv"])
    with replacing(file) as stream:
        stream.write(b"whole")
    assert (file.read_text("utf-8"), [one.name for one in tmp_path.iterdir()]) == ("whole", ["结果.csv"])
