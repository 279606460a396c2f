"""断电: a photo check killed in the middle goes on where it stopped, and nothing of it is left running."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import photo_files

PHOTOS, SEEN = 12, 3
PATIENCE = 120.0
COMMAND = (sys.executable, "-c", "from biye.cli.app import app; app()", "photo", "check", "photos", "--processes", "2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for number in range(PHOTOS):
        (tmp_path / "photos" / f"{number:02}.JPG").write_bytes(photo_files.good(number % 3))
    return tmp_path


def noted(folder: Path) -> list[str]:
    """The whole lines noted so far, without the first, which says what with."""
    notes = folder / ".report.jsonl.notes"
    return notes.read_text().splitlines()[1:] if notes.exists() else []


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in text.split()]


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait(what: str, until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_a_killed_check_goes_on_where_it_stopped(folder: Path) -> None:
    running = subprocess.Popen([*COMMAND, "--out", "report.jsonl"], cwd=folder, stderr=subprocess.DEVNULL)
    wait("nothing was noted", lambda: len(noted(folder)) >= SEEN)
    crew = children(running.pid)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    wait("the crew was left running", lambda: not any(map(is_running, crew)))
    assert not (folder / "report.jsonl").exists()
    # One noted row is marked: if the file were checked again, the mark would be gone.
    head, first, *others = (folder / ".report.jsonl.notes").read_text().splitlines()
    marked = json.loads(first)
    marked["row"]["mark"] = "noted before the kill"
    text = "\n".join([head, json.dumps(marked, ensure_ascii=False), *others]) + "\n"
    (folder / ".report.jsonl.notes").write_text(text)
    assert (
        subprocess.run([*COMMAND, "--out", "report.jsonl"], cwd=folder, check=False, capture_output=True).returncode
        == 0
    )
    whole = [json.loads(line) for line in (folder / "report.jsonl").read_text().splitlines()]
    assert [row["file"] for row in whole] == [f"photos/{number:02}.JPG" for number in range(PHOTOS)]
    assert [row["file"] for row in whole if "mark" in row] == [marked["row"]["file"]]
    subprocess.run([*COMMAND, "--out", "again.jsonl"], cwd=folder, check=False, capture_output=True)
    again = [json.loads(line) for line in (folder / "again.jsonl").read_text().splitlines()]
    assert [{key: row[key] for key in row if key != "mark"} for row in whole] == again
    assert sorted(path.name for path in folder.iterdir()) == ["again.jsonl", "photos", "report.jsonl"]
