"""照片检查: good photos pass, every violation is seen, and what was drawn is measured as it was drawn."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from biye.photos.core import measuring
from biye.photos.core.answers import Answer
from biye.photos.core.check import Roster
from biye.photos.core.drawing.portrait import draw
from biye.photos.core.examination import Examination, examine, judge
from biye.photos.core.measuring import Face
from biye.photos.core.networks import Networks
from biye.photos.core.opening import open_photo
from biye.photos.core.specification import Specification
from tests import photo_files
from tests.photo_files import NAME, VIOLATIONS, Violation

PEOPLE = range(6)


def face(networks: Networks, **changes: object) -> Face:
    found = measuring.look(networks, draw(replace(photo_files.person(), **changes)).pixels).face
    assert found is not None
    return found


@pytest.mark.parametrize("number", PEOPLE)
def test_a_good_photo_passes_every_check(networks: Networks, notice: Specification, number: int) -> None:
    found = examine(photo_files.good(number), NAME, notice, networks)
    assert {
        finding.check: finding.reason for finding in found.findings if finding.answer != Answer.PASS
    } == dict.fromkeys(notice.questions, "by_person")
    assert found.answer == Answer.PASS


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.what)
def test_every_violation_is_at_least_looked_at(networks: Networks, notice: Specification, violation: Violation) -> None:
    found = examine(violation.make(0), violation.name, notice, networks)
    assert found.finding(violation.check).answer in {Answer.REVIEW, Answer.FAIL}
    assert found.answer in {Answer.REVIEW, Answer.FAIL}


def test_every_check_has_a_violation(notice: Specification) -> None:
    assert {violation.check for violation in VIOLATIONS} == set(notice.limits)


def test_eyes_and_head_top_are_measured_to_a_few_pixels(networks: Networks) -> None:
    sitters = [replace(photo_files.person(n), eye_line=235.0 + 3 * n, crown=70.0 + 2 * n) for n in range(12)]
    found = [measuring.look(networks, draw(sitter).pixels).face for sitter in sitters]
    faces = [one for one in found if one is not None]
    eyes = [one.mesh.eye_middle[1] - sitter.eye_line for one, sitter in zip(faces, sitters, strict=True)]
    tops = [(one.head_top or 0) - sitter.crown for one, sitter in zip(faces, sitters, strict=True)]
    widths = [one.mesh.width / sitter.face_width - 1 for one, sitter in zip(faces, sitters, strict=True)]
    assert np.median(np.abs(eyes)) <= 4
    assert np.median(np.abs(tops)) <= 4
    assert np.max(np.abs(eyes)) <= 7
    assert np.max(np.abs(widths)) <= 0.08


@pytest.mark.parametrize("lean", [-10.0, -4.0, 4.0, 10.0])
def test_the_lean_of_a_head_is_measured_to_a_degree_or_two(networks: Networks, lean: float) -> None:
    assert face(networks, roll=lean).mesh.roll == pytest.approx(lean, abs=1.5)


def test_a_turned_head_is_told_from_a_frontal_one_to_both_sides(networks: Networks) -> None:
    left, front, right = (face(networks, turn=turn).mesh.yaw for turn in (-0.3, 0.0, 0.3))
    assert left < -8 < -4 < front < 4 < 8 < right


def test_lids_open_in_the_order_in_which_they_were_drawn(networks: Networks) -> None:
    gaps = [min(face(networks, lids=lids).eyelids) for lids in (0.0, 0.12, 0.24, 0.36)]
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.10 < 0.22 < gaps[-1]


def test_lips_open_in_the_order_in_which_they_were_drawn(networks: Networks) -> None:
    gaps = [face(networks, lips=lips).mesh.mouth_gap for lips in (0.0, 0.15, 0.3)]
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.08 < gaps[1]


def test_the_person_is_cut_out_as_drawn(networks: Networks) -> None:
    portrait = photo_files.portrait()
    found = measuring.look(networks, portrait.pixels)
    assert np.abs(found.person - portrait.person).mean() < 0.005


def test_shoulders_that_lean_are_measured_to_a_few_degrees(networks: Networks, notice: Specification) -> None:
    found = examine(photo_files.redrawn(lean=9.0)(0), NAME, notice, networks)
    value = found.finding("shoulders").value
    assert value is not None
    assert 6_000 < value < 13_000


def test_pixels_are_not_judged_on_a_picture_of_another_size(networks: Networks, notice: Specification) -> None:
    found = examine(photo_files.altered(photo_files.resized(960, 1280))(0), NAME, notice, networks)
    assert {name: found.finding(name).reason for name in ("head_top", "eye_line", "face_width", "centred")} == (
        dict.fromkeys(("head_top", "eye_line", "face_width", "centred"), "size_first")
    )
    assert found.finding("frontal").answer == Answer.PASS


def test_without_a_face_what_needs_one_is_left_open(networks: Networks, notice: Specification) -> None:
    wall = photo_files.encoded(np.full((640, 480, 3), photo_files.BLUE, np.uint8))
    found = examine(wall, NAME, notice, networks)
    assert found.finding("eyes_open").reason == "no_face"
    assert found.finding("background_colour").answer == Answer.PASS
    assert found.answer == Answer.FAIL


def test_a_photo_that_is_all_person_says_nothing_of_its_background(networks: Networks, notice: Specification) -> None:
    photo = open_photo(photo_files.good(), NAME, longest=1280)
    looked = measuring.look(networks, photo.pixels)
    everywhere = replace(looked, person=np.ones_like(looked.person))
    found = judge(photo, everywhere, notice, Roster())
    assert found.finding("background_colour").reason == "little_background"
    assert found.finding("lettering").reason == "little_background"


def test_a_soft_gradient_passes_and_does_not_hide_behind_a_shadow(networks: Networks, notice: Specification) -> None:
    soft = examine(photo_files.altered(photo_files.behind(photo_files.gradient(3)))(0), NAME, notice, networks)
    assert soft.finding("background_gradient").answer == Answer.PASS
    shaded = examine(photo_files.altered(photo_files.behind(photo_files.shadow(0.25)))(0), NAME, notice, networks)
    assert shaded.finding("background_shadow").answer == Answer.FAIL


def test_other_colours_of_wall_are_told_by_name(networks: Networks, notice: Specification) -> None:
    red = examine(photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0), NAME, notice, networks)
    found = red.finding("background_colour").details["found"]
    assert [
        abs(int(part) - wanted) <= 3 for part, wanted in zip(str(found).split("，"), (220, 40, 40), strict=True)
    ] == [
        True,
        True,
        True,
    ]


@pytest.fixture(scope="module")
def permuted(networks: Networks, notice: Specification) -> Callable[[list[int]], list[Examination]]:
    return lambda order: [examine(photo_files.good(number), NAME, notice, networks) for number in order]


def test_the_order_of_photos_changes_nothing(permuted: Callable[[list[int]], list[Examination]]) -> None:
    forwards, backwards = permuted([0, 1, 2]), permuted([2, 1, 0])
    assert [one.findings for one in forwards] == [one.findings for one in backwards[::-1]]
