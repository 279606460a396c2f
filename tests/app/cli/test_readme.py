"""The README's worked example can be pasted and says what it says there."""

import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[3] / "README.md"
BIN = Path(sys.executable).parent


def blocks() -> tuple[list[str], list[str]]:
    """The commands of the worked example, and what the last of them prints first."""
    section = README.read_text().partition("## A worked example")[2]
    _, commands, _, printed, *_ = section.split("```")
    return [line for line in commands.splitlines() if line.startswith(".venv/bin/biye ")], printed.strip().splitlines()


def test_the_worked_example_works_as_printed(tmp_path: Path) -> None:
    commands, printed = blocks()
    assert len(commands) == 3
    for command in commands:
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [BIN / Path(program).name, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
        )
    assert (tmp_path / "example.xlsx").stat().st_size > 0
    assert [line.rstrip() for line in done.stdout.splitlines()][: len(printed)] == printed
