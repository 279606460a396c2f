"""标线图: limits and lines lie where the specification and the drawn person say, on finished and on other pictures."""

from dataclasses import replace

import numpy as np
import pytest

from biye.foundation.errors import Refused
from biye.photos.core import measuring, opening, overlay
from biye.photos.core.answers import Answer
from biye.photos.core.check import Roster
from biye.photos.core.drawing.portrait import draw
from biye.photos.core.examination import Examination, judge
from biye.photos.core.measuring import Seen
from biye.photos.core.networks import Networks
from biye.photos.core.overlay import Frame, Overlay
from biye.photos.core.specification import Specification
from tests import photo_files

# Median errors of the study's measurements are smaller; a line may be off by this many pixels of the finished photo.
NEAR = 8


def examined(data: bytes, networks: Networks, specification: Specification) -> tuple[Seen, Examination, float]:
    photo = opening.open_photo(data, photo_files.NAME, longest=measuring.LONGEST)
    seen = measuring.look(networks, photo.pixels)
    return seen, judge(photo, seen, specification, Roster()), photo.scale


def over(data: bytes, networks: Networks, specification: Specification) -> tuple[Overlay, Refused | None]:
    seen, found, scale = examined(data, networks, specification)
    assert seen.face is not None
    return overlay.of_other(seen.face, found.findings, specification, 1 / scale)


def framed(found: Overlay | None) -> Frame:
    assert found is not None
    assert found.frame is not None
    return found.frame


def places(frame: Frame, check: str) -> list[float]:
    return [mark.place for mark in frame.marks if mark.check == check]


class TestFinished:
    def test_zones_are_the_specifications_limits(self, networks: Networks, notice: Specification) -> None:
        _, found, _ = examined(photo_files.good(), networks, notice)
        frame = framed(overlay.of_finished(found.findings, notice))
        assert [(zone.check, zone.kind, zone.low, zone.high) for zone in frame.zones] == [
            ("head_top", "across", 50, 110),
            ("eye_line", "across", 200, 300),
            ("face_width", "down", 90, 150),
            ("face_width", "down", 330, 390),
        ]
        assert (frame.width, frame.height, frame.transform) == (480, 640, "matrix(1.0 0.0 0.0 1.0 0.0 0.0)")

    def test_lines_lie_where_the_person_was_drawn(self, networks: Networks, notice: Specification) -> None:
        person = photo_files.person(0)
        _, found, _ = examined(photo_files.good(), networks, notice)
        frame = framed(overlay.of_finished(found.findings, notice))
        assert places(frame, "head_top") == pytest.approx([person.crown], abs=NEAR)
        assert places(frame, "eye_line") == pytest.approx([person.eye_line], abs=NEAR)
        assert places(frame, "centred") == pytest.approx([person.middle], abs=NEAR)

    def test_each_line_has_the_answer_of_its_check(self, networks: Networks, notice: Specification) -> None:
        data = photo_files.redrawn(eye_line=190.0, crown=55.0, face_width=190.0)(0)
        _, found, _ = examined(data, networks, notice)
        frame = framed(overlay.of_finished(found.findings, notice))
        answers = {mark.check: mark.answer for mark in frame.marks}
        assert answers == {name: found.finding(name).answer for name in answers}
        assert answers["eye_line"] is not Answer.PASS

    def test_what_should_not_be_there_is_marked(self, networks: Networks, notice: Specification) -> None:
        _, good, _ = examined(photo_files.good(), networks, notice)
        _, marked, _ = examined(photo_files.altered(photo_files.drawn_on(photo_files.logo))(0), networks, notice)
        nothing, something = (overlay.of_finished(found.findings, notice) for found in (good, marked))
        assert nothing is not None
        assert nothing.traces == ()
        assert something is not None
        (left, top, width, height) = next(
            trace.box for trace in something.traces if trace.check == "background_objects"
        )
        assert (left, top, width, height) == pytest.approx((410, 20, 40, 40), abs=NEAR)

    def test_a_shadow_is_a_spot(self, networks: Networks, notice: Specification) -> None:
        data = photo_files.altered(photo_files.behind(photo_files.shadow(0.25)))(0)
        _, found, _ = examined(data, networks, notice)
        drawn = overlay.of_finished(found.findings, notice)
        assert drawn is not None
        (spot,) = (trace for trace in drawn.traces if trace.kind == "spot")
        assert (spot.check, len(spot.at), drawn.spot) == ("background_shadow", 2, 40)

    def test_another_size_has_no_frame_of_its_own(self, networks: Networks, notice: Specification) -> None:
        _, found, _ = examined(photo_files.altered(photo_files.resized(960, 1280))(0), networks, notice)
        assert overlay.of_finished(found.findings, notice) is None


class TestOther:
    @pytest.mark.parametrize("roll", [-6.0, 0.0, 6.0])
    def test_the_frame_puts_the_head_inside_every_limit(
        self, networks: Networks, notice: Specification, roll: float
    ) -> None:
        drawn, refused = over(telephones(roll), networks, notice)
        frame = framed(drawn)
        assert (refused, frame.is_suggested, frame.is_beyond) == (None, True, False)
        for mark in (mark for mark in frame.marks if mark.kind == "across"):
            (zone,) = (zone for zone in frame.zones if zone.check == mark.check)
            assert zone.low < mark.place < zone.high

    def test_the_way_from_the_frame_leads_to_where_the_person_stands(
        self, networks: Networks, notice: Specification
    ) -> None:
        drawn, _ = over(telephones(5.0), networks, notice)
        frame = framed(drawn)
        eyes = placed(frame, frame.middle, places(frame, "eye_line")[0])
        crown = placed(frame, frame.middle, places(frame, "head_top")[0])
        # The picture is looked at 1000 pixels high; drawn it is 1600.
        assert eyes == pytest.approx([620 / 1.6, 640 / 1.6], abs=NEAR)
        assert np.linalg.norm(np.subtract(eyes, crown)) == pytest.approx(380 / 1.6, abs=NEAR)

    def test_a_head_that_leaves_the_picture_is_told(self, networks: Networks, notice: Specification) -> None:
        data = photo_files.encoded(photo_files.moved(0, -100)(photo_files.portrait())[:500])
        drawn, refused = over(data, networks, notice)
        assert drawn.frame is None
        assert refused is not None
        assert [reason.code for reason in refused.reasons] == ["head_cut"]

    def test_a_tight_picture_is_framed_beyond_its_edges(self, networks: Networks, notice: Specification) -> None:
        tight = photo_files.portrait().pixels[40:560, 80:400]
        drawn, refused = over(photo_files.encoded(np.ascontiguousarray(tight)), networks, notice)
        assert (refused, framed(drawn).is_beyond) == (None, True)

    def test_a_specification_without_the_limits_frames_nothing(self, networks: Networks, notice: Specification) -> None:
        checks = notice.checks.model_copy(update={"head_top": None})
        drawn, refused = over(telephones(0.0), networks, notice.model_copy(update={"checks": checks}))
        assert (drawn.frame, refused) == (None, None)


def telephones(roll: float) -> bytes:
    """1200 × 1600, with room around the person."""
    sitter = replace(
        photo_files.person(2),
        width=1200,
        height=1600,
        middle=620.0,
        eye_line=640.0,
        crown=260.0,
        face_width=460.0,
        roll=roll,
    )
    return photo_files.encoded(draw(sitter).pixels)


def placed(frame: Frame, x: float, y: float) -> list[float]:
    """A point of the frame in the picture, as SVG's matrix() places it."""
    a, b, c, d, e, f = frame.matrix
    return [a * x + c * y + e, b * x + d * y + f]
