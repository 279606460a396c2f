"""biye photo: reports, resumption, exit statuses; on small folders, with one process."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from biye.cli.photo import app
from biye.photos.core import carriers
from tests import photo_files

OTHER = "440524188001010014"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good photo, one with a wrong background, one file that is no photo, and a hidden one."""
    photos = tmp_path / "photos"
    (photos / "一班").mkdir(parents=True)
    (photos / photo_files.NAME).write_bytes(photo_files.good())
    wall = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))
    (photos / "一班" / f"{OTHER}.JPG").write_bytes(wall(1))
    (photos / "notes.jpg").write_text("no photo")
    (photos / ".hidden.JPG").write_bytes(b"")
    return photos


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_folder_is_checked_into_one_object_a_photo(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    result = run("check", "photos", "--out", "report.jsonl", "--processes", 1)
    assert result.exit_code == 1
    assert "共 3 张：可测各项合格 1 张，需人工看 0 张，不合格 2 张" in result.output
    found = {row["file"]: row for row in rows(tmp_path / "report.jsonl")}
    assert {name: row["verdict"] for name, row in found.items()} == {
        f"photos/{photo_files.NAME}": "pass",
        f"photos/一班/{OTHER}.JPG": "fail",
        "photos/notes.jpg": "fail",
    }
    assert found["photos/notes.jpg"]["refused"] == "是无法识别的文件，不是照片。请使用 JPEG、PNG 或 WebP 格式的照片。"
    eye_line = next(check for check in found[f"photos/{photo_files.NAME}"]["checks"] if check["check"] == "eye_line")
    assert {key: eye_line[key] for key in ("verdict", "limit", "unit", "clause")} == {
        "verdict": "pass",
        "limit": {"least": 200.0, "most": 300.0},
        "unit": "像素",
        "clause": "通知四.6",
    }
    assert eye_line["sentence"].startswith("眼睛距上边沿")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["photos", "report.jsonl"]


def test_good_photos_alone_end_with_nought(run: Callable[..., Result], folder: Path) -> None:
    result = run("check", f"photos/{photo_files.NAME}", "--processes", 1)
    assert result.exit_code == 0
    assert f"photos/{photo_files.NAME}：可测各项合格，另有 9 项须由人看" in result.output
    assert "须由人看：没有耳环、项链等饰品" in result.output


def test_a_workbook_has_a_row_a_photo_and_a_row_a_check(run: Callable[..., Result], folder: Path) -> None:
    assert run("check", "photos", "--out", "report.xlsx", "--processes", 1).exit_code == 1
    book = load_workbook(folder.parent / "report.xlsx")
    assert book.sheetnames == ["照片", "检查意见"]
    assert [row[1] for row in book["照片"].iter_rows(min_row=2, values_only=True)] == [
        *("可测各项合格，另有 9 项须由人看", "不合格", "不合格")
    ]
    assert book["检查意见"].max_row == 1 + 2 * 39


def test_an_interrupted_check_takes_up_what_was_noted(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    assert run("check", "photos", "--out", "report.jsonl", "--processes", 1).exit_code == 1
    whole = (tmp_path / "report.jsonl").read_bytes()
    noted = interrupted(tmp_path, folder, whole)
    assert run("check", "photos", "--out", "report.jsonl", "--processes", 1).exit_code == 1
    assert [row["verdict"] for row in rows(tmp_path / "report.jsonl")] == ["taken up", "fail", "fail"]
    assert not noted.exists()


def test_what_was_noted_is_dropped_when_the_file_or_the_rules_have_changed(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    assert run("check", "photos", "--out", "report.jsonl", "--processes", 1).exit_code == 1
    whole = (tmp_path / "report.jsonl").read_bytes()
    interrupted(tmp_path, folder, whole)
    (folder / photo_files.NAME).write_bytes(photo_files.good(2))
    run("check", "photos", "--out", "report.jsonl", "--processes", 1)
    assert [row["verdict"] for row in rows(tmp_path / "report.jsonl")] == ["pass", "fail", "fail"]
    interrupted(tmp_path, folder, whole)
    run("check", "photos", "--out", "report.jsonl", "--spec", "cslg-adult/2021-summer.white", "--processes", 1)
    assert [row["verdict"] for row in rows(tmp_path / "report.jsonl")] == ["fail", "fail", "fail"]


def interrupted(tmp_path: Path, folder: Path, whole: bytes) -> Path:
    """Notes of one photo and half a line of the next, as a check leaves them that was cut off."""
    from biye.cli.photo_files import ReportFile, listed
    from biye.photos.core import specification

    digest = specification.load(specification.USUAL).digest
    report = ReportFile(tmp_path / "report.jsonl", f"{digest} []")
    files = listed([Path("photos")])
    report.begin(files)
    first = json.loads(whole.splitlines()[0])
    report.add(first | {"verdict": "taken up"} if first["verdict"] == "pass" else first)
    notes = tmp_path / ".report.jsonl.notes"
    with notes.open("a") as stream:
        stream.write('{"stamp": [1, 2], "row": {"fi')
    return notes


def test_names_are_matched_to_the_students_of_a_folder_of_sheets(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "学生.csv").write_text(f"学号,姓名,证件号码\nS1,张三,{photo_files.NUMBER}\n", "utf-8-sig")
    run("check", "photos", "--students", "data", "--out", "report.jsonl", "--processes", 1)
    found = {row["file"]: row for row in rows(tmp_path / "report.jsonl")}
    assert {row["student_no"] for row in found.values()} == {"S1", None}
    names = {row["file"]: check["verdict"] for row in found.values() for check in row["checks"][:1]}
    assert names == {f"photos/{photo_files.NAME}": "pass", f"photos/一班/{OTHER}.JPG": "fail"}


def test_photos_are_made_beside_a_list_of_what_was_done(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    before = (folder / "一班" / f"{OTHER}.JPG").read_bytes()
    result = run("standardise", "photos", "--out", "made", "--processes", 1)
    assert result.exit_code == 1
    assert "做成 2 张，未做成 1 张" in result.output
    made = {row["file"]: row for row in rows(tmp_path / "made" / "operations.jsonl")}
    assert made[f"photos/一班/{OTHER}.JPG"]["verdict"] == "pass"
    assert "抠出人像" in "".join(made[f"photos/一班/{OTHER}.JPG"]["operations"])
    assert made["photos/notes.jpg"]["made"] is None
    assert sorted(file.name for file in (tmp_path / "made").iterdir()) == sorted(
        [photo_files.NAME, f"{OTHER}.JPG", "operations.jsonl"]
    )
    assert (folder / "一班" / f"{OTHER}.JPG").read_bytes() == before
    assert run("check", "made", "--processes", 1).exit_code == 0


def test_two_sources_of_one_photo_are_refused_before_anything_is_made(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    shutil.copy(folder / photo_files.NAME, folder / "一班" / photo_files.NAME)
    result = run("standardise", "photos", "--out", "made", "--processes", 1)
    assert (result.exit_code, (tmp_path / "made").exists()) == (2, False)


def test_two_photos_of_one_person_are_alike(run: Callable[..., Result], folder: Path) -> None:
    result = run("compare", f"photos/{photo_files.NAME}", f"photos/{photo_files.NAME}")
    assert result.exit_code == 0
    assert result.output.startswith("像同一人：相似度 1.00\n")


def test_one_file_under_two_names_is_found(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    after = tmp_path / "after"
    after.mkdir()
    for name in ("a.JPG", "b.JPG"):
        shutil.copy(folder / photo_files.NAME, after / name)
    result = run("swap", "photos", "after", "--out", "swap.jsonl", "--processes", 1)
    assert result.exit_code == 1
    found = [(row["kind"], row["file"], row["other"]) for row in rows(tmp_path / "swap.jsonl")]
    assert ("同一文件", "a", "b") in found


def test_calibration_prints_both_rates(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    for number in range(2):
        person = tmp_path / "people" / str(number)
        person.mkdir(parents=True)
        for name in ("1.JPG", "2.JPG"):
            (person / name).write_bytes(photo_files.good(number))
    result = run("calibrate", "people", "--processes", 1)
    assert result.exit_code == 2
    assert "2 人，同一人 2 对，不同人 4 对" in result.output
    assert "照片太少" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "photos", "--out", "report.pdf"), "--out 的扩展名应为"),
        (("check", "photos", "--out", "nowhere/report.csv"), "没有文件夹"),
        (("check", "photos", "--spec", "cslg-adult/1999"), "没有这份照片规格"),
        (("check", "photos", "--students", "photos"), "没有读到学生的证件号码"),
        (("compare", "photos/notes.jpg", "photos/nothing.jpg"), "photos/notes.jpg"),
    ],
)
def test_what_cannot_be_done_ends_with_two_and_says_why(
    run: Callable[..., Result], folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_without_the_model_files_the_feature_stops_with_a_clear_sentence(
    run: Callable[..., Result], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = Path(shutil.copytree(carriers.usual_folder(), tmp_path / "models"))
    (models / carriers.MESH.name).unlink()
    monkeypatch.setenv("BIYE_PHOTO_MODELS", str(models))
    result = run("check", "photos", "--out", "report.jsonl")
    assert result.exit_code == 2
    assert "照片检查不能进行：缺少模型文件 face_landmark.tflite。请在安装目录运行 make setup。" in result.output
    assert not (tmp_path / "report.jsonl").exists()
