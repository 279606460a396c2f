"""照片任务 and 报告: what a process of the crew does with one file, and the row that comes of it."""

from pathlib import Path
from typing import Any

import pytest

from biye.foundation.errors import Reason
from biye.photos.core import carriers, opening, reports, storing, tasks
from biye.photos.core.answers import Answer
from biye.photos.core.check import Roster
from biye.photos.core.examination import Examination, examine, refused
from biye.photos.core.networks import Networks
from biye.photos.core.specification import Specification
from biye.photos.core.tasks import File
from tests import photo_files
from tests.photo_files import NAME, NUMBER

RED_WALL = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))
CHECK_FIELDS = {
    *("check", "label", "verdict", "reason", "value", "limit", "margin", "unit", "clause", "sentence"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(photo_files.good())
    (tmp_path / "wall.JPG").write_bytes(photo_files.encoded(photo_files.portrait().pixels[:80, :400]))
    (tmp_path / "notes.jpg").write_text("no photo")
    return tmp_path


def file(folder: Path, name: str) -> File:
    return File(folder / name, name)


@pytest.fixture(scope="module")
def row(notice: Specification, networks: Networks) -> dict[str, Any]:
    return reports.examined(examine(RED_WALL(0), NAME, notice, networks), notice)


def test_a_row_says_file_verdict_and_every_check(row: dict[str, Any], notice: Specification) -> None:
    assert {key: row[key] for key in ("file", "verdict", "refused")} == {
        "file": NAME,
        "verdict": "fail",
        "refused": None,
    }
    assert row["sha256"] == opening.digest(RED_WALL(0))
    assert [check["check"] for check in row["checks"]] == [*notice.limits, *notice.questions]
    assert all(set(check) == CHECK_FIELDS for check in row["checks"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pixel_size", {"verdict": "pass", "value": "480×640", "limit": "480×640", "margin": None, "unit": ""}),
        ("file_format", {"verdict": "pass", "value": "JPEG", "limit": None, "margin": None, "unit": ""}),
        ("quality", {"verdict": "pass", "value": 85.0, "limit": {"least": 60.0, "most": None}, "margin": 25.0}),
        ("glasses", {"verdict": "could_not_assess", "value": None, "limit": None, "clause": "通知四.3"}),
    ],
)
def test_values_and_limits_are_plain(row: dict[str, Any], name: str, expected: dict[str, Any]) -> None:
    found = next(check for check in row["checks"] if check["check"] == name)
    assert {key: found[key] for key in expected} == expected


def test_a_number_stands_against_its_limit(row: dict[str, Any]) -> None:
    found = next(check for check in row["checks"] if check["check"] == "background_colour")
    assert found["limit"] == {"least": None, "most": 3.0}
    assert found["value"] > 100
    assert found["margin"] == pytest.approx(3.0 - found["value"])
    assert found["sentence"].startswith("背景约为 RGB(")
    assert found["sentence"].endswith("（通知四.1）。请换用规定颜色的背景。")


def test_a_question_is_labelled_by_what_is_asked(row: dict[str, Any], notice: Specification) -> None:
    labels = {check["check"]: check["label"] for check in row["checks"]}
    assert {name: labels[name] for name in notice.questions} == {
        name: question.ask for name, question in notice.questions.items()
    }
    assert labels["eye_line"] == "眼睛位置"


def test_cells_name_what_failed_and_leave_the_questions_to_the_second_sheet(row: dict[str, Any]) -> None:
    shown, verdict, failed, looked, why = reports.photo_cells(row)
    assert (shown, verdict, failed, looked, why) == (NAME, "不合格", "背景颜色", "", None)
    cells = {line[1]: line for line in reports.check_cells(row)}
    assert cells["压缩品质"][2:6] == ["合格", 85.0, "60–", 25.0]
    assert cells["眼睛位置"][4] == "200–300"
    assert cells["像素尺寸"][4] == "480×640"
    assert cells["没有耳环、项链等饰品"][2] == "无法判断"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.PASS, "可测各项合格，另有 9 项须由人看"),
        (Answer.REVIEW, "需人工看"),
        (Answer.FAIL, "不合格"),
    ],
)
def test_no_photo_is_called_good_for_what_nobody_looked_at(row: dict[str, Any], answer: Answer, words: str) -> None:
    assert reports.verdict_words(row | {"verdict": answer.value}) == words


def test_where_nothing_is_left_to_ask_the_verdict_is_plain(row: dict[str, Any]) -> None:
    measured = [check for check in row["checks"] if check["reason"] != "by_person"]
    assert reports.verdict_words(row | {"verdict": "pass", "checks": measured}) == "可测各项合格"


def test_a_file_that_was_not_opened_is_a_row_with_its_reason(notice: Specification) -> None:
    found = reports.examined(refused("x.jpg", Reason("empty")), notice)
    assert (found["verdict"], found["checks"], found["sha256"]) == ("fail", [], None)
    assert found["refused"] == "文件是空的。请重新选择文件。"


def test_the_checker_checks_and_names_what_it_cannot_open(folder: Path, notice: Specification) -> None:
    roster = Roster({Roster.key(NUMBER): "S1"})
    check = tasks.checker(carriers.usual_folder(), notice, roster)
    good, notes, gone = (check(file(folder, name)) for name in (NAME, "notes.jpg", "gone.jpg"))
    assert (good["verdict"], good["student_no"]) == ("pass", "S1")
    assert notes["refused"] == "是无法识别的文件，不是照片。请使用 JPEG、PNG 或 WebP 格式的照片。"
    assert gone["refused"].startswith("文件不能读取：")
    assert (gone["student_no"], gone["verdict"]) == (None, "fail")


def test_the_maker_writes_beside_the_source_and_tells_what_it_did(
    folder: Path, notice: Specification, tmp_path: Path
) -> None:
    (tmp_path / "made").mkdir()
    (folder / "IMG_1.png").write_bytes(photo_files.encoded(photo_files.portrait(1).pixels, "PNG"))
    make = tasks.maker(carriers.usual_folder(), notice, tmp_path / "made")
    made, notes = make(file(folder, "IMG_1.png")), make(file(folder, "notes.jpg"))
    assert made["made"] == "IMG_1.JPG"
    assert made["source_sha256"] == opening.digest((folder / "IMG_1.png").read_bytes())
    assert made["operations"][0] == "读入原图：PNG，480×640 像素。"
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["IMG_1.JPG"]
    assert notes == {
        "file": "notes.jpg",
        "made": None,
        "operations": [],
        "refused": "是无法识别的文件，不是照片。请使用 JPEG、PNG 或 WebP 格式的照片。",
    }


def test_the_looker_keeps_the_hash_even_where_there_is_no_face(folder: Path) -> None:
    look = tasks.looker(carriers.usual_folder())
    good, wall, gone = (look(file(folder, name)) for name in (NAME, "wall.JPG", "gone.jpg"))
    assert good.vector is not None
    assert good.sha256 == opening.digest(photo_files.good())
    assert (wall.vector, wall.sha256) == (None, opening.digest((folder / "wall.JPG").read_bytes()))
    assert wall.refused is not None
    assert wall.refused["refused"] == "没有找到端正的人脸。请使用本人正面免冠照片。"
    assert (gone.sha256, gone.vector) == ("", None)


@pytest.fixture(scope="module")
def examination(notice: Specification, networks: Networks) -> Examination:
    return examine(RED_WALL(0), NAME, notice, networks)


def test_findings_come_back_as_they_were_stored(examination: Examination, notice: Specification) -> None:
    stored = storing.packed(examination)
    again = storing.unpacked(stored, notice)
    assert [(one.check, one.answer, one.reason, one.value, one.band) for one in again] == [
        (one.check, one.answer, one.reason, one.value, one.band) for one in examination.findings
    ]
    assert storing.packed(Examination(NAME, Answer.FAIL, tuple(again))) == stored


def test_findings_of_checks_that_are_no_longer_known_are_left_out(
    examination: Examination, notice: Specification
) -> None:
    stored = [
        *storing.packed(examination),
        {"check": "gone", "answer": "pass", "reason": "within"},
        {"check": "glasses", "answer": "pass", "reason": "within", "value": 1, "band": {"least": 1}},
    ]
    assert len(storing.unpacked(stored, notice)) == len(examination.findings)
