"""放大图, 审看的问题, 供显示的图像: what a person is shown of a photo and asked about it."""

import io

import numpy as np
import pytest
from PIL import Image

from biye.photos.core import catalogue
from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.questions import SAME_PERSON, asked, label_of
from biye.photos.core.showing import picture
from biye.photos.core.specification import Specification
from biye.photos.core.strips import strips
from tests import photo_files
from tests.photo_files import NAME


@pytest.fixture(scope="module")
def findings(notice: Specification, networks: Networks) -> tuple[Finding, ...]:
    red = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)
    return examine(red, NAME, notice, networks).findings


def test_eyes_ears_and_neck_are_cut_by_the_face_that_was_measured(findings: tuple[Finding, ...]) -> None:
    found = {strip.name: strip for strip in strips(findings, 480, 640)}
    assert {name: strip.label for name, strip in found.items()} == catalogue.STRIPS
    sitter = photo_files.person(0)
    eyes = found["eyes"]
    assert eyes.top < sitter.eye_line < eyes.top + eyes.height
    assert eyes.left + eyes.width / 2 == pytest.approx(sitter.middle, abs=8)
    assert found["neck"].top > sitter.eye_line + 0.6 * sitter.face_width
    assert found["ears"].width > eyes.width
    assert eyes.view == f"{eyes.left} {eyes.top} {eyes.width} {eyes.height}"


def measured(eyes: float, left: float, right: float) -> list[Finding]:
    return [
        Finding("eye_line", Answer.PASS, "within", lines=(Line("across", (eyes,)),)),
        Finding("face_width", Answer.PASS, "within", lines=(Line("down", (left,)), Line("down", (right,)))),
    ]


def test_what_lies_outside_the_picture_is_not_shown() -> None:
    assert [strip.name for strip in strips(measured(0.9, 0.3, 0.7), 480, 640)] == ["eyes", "ears"]
    assert strips(measured(0.4, 1.5, 1.9), 480, 640) == ()


def test_nothing_is_shown_where_no_face_was_measured() -> None:
    assert strips([], 480, 640) == ()
    assert strips(measured(0.4, 0.3, 0.7)[:1], 480, 640) == ()


def test_fixed_questions_come_first_and_then_what_did_not_pass(
    findings: tuple[Finding, ...], notice: Specification
) -> None:
    found = asked(notice, findings, is_compared=True)
    assert [one.name for one in found] == [*notice.questions, SAME_PERSON, "background_colour"]
    assert [one.name for one in asked(notice, findings, is_compared=False)] == [*notice.questions, "background_colour"]
    wall = found[-1]
    assert (wall.is_failed, wall.ask, wall.clause) == (True, "背景颜色", "通知四.1")
    assert wall.sentence.startswith("背景约为 RGB(")
    assert not any(one.is_failed for one in found[:-1])


def test_the_gravest_is_asked_first(notice: Specification) -> None:
    found = [
        Finding("white_top", Answer.UNASSESSED, "not_found"),
        Finding("one_face", Answer.REVIEW, "unsure"),
        Finding("orientation", Answer.FAIL, "marked", details={"found": 6}),
        Finding("one_picture", Answer.PASS, "within"),
    ]
    open_ones = asked(notice, found, is_compared=False)[len(notice.questions) :]
    assert [one.name for one in open_ones] == ["orientation", "one_face", "white_top"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (SAME_PERSON, "与录取照片是同一人"),
        ("jewellery", "没有耳环、项链等饰品"),
        ("eye_line", "眼睛位置"),
        ("gone", "gone"),
    ],
)
def test_a_question_is_called_by_its_words(name: str, label: str, notice: Specification) -> None:
    assert label_of(name, notice) == label


@pytest.mark.parametrize(("longest", "size"), [(None, (48, 64)), (64, (48, 64)), (32, (24, 32)), (1, (1, 1))])
def test_a_picture_is_shown_drawn_anew_and_no_larger_than_asked(longest: int | None, size: tuple[int, int]) -> None:
    shown = Image.open(io.BytesIO(picture(np.full((64, 48, 3), 120, np.uint8), longest)))
    assert (shown.format, shown.size) == ("JPEG", size)
