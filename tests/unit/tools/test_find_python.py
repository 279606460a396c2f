"""A Python is taken only if it runs and is new enough; otherwise the set-up says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

FINDER = Path(__file__).resolve().parents[3] / "tools" / "find_python.sh"


def find(path: list[Path], pyenv: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.pathsep.join(map(str, path)), "PYENV_ROOT": str(pyenv), "HOME": str(pyenv)}
    return subprocess.run(["/bin/sh", FINDER], env=environment, capture_output=True, text=True, check=False)


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def test_a_name_that_does_not_run_and_one_too_old_are_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3.13", "echo 'command not found' >&2; exit 127")
    program(tmp_path / "bin", "python3", "exit 1")
    program(tmp_path / "bin", "python", f'exec {sys.executable} "$@"')
    assert find([tmp_path / "bin"], tmp_path).stdout.strip() == sys.executable


def test_the_versions_of_pyenv_are_tried_after_the_path(tmp_path: Path) -> None:
    program(tmp_path / "bin", "python3", "exit 1")
    program(tmp_path / "versions" / "3.13.9" / "bin", "python", f'exec {sys.executable} "$@"')
    assert find([tmp_path / "bin"], tmp_path).stdout.strip() == sys.executable


def test_where_there_is_none_it_is_said_what_to_install(tmp_path: Path) -> None:
    answer = find([tmp_path], tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert (
        answer.stderr.splitlines()[0] == "No Python 3.12 or newer was found (with its venv, ssl and sqlite3 modules)."
    )
