"""演示: from nothing to two schools whose people can sign in; the second time at once, with the same logins."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BIYE = Path(sys.executable).with_name("biye")


def prepare(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [BIYE, "demo", "--no-serve", "--students", "40", "--folder", folder]
    return subprocess.run(command, capture_output=True, text=True, check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    prepare(place)
    return place


@pytest.mark.parametrize("school", ["tju-online", "cslg-adult"])
def test_each_school_has_a_login_for_everybody(folder: Path, school: str) -> None:
    logins = json.loads((folder / school / "logins.json").read_text())["logins"]
    assert [login["role"] for login in logins] == ["学生", "学生", "学习中心老师", "学院老师"]
    assert all(len(login["password"]) >= 10 for login in logins)


def test_the_second_time_everything_is_there(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    said = prepare(folder).stdout
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before
    assert "http://127.0.0.1:8001/" in said
    assert "http://127.0.0.1:8002/" in said
