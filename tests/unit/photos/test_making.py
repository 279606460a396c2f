"""照片标准化: what comes out meets every limit, every step is told, and what cannot honestly be mended is refused."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image

from biye.foundation.errors import Refused
from biye.photos.core import likeness, measuring, sentences
from biye.photos.core.answers import Answer
from biye.photos.core.bands import Band
from biye.photos.core.drawing.portrait import Sitter, draw
from biye.photos.core.networks import Networks
from biye.photos.core.opening import open_photo
from biye.photos.core.specification import Specification
from biye.photos.core.standard import composing
from biye.photos.core.standard.making import MADE_HERE, Made, make
from biye.photos.core.standard.plan import plan
from biye.photos.core.windows import Pixels
from tests import photo_files
from tests.photo_files import NAME, encoded

WALL = (196, 190, 180)
# Somebody before a beige wall, photographed with room all round by a telephone held high.
PHONE = Sitter(
    width=720, height=960, eye_line=384.0, face_width=198.0, middle=336.0, crown=240.0, roll=1.5, background=WALL
)


@cache
def phone_picture(**changes: object) -> bytes:
    return encoded(taken(**changes), dpi=(72, 72))


@cache
def taken(**changes: object) -> Pixels:
    return draw(replace(PHONE, **changes)).pixels


def made(data: bytes, notice: Specification, networks: Networks) -> Made:
    return make(data, "IMG_0001.jpg", notice, networks, made_name=NAME)


def refusal(data: bytes, notice: Specification, networks: Networks) -> str:
    with pytest.raises(Refused) as refused:
        made(data, notice, networks)
    (reason,) = refused.value.reasons
    assert sentences.refusal(reason)
    return reason.code


@pytest.fixture(scope="module")
def usual(notice: Specification, networks: Networks) -> Made:
    return made(phone_picture(), notice, networks)


def test_a_phone_picture_becomes_a_photo_that_passes(usual: Made) -> None:
    answers = {finding.check: finding.answer for finding in usual.examination.findings}
    assert {name: answers[name] for name in MADE_HERE} == dict.fromkeys(MADE_HERE, Answer.PASS)
    assert usual.examination.answer == Answer.PASS


def test_every_operation_is_told_in_order(usual: Made) -> None:
    assert [operation.code for operation in usual.operations] == [
        *("decoded", "levelled", "scaled", "cropped", "background", "encoded", "stripped")
    ]
    told = [sentences.operation(operation) for operation in usual.operations]
    assert told[0] == "读入原图：JPEG，720×960 像素。"
    assert told[4] == "抠出人像，背景换为 RGB(100，197，255)；未修饰面部。"
    assert str(len(usual.data)) in told[5]


def test_the_file_is_plain_and_of_the_wanted_size(usual: Made) -> None:
    picture = Image.open(io.BytesIO(usual.data))
    assert (picture.format, picture.mode, picture.size, picture.info["dpi"]) == ("JPEG", "RGB", (480, 640), (300, 300))
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert 20_480 <= len(usual.data) <= 39_000


def test_the_background_is_exact_to_what_the_format_can_hold(usual: Made) -> None:
    pixels = open_photo(usual.data, NAME, longest=640).pixels.astype(int)
    assert np.abs(pixels[:40] - photo_files.BLUE).max() <= 2


def test_limits_are_met_with_room_to_spare(usual: Made) -> None:
    margins = {name: usual.examination.finding(name).margin for name in ("head_top", "eye_line", "face_width")}
    assert {name: margin is not None and margin >= 20_000 for name, margin in margins.items()} == dict.fromkeys(
        margins, True
    )


def test_the_same_picture_makes_the_same_bytes(usual: Made, notice: Specification, networks: Networks) -> None:
    assert made(phone_picture(), notice, networks).data == usual.data


def test_it_is_still_the_same_person(usual: Made, notice: Specification, networks: Networks) -> None:
    before = likeness.vector_of(phone_picture(), "a", networks)
    after = likeness.vector_of(usual.data, "b", networks)
    assert likeness.compare(before, after, notice.comparison).score > 900


def test_a_finished_photo_made_again_stays_as_it_was(usual: Made, notice: Specification, networks: Networks) -> None:
    again = made(usual.data, notice, networks)
    for name, near in (("eye_line", 6_000), ("head_top", 6_000), ("face_width", 10_000)):
        first, second = usual.examination.finding(name).value, again.examination.finding(name).value
        assert first is not None
        assert second == pytest.approx(first, abs=near)


@pytest.mark.parametrize(("quarters", "degrees"), [(1, 90), (2, 180), (3, 270)])
def test_a_picture_lying_on_its_side_is_turned_and_that_is_told(
    notice: Specification, networks: Networks, quarters: int, degrees: int
) -> None:
    lying = np.ascontiguousarray(np.rot90(taken(), quarters))
    result = made(encoded(lying), notice, networks)
    assert ("turned_quarters", {"degrees": degrees}) in [(one.code, one.details) for one in result.operations]


def test_a_direction_mark_is_followed_and_that_is_told(notice: Specification, networks: Networks) -> None:
    mark = Image.Exif()
    mark[0x0112] = 6
    stored = np.ascontiguousarray(np.rot90(taken()))
    result = made(encoded(stored, exif=mark), notice, networks)
    assert result.operations[1].code == "turned_by_mark"
    assert b"Exif" not in result.data


def test_the_factor_that_is_told_is_of_the_file(notice: Specification, networks: Networks) -> None:
    """Of a picture that the decoder halves and that is measured as it comes."""
    large = np.asarray(Image.fromarray(taken()).resize((1800, 2400), Image.Resampling.BICUBIC))
    result = made(encoded(large), notice, networks)
    told = {one.code: one.details for one in result.operations}
    # The face is 198 pixels wide on 720 and so 495 on 1800; finished it is as wide as the operation tells.
    assert float(str(told["scaled"]["factor"])) == pytest.approx(
        int(str(told["cropped"]["face_width"])) / 495, rel=0.05
    )


def test_a_narrow_face_has_its_whole_body_looked_for(notice: Specification, networks: Networks) -> None:
    """Where the photo reaches further down than the window around the head does."""
    content = notice.limits["face_width"].band.model_copy(update={"least": 140_000, "most": 200_000})
    narrow = notice.limits["face_width"].model_copy(update={"band": content})
    asked = notice.model_copy(update={"checks": notice.checks.model_copy(update={"face_width": narrow})})
    result = made(phone_picture(crown=190.0), asked, networks)
    foot = open_photo(result.data, NAME, longest=640).pixels[-8:, 200:280].astype(int)
    assert np.abs(foot - photo_files.BLUE).mean() > 20


def test_the_degree_photo_is_made_by_its_own_specification(degree: Specification, networks: Networks) -> None:
    result = make(phone_picture(), "x.jpg", degree, networks, made_name=NAME)
    assert Image.open(io.BytesIO(result.data)).size == (210, 280)


def cut(left: int, top: int, right: int, bottom: int) -> Callable[[], bytes]:
    return lambda: encoded(np.ascontiguousarray(taken()[top:bottom, left:right]))


def two_people() -> bytes:
    one = taken()
    return encoded(np.concatenate([one, one], axis=1))


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (cut(0, 252, 720, 960), "head_cut"),
        (cut(0, 0, 720, 600), "body_cut"),
        (cut(228, 0, 720, 960), "body_cut"),
        (two_people, "several_faces"),
        (lambda: encoded(np.full((900, 700, 3), WALL, np.uint8)), "no_face"),
        (lambda: phone_picture(crown=129.0), "proportions"),
        (lambda: phone_picture(face_width=90.0, crown=318.0), "face_too_small"),
        (lambda: b"GIF89a", "not_a_photo"),
    ],
)
def test_what_cannot_honestly_be_mended_is_refused(
    notice: Specification, networks: Networks, picture: Callable[[], bytes], reason: str
) -> None:
    assert refusal(picture(), notice, networks) == reason


@pytest.mark.parametrize("share", [0.5, 0.0])
def test_a_person_who_cannot_be_told_from_the_background_is_refused(
    notice: Specification, networks: Networks, share: float
) -> None:
    """Half of the body is neither person nor background, or it is cut into many islands."""
    pixels = taken()
    seen = measuring.look(networks, pixels)
    assert seen.face is not None
    person = seen.person.copy()
    if share:
        person[540:] *= share
    else:
        person[540::60] = person[541::60] = person[542::60] = person[543::60] = 0
        person[540:, ::60] = person[540:, 1::60] = person[540:, 2::60] = person[540:, 3::60] = 0
    with pytest.raises(Refused) as refused:
        composing.frame(pixels, replace(seen, person=person), plan(seen.face, notice))
    assert [reason.code for reason in refused.value.reasons] == ["not_separable"]


def test_a_body_cut_by_the_edge_is_framed_more_closely_where_that_does(
    notice: Specification, networks: Networks
) -> None:
    """A studio photo that only wants another background: framed a little larger, nothing is lacking."""
    studio = photo_files.altered(photo_files.behind(photo_files.plain(*WALL)))(0)
    assert made(studio, notice, networks).examination.answer == Answer.PASS


def test_what_was_not_made_well_is_not_handed_out(notice: Specification, networks: Networks) -> None:
    """A colour that no JPEG holds exactly enough."""
    exact = notice.limits["background_colour"].model_copy(update={"band": Band.model_validate({"pass_to": "0.001"})})
    asked = notice.model_copy(update={"checks": notice.checks.model_copy(update={"background_colour": exact})})
    with pytest.raises(Refused) as refused:
        made(phone_picture(), asked, networks)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.details["checks"]) == ("made_badly", ("background_colour",))
    assert sentences.refusal(reason) == "做出的照片未达到要求：背景颜色。请在单一颜色的墙前重拍，四周留出空白。"


def test_a_school_may_switch_it_off(notice: Specification, networks: Networks) -> None:
    assert refusal(phone_picture(), notice.model_copy(update={"standardise": False}), networks) == "switched_off"


def test_shut_eyes_are_not_mended_and_stay_visible(notice: Specification, networks: Networks) -> None:
    result = made(phone_picture(lids=0.0), notice, networks)
    assert result.examination.finding("eyes_open").answer == Answer.FAIL
    assert result.examination.answer == Answer.FAIL
