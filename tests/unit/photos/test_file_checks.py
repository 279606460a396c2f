"""文件检查: what the file itself says, without a network."""

from dataclasses import replace

import pytest
import yaml

from biye.photos.core.answers import Answer
from biye.photos.core.check import Roster
from biye.photos.core.examination import Examination, examine
from biye.photos.core.jpeg import Quality
from biye.photos.core.opening import FileFacts, Format
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification
from tests import photo_files
from tests.architecture.tree import ROOT

NAMES = yaml.safe_load((ROOT / "tests/cases/photos/file_names.yaml").read_text())
FACTS = FileFacts(
    photo_files.NAME, 30_000, "0" * 64, Format.JPEG, 480, 640, "RGB", (300_000, 300_000), None, 1, Quality(85, 0.0)
)


def judge(check: str, facts: FileFacts, notice: Specification, roster: Roster | None = None) -> tuple[Answer, str]:
    found = CHECKS[check].judge(facts, notice.limits[check], roster or Roster(officer_numbers=True))
    return found.answer, found.reason


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["name"])
def test_file_names(notice: Specification, case: dict[str, object]) -> None:
    listed = case.get("listed")
    students = None if listed is None else {Roster.key(number): "S1" for number in listed}
    roster = Roster(students, officer_numbers=bool(case.get("officer_numbers", True)))
    facts = replace(FACTS, name=str(case["name"]))
    assert judge("file_name", facts, notice, roster) == (case["answer"], case.get("reason", "within"))


@pytest.mark.parametrize(
    ("check", "change", "expected"),
    [
        ("pixel_size", {}, ("pass", "within")),
        ("pixel_size", {"width": 479}, ("fail", "other_size")),
        ("pixel_size", {"height": 641}, ("fail", "other_size")),
        ("pixel_size", {"width": 640, "height": 480}, ("fail", "sideways")),
        ("resolution", {}, ("pass", "within")),
        ("resolution", {"jfif_dpi": (299_720, 299_720)}, ("pass", "within")),
        ("resolution", {"jfif_dpi": (299_499, 299_499)}, ("fail", "other")),
        ("resolution", {"jfif_dpi": (300_000, 72_000)}, ("fail", "other")),
        ("resolution", {"jfif_dpi": None}, ("fail", "absent")),
        ("resolution", {"jfif_dpi": None, "exif_dpi": (300_000, 300_000)}, ("pass", "within")),
        ("resolution", {"exif_dpi": (72_000, 72_000)}, ("review", "disagree")),
        ("colour_depth", {"mode": "L"}, ("fail", "grey")),
        ("colour_depth", {"mode": "CMYK"}, ("fail", "print_colours")),
        ("colour_depth", {"mode": "P"}, ("fail", "palette")),
        ("colour_depth", {"mode": "RGBA"}, ("fail", "transparent")),
        ("file_format", {"format": Format.PNG}, ("fail", "other_format")),
        ("quality", {"quality": Quality(59, 0.0)}, ("fail", "low")),
        ("quality", {"quality": Quality(60, 0.0)}, ("pass", "within")),
        ("quality", {"quality": Quality(61, 0.0)}, ("pass", "within")),
        ("quality", {"quality": Quality(59, 16.0)}, ("review", "about")),
        ("quality", {"quality": Quality(69, 3.1)}, ("review", "about")),
        ("quality", {"quality": Quality(70, 3.1)}, ("pass", "within")),
        ("quality", {"quality": Quality(50, 3.1)}, ("fail", "low")),
        ("quality", {"quality": None}, ("could_not_assess", "no_tables")),
        ("file_size", {"byte_count": 19_999}, ("fail", "low")),
        ("file_size", {"byte_count": 20_000}, ("review", "either_reading")),
        ("file_size", {"byte_count": 20_479}, ("review", "either_reading")),
        ("file_size", {"byte_count": 20_480}, ("pass", "within")),
        ("file_size", {"byte_count": 40_000}, ("pass", "within")),
        ("file_size", {"byte_count": 40_960}, ("review", "either_reading")),
        ("file_size", {"byte_count": 40_961}, ("fail", "high")),
        ("orientation", {"orientation": 6}, ("fail", "marked")),
        ("one_picture", {"pictures": 2}, ("fail", "several")),
        ("trailing_bytes", {"trailing": 1}, ("fail", "tail")),
    ],
)
def test_facts_of_the_file(
    notice: Specification, check: str, change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert judge(check, replace(FACTS, **change), notice) == expected


def test_a_size_that_is_only_usual_is_looked_at_and_never_failed(notice: Specification) -> None:
    found = without_networks(photo_files.encoded(photo_files.portrait().pixels, quality=99), notice)
    assert found.finding("file_size").answer == Answer.REVIEW


def test_without_networks_the_file_is_judged_and_the_rest_is_left_to_a_person(notice: Specification) -> None:
    found = without_networks(photo_files.good(), notice)
    assert {finding.check: finding.answer for finding in found.findings if finding.reason == "no_models"} == {
        name: Answer.UNASSESSED for name, check in CHECKS.items() if type(check).__name__ != "FileCheck"
    }
    assert found.finding("pixel_size").answer == Answer.PASS
    assert found.answer == Answer.REVIEW


def without_networks(data: bytes, notice: Specification) -> Examination:
    return examine(data, photo_files.NAME, notice, None)
