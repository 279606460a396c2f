"""biye photo compare, swap, calibrate: what they print and write, what they take up again, and how they end."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from biye.cli.photo import app
from biye.cli.photo_files import Notes, face_noted, face_row, listed
from biye.photos.core import carriers
from biye.photos.core.likeness import Vector
from biye.photos.core.tasks import Face
from tests import photo_files

MADE_WITH = f"faces {carriers.LIKENESS.sha256}"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


def noted(out: str, folders: list[str], faces: dict[str, Face]) -> None:
    """What a command that was broken off has left beside its report."""
    notes = Notes(Path(out), MADE_WITH)
    files = [file for folder in folders for file in listed([Path(folder)])]
    notes.begin(files)
    for file in files:
        if file.shown in faces:
            notes.add(face_row(file.shown, faces[file.shown]))


def folder_of(*names: str) -> None:
    """Files that no network could make anything of: whatever is told of them was noted before."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)


def vector(number: int, aside: float = 0.0) -> Vector:
    full = np.zeros(128, np.float32)
    full[number], full[100 + number % 28] = 1.0, aside
    return np.asarray(full / np.linalg.norm(full), np.float32)


def rows(file: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


def test_a_face_is_noted_to_the_last_digit() -> None:
    face = Face("0" * 64, vector(3, 0.123), None)
    again = face_noted(json.loads(json.dumps(face_row("a.jpg", face))))
    assert (again.sha256, again.refused) == (face.sha256, None)
    assert again.vector is not None
    assert face.vector is not None
    assert np.array_equal(again.vector, face.vector)


def test_two_people_are_told_apart_and_the_limits_are_told(run: Callable[..., Result]) -> None:
    for name, number in (("a.JPG", 0), ("b.JPG", 3)):
        Path(name).write_bytes(photo_files.good(number))
    result = run("compare", "a.JPG", "b.JPG")
    assert result.exit_code == 0
    assert "0.60 以上像同一人，不到 0.40 不像，其间请人看；只作参考，以学信网的结果为准" in result.output


def test_swapped_photos_are_found_from_what_was_noted(run: Callable[..., Result]) -> None:
    folder_of("before/甲.jpg", "before/乙.jpg", "before/丙.jpg", "after/甲.JPG", "after/乙.JPG", "after/丙.JPG")
    noted(
        "swap.jsonl",
        ["before", "after"],
        {
            "before/甲.jpg": Face("1", vector(1)),
            "before/乙.jpg": Face("2", vector(2)),
            "before/丙.jpg": Face("3", vector(3)),
            "after/甲.JPG": Face("4", vector(2, 0.1)),
            "after/乙.JPG": Face("5", vector(1, 0.2)),
            "after/丙.JPG": Face("6", vector(3, 0.3)),
        },
    )
    result = run("swap", "before", "after", "--out", "swap.jsonl", "--processes", 1)
    assert result.exit_code == 0
    assert "录取照片 3 张，毕业照片 3 张，需人工看 2 处" in result.output
    found = rows("swap.jsonl")
    assert [(row["kind"], row["file"], row["other"], row["own"]) for row in found] == [
        ("更像他人", "甲", "乙", 0.0),
        ("更像他人", "乙", "甲", 0.0),
    ]
    assert sorted(path.name for path in Path().iterdir()) == ["after", "before", "swap.jsonl"]


def test_only_what_was_not_noted_is_looked_at_again(run: Callable[..., Result]) -> None:
    folder_of("before/甲.jpg", "after/甲.jpg", "after/乙.jpg")
    noted(
        "swap.xlsx", ["before", "after"], {"before/甲.jpg": Face("1", vector(1)), "after/甲.jpg": Face("2", vector(1))}
    )
    result = run("swap", "before", "after", "--out", "swap.xlsx", "--processes", 1)
    # 乙 was looked at, and is no photo; the others would be none either.
    assert result.exit_code == 1
    assert "after/乙.jpg：是无法识别的文件，不是照片" in result.output
    assert "甲.jpg：" not in result.output
    sheet = load_workbook("swap.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["情形", "照片", "对应的另一人", "相似度", "与本人"]
    assert sheet.max_row == 1


def test_a_file_that_changed_since_is_looked_at_again(run: Callable[..., Result]) -> None:
    folder_of("before/甲.jpg", "after/甲.jpg")
    noted(
        "swap.csv", ["before", "after"], {"before/甲.jpg": Face("1", vector(1)), "after/甲.jpg": Face("2", vector(1))}
    )
    Path("after/甲.jpg").write_text("another file")
    assert "after/甲.jpg：是无法识别的文件" in run("swap", "before", "after", "--out", "swap.csv").output


def test_one_file_under_two_names_is_told_on_the_terminal(run: Callable[..., Result]) -> None:
    Path("before").mkdir()
    Path("after").mkdir()
    Path("before/甲.JPG").write_bytes(photo_files.good(1))
    for name in ("甲", "乙"):
        shutil.copy("before/甲.JPG", f"after/{name}.JPG")
    result = run("swap", "before", "after", "--processes", 1)
    assert result.exit_code == 0
    assert "同一文件：乙 ↔ 甲（相似度 1.00）" in result.output
    assert "更像他人：乙 ↔ 甲（相似度 1.00）" in result.output


def people(count: int, *, same_photo: bool = False) -> None:
    """Two photos of each of so many people, whose faces were noted; where `same_photo`, everybody has the same one."""
    names = [f"people/{number:03}/{photo}.jpg" for number in range(count) for photo in "ab"]
    folder_of(*names)
    faces = {
        name: Face(name, vector(0 if same_photo else place // 2, 0.05 * (place % 2)))
        for place, name in enumerate(names)
    }
    noted("curve.jsonl", ["people"], faces)


def test_calibration_prints_and_writes_both_curves_and_suggests_limits(run: Callable[..., Result]) -> None:
    people(30)
    result = run("calibrate", "people", "--out", "curve.jsonl")
    assert result.exit_code == 0
    assert "30 人，同一人 30 对，不同人 1740 对" in result.output
    curve = rows("curve.jsonl")
    assert [row["threshold"] for row in curve] == [mark / 100 for mark in range(20, 91, 5)]
    assert {row["false_accept"] for row in curve} == {0.0}
    assert {row["false_reject"] for row in curve} == {0.0}
    assert "0.20    0.000%    0.000%" in result.output
    assert "误识率即使一次未见，也只能说大约低于 0.172%" in result.output
    assert "建议写入照片规格：comparison: {consistent_from: 0.0" in result.output
    assert sorted(path.name for path in Path().iterdir()) == ["curve.jsonl", "people"]


def test_one_photo_under_many_names_is_no_ground_for_limits(run: Callable[..., Result]) -> None:
    people(30, same_photo=True)
    result = run("calibrate", "people", "--out", "curve.jsonl")
    assert result.exit_code == 2
    assert "不同人的照片中有几乎相同的脸" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("swap", "nowhere", "nowhere"), "没有文件夹 nowhere"),
        (("calibrate", "nowhere"), "没有文件夹 nowhere"),
        (("swap", ".", ".", "--out", "x.pdf"), "--out 的扩展名应为"),
        (("calibrate", ".", "--out", "nowhere/x.csv"), "没有文件夹 nowhere"),
        (("swap", ".", ".", "--spec", "nothing"), "没有这份照片规格"),
    ],
)
def test_what_cannot_be_done_ends_with_two_and_says_why(
    run: Callable[..., Result], arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
