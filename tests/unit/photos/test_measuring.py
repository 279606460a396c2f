"""测量: what is read off a face and a person where nothing usual is to be seen; made up, without a network."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from biye.foundation.errors import Refused
from biye.photos.core import measuring
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import Band
from biye.photos.core.detection import Sighting
from biye.photos.core.measuring import Face, Seen
from biye.photos.core.mesh import Mesh
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification
from biye.photos.core.standard import encoding
from biye.photos.core.standard.plan import plan
from biye.photos.core.windows import Plane

WIDTH, HEIGHT = 480, 640


def mesh(*, eye_line: float = 250.0, middle: float = 240.0, chin: float = 420.0) -> Mesh:
    """A mesh of which only the points that are read stand where a face has them."""
    points = np.zeros((468, 3), np.float32)
    points[:, :2] = middle, eye_line
    for side, corners in ((-1, (33, 133)), (1, (362, 263))):
        for corner in corners:
            points[corner, :2] = middle + side * 50, eye_line
    points[[234, 454], 0] = middle - 110, middle + 110
    points[152, 1] = chin
    return Mesh(points, 1.0)


def face(person: Plane | None = None, **places: float) -> Face:
    pixels = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    share = np.zeros((HEIGHT, WIDTH), np.float32) if person is None else person
    return Face(pixels, share, mesh(**places), (0.3, 0.3), is_upside_down=False)


def standing(top: int, *, gap: tuple[int, int] = (0, 0)) -> Plane:
    """A person from this row down, but for a gap."""
    person = np.zeros((HEIGHT, WIDTH), np.float32)
    person[top:] = 1.0
    person[slice(*gap)] = 0.0
    return person


def judge(check: str, subject: object, notice: Specification) -> Finding:
    found: Any = CHECKS[check]
    return found.judge(subject, notice.limits[check])


@pytest.mark.parametrize(
    ("person", "places", "top"),
    [
        (standing(84), {}, 84.0),
        (standing(0), {}, 0.0),
        (standing(20, gap=(40, 60)), {}, 60.0),  # a smudge above the head is not the head
        (standing(300), {}, None),
        (standing(0), {"eye_line": -3.0}, None),
        (standing(0), {"middle": 900.0}, None),
    ],
)
def test_the_head_is_followed_upwards_from_the_eyes(person: Plane, places: dict[str, float], top: float | None) -> None:
    assert face(person, **places).head_top == top


def test_a_head_that_is_not_found_is_not_judged(notice: Specification) -> None:
    found = judge("head_top", face(standing(300)), notice)
    assert (found.answer, found.reason) == (Answer.UNASSESSED, "not_found")


def test_clothes_and_shoulders_that_are_not_seen_are_not_judged(notice: Specification) -> None:
    for check in ("white_top", "shoulders"):
        found = judge(check, face(), notice)
        assert (found.answer, found.reason) == (Answer.UNASSESSED, "not_found")


@pytest.mark.parametrize(("places", "upright"), [({}, True), ({"chin": 100.0}, False), ({"chin": 250.0}, False)])
def test_a_chin_that_is_not_below_the_eyes_is_no_upright_face(places: dict[str, float], upright: bool) -> None:
    assert face(**places).is_upright is upright


def sighting(left: float, score: float = 0.9) -> Sighting:
    eyes = np.array([[left + 30, 40], [left + 70, 40]], np.float32)
    return Sighting(left, 0, left + 100, 100, eyes, score)


def seen(sightings: int, sure: int) -> Seen:
    return Seen(
        np.zeros((HEIGHT, WIDTH, 3), np.uint8),
        tuple(sighting(150.0 * place) for place in range(sightings)),
        sure,
        np.zeros((HEIGHT, WIDTH), np.float32),
        None,
    )


@pytest.mark.parametrize(
    ("sightings", "sure", "expected"),
    [
        (0, 0, (Answer.FAIL, "none", 0)),
        (1, 0, (Answer.REVIEW, "unsure", 0)),
        (1, 1, (Answer.PASS, "within", 0)),
        (2, 1, (Answer.REVIEW, "perhaps_several", 1)),
        (3, 2, (Answer.FAIL, "several", 2)),
    ],
)
def test_a_second_face_that_only_a_detector_saw_is_a_person_s_to_judge(
    sightings: int, sure: int, expected: tuple[Answer, str, int], notice: Specification
) -> None:
    found = judge("one_face", seen(sightings, sure), notice)
    assert (found.answer, found.reason, len(found.lines)) == expected


@pytest.mark.parametrize(("apart", "share"), [(0, 1.0), (50, 0.5), (100, 0.0), (500, 0.0)])
def test_overlap_is_shared_area_over_the_smaller(apart: float, share: float) -> None:
    assert sighting(0).overlap(sighting(apart)) == pytest.approx(share)


def test_eyes_that_were_not_looked_at_are_never_judged(notice: Specification) -> None:
    one = face()
    unlooked = Face(one.pixels, one.person, one.mesh, measuring.NOT_LOOKED, is_upside_down=False)
    with pytest.raises(ValueError, match="NaN"):
        judge("eyes_open", unlooked, notice)


def changed(notice: Specification, check: str, **change: object) -> Specification:
    limit = notice.limits[check].model_copy(update=change)
    return notice.model_copy(update={"checks": notice.checks.model_copy(update={check: limit})})


@pytest.mark.parametrize("check", ["head_top", "eye_line", "face_width"])
def test_no_photo_is_framed_by_a_limit_that_is_open_to_one_side(notice: Specification, check: str) -> None:
    half_open = changed(notice, check, band=Band.model_validate({"least": "50"}))
    with pytest.raises(Refused) as refused:
        plan(face(standing(84)), half_open)
    assert [reason.code for reason in refused.value.reasons] == ["open_limits"]


@pytest.fixture
def grain() -> Callable[[int], np.ndarray]:
    return lambda side: np.random.default_rng(3).integers(0, 256, (side, side, 3)).astype(np.uint8)


def test_a_picture_too_detailed_for_the_file_s_size_is_refused(
    notice: Specification, grain: Callable[[int], np.ndarray]
) -> None:
    with pytest.raises(Refused) as refused:
        encoding.encode(grain(400), notice)
    assert [(reason.code, reason.details) for reason in refused.value.reasons] == [("too_detailed", {"most": 39})]


def test_the_best_quality_that_fits_is_chosen(notice: Specification, grain: Callable[[int], np.ndarray]) -> None:
    for side in (20, 150, 170):
        data, quality = encoding.encode(grain(side), notice)
        better, _ = encoding.encode(grain(side), changed(notice, "quality", least=min(quality, 94)))
        assert len(data) <= 39_000
        assert better == data
    assert encoding.encode(grain(20), notice)[1] == 95
