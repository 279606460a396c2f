"""审看的问题、放大图、上报的文件: what a person is asked, shown large, and what leaves the house."""

import io

import numpy as np
import pytest
from PIL import Image

from biye.photos.core import jpeg, questions
from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.handing import handed
from biye.photos.core.specification import Specification, load
from biye.photos.core.strips import strips
from tests import photo_files

GOOD = photo_files.good(0)
FACE = (Line("down", (0.25,)), Line("down", (0.75,)))


@pytest.fixture(scope="module")
def specification() -> Specification:
    return load("tju-online/2022-autumn")


def finding(check: str, answer: Answer, *lines: Line) -> Finding:
    return Finding(check, answer, "within", lines=lines)


class TestQuestions:
    def test_the_fixed_ones_come_first_then_the_gravest(self, specification: Specification) -> None:
        found = [
            Finding("one_face", Answer.REVIEW, "unsure"),
            Finding("eyes_open", Answer.UNASSESSED, "no_face"),
            Finding("head_top", Answer.FAIL, "cut"),
            finding("file_format", Answer.PASS),
            Finding("glasses", Answer.UNASSESSED, "by_person"),
        ]
        asked = questions.asked(specification, found, is_compared=True)
        fixed = list(specification.questions)
        assert [one.name for one in asked] == [*fixed, "same_person", "head_top", "one_face", "eyes_open"]
        assert [one.is_failed for one in asked[len(fixed) :]] == [False, True, False, False]
        assert all(one.clause for one in asked if one.name != "same_person")

    def test_nobody_is_compared_with_nothing(self, specification: Specification) -> None:
        asked = questions.asked(specification, [], is_compared=False)
        assert [one.name for one in asked] == list(specification.questions)

    @pytest.mark.parametrize(
        ("name", "label"),
        [
            ("jewellery", "没有耳环、项链等饰品"),
            ("background_colour", "背景颜色"),
            ("same_person", "与录取照片是同一人"),
            ("of_an_older_specification", "of_an_older_specification"),
        ],
    )
    def test_a_name_is_said_in_words(self, specification: Specification, name: str, label: str) -> None:
        assert questions.label_of(name, specification) == label


class TestStrips:
    def test_eyes_ears_and_neck_lie_about_the_measured_face(self) -> None:
        found = [finding("eye_line", Answer.PASS, Line("across", (0.4,))), finding("face_width", Answer.PASS, *FACE)]
        by_name = {strip.name: strip for strip in strips(found, 480, 640)}
        assert list(by_name) == ["eyes", "ears", "neck"]
        assert by_name["eyes"].view == "106 203 268 101"
        assert by_name["neck"].top > by_name["ears"].top > 0
        assert all(one.left + one.width <= 480 and one.top + one.height <= 640 for one in by_name.values())

    def test_what_would_lie_outside_is_left_out(self) -> None:
        found = [finding("eye_line", Answer.PASS, Line("across", (0.95,))), finding("face_width", Answer.PASS, *FACE)]
        assert [strip.name for strip in strips(found, 480, 640)] == ["eyes", "ears"]

    @pytest.mark.parametrize(
        "found",
        [
            [],
            [finding("eye_line", Answer.PASS, Line("across", (0.4,)))],
            [finding("face_width", Answer.PASS, *FACE)],
            [finding("eye_line", Answer.PASS, Line("across", (0.4,))), finding("face_width", Answer.PASS, FACE[0])],
        ],
    )
    def test_without_a_face_there_are_none(self, found: list[Finding]) -> None:
        assert strips(found, 480, 640) == ()


class TestHanding:
    @pytest.mark.parametrize(
        "data",
        [
            GOOD,
            GOOD + b"PK\x03\x04hidden",
            GOOD[:2] + b"\xff\xfe\x00\x0a<script>" + GOOD[2:],
            photo_files.saved(dpi=(96, 96))(0),
            photo_files.saved(progressive=True)(0),
        ],
        ids=["good", "tail", "comment", "96 dpi", "progressive"],
    )
    def test_a_jpeg_keeps_its_pixels_and_loses_all_else(self, specification: Specification, data: bytes) -> None:
        found = handed(data, specification)
        before, after = (np.asarray(Image.open(io.BytesIO(one))) for one in (data, found))
        assert np.array_equal(before, after)
        assert Image.open(io.BytesIO(found)).info["dpi"] == (300, 300)
        structure = jpeg.walk(found)
        assert (structure.trailing, structure.exif, structure.has_more_pictures) == (0, b"", False)
        assert b"<script>" not in found

    def test_what_turns_the_colours_stays(self, specification: Specification) -> None:
        adobe = GOOD[:2] + b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x01" + GOOD[2:]
        assert b"Adobe" in handed(adobe, specification)

    @pytest.mark.parametrize("data", [photo_files.VIOLATIONS[6].make(0), photo_files.orientation_mark(0)])
    def test_what_is_no_upright_jpeg_is_encoded_by_the_specification(
        self, specification: Specification, data: bytes
    ) -> None:
        picture = Image.open(io.BytesIO(handed(data, specification)))
        assert (picture.format, picture.size, picture.info["dpi"]) == ("JPEG", (480, 640), (300, 300))
