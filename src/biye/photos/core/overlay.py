"""标线图: what is drawn over a photo: where the limits are, and where head, eyes, cheeks and middle were found.

On a photo of the finished size the frame is the photo itself; over any other picture it is the best framing that the
picture allows, so that whoever took it sees at once whether a photo can be made of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from biye.foundation.errors import Refused
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import Limit, Measured
from biye.photos.core.checks.pixel_size import PixelSize
from biye.photos.core.measuring import Face
from biye.photos.core.specification import Specification
from biye.photos.core.standard.plan import Plan, plan

_IN_FRAME = ("head_top", "eye_line", "face_width", "centred")
_STRAIGHT = ("across", "down")
_CHEEKS = (0.47, 0.6)


@dataclass(frozen=True, slots=True)
class Zone:
    """允许范围: the strip of the frame, in its pixels, in which a line should lie."""

    check: str
    kind: str  # across, down
    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Mark:
    """标线: across at a height of the frame, or down at a distance from its left; in the frame's pixels."""

    check: str
    kind: str
    place: float
    answer: Answer


@dataclass(frozen=True, slots=True)
class Frame:
    """取景框: a finished photo's pixels, and the way from them to the picture's, as the six numbers of an SVG matrix."""

    width: int
    height: int
    matrix: tuple[float, ...]
    zones: tuple[Zone, ...]
    marks: tuple[Mark, ...]
    is_suggested: bool
    is_beyond: bool = False

    @property
    def transform(self) -> str:
        """The way to the picture as an SVG group writes it."""
        return f"matrix({' '.join(map(str, self.matrix))})"

    @property
    def middle(self) -> float:
        return self.width / 2

    @property
    def cheeks_tall(self) -> float:
        return self.cheeks[1] - self.cheeks[0]

    @property
    def cheeks(self) -> tuple[float, float]:
        """Between which heights the limits of the face's width are drawn."""
        return round(_CHEEKS[0] * self.height, 1), round(_CHEEKS[1] * self.height, 1)


@dataclass(frozen=True, slots=True)
class Trace:
    """其他标记: a box, a slanting line or a spot, in the picture's pixels."""

    check: str
    kind: str  # box, slant, spot
    at: tuple[float, ...]
    answer: Answer

    @property
    def box(self) -> tuple[float, ...]:
        """Left, top, width, height."""
        left, top, right, bottom = self.at
        return left, top, right - left, bottom - top


@dataclass(frozen=True, slots=True)
class Overlay:
    """标线图 of a picture of this size."""

    width: int
    height: int
    frame: Frame | None
    traces: tuple[Trace, ...]

    @property
    def spot(self) -> int:
        """How large a spot is drawn."""
        return self.width // 12


def of_finished(findings: Iterable[Finding], specification: Specification) -> Overlay | None:
    """Over a photo that has the finished size; None where the specification names none or nothing was measured."""
    size = specification.limits.get("pixel_size")
    found = {finding.check: finding for finding in findings}
    if not isinstance(size, PixelSize) or not any(name in found and found[name].lines for name in _IN_FRAME):
        return None
    places = {"across": size.height, "down": size.width}
    marks = [
        Mark(name, line.kind, round(line.at[0] * places[line.kind], 1), found[name].answer)
        for name in _IN_FRAME
        if name in found
        for line in found[name].lines
        if line.kind in _STRAIGHT
    ]
    same = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    zones = _zones(specification.limits, size)
    frame = Frame(size.width, size.height, same, zones, tuple(marks), is_suggested=False)
    return Overlay(size.width, size.height, frame, _traces(found.values(), size.width, size.height))


def of_other(
    face: Face, findings: Iterable[Finding], specification: Specification, sharper: float
) -> tuple[Overlay, Refused | None]:
    """Over a picture that is still to be cut; and why no framing does, where none does."""
    traces = _traces(findings, face.width, face.height)
    if not {"pixel_size", *_IN_FRAME} <= specification.limits.keys():
        return Overlay(face.width, face.height, None, traces), None
    try:
        best, is_beyond = _best(face, specification, sharper)
    except Refused as refused:
        return Overlay(face.width, face.height, None, traces), refused
    size = cast("PixelSize", specification.limits["pixel_size"])
    middle, half = best.width / 2, best.face_width / 2
    marks = tuple(
        Mark(check, kind, round(place, 1), Answer.PASS)
        for check, kind, place in (
            ("head_top", "across", best.head_top),
            ("eye_line", "across", best.eye_line),
            ("face_width", "down", middle - half),
            ("face_width", "down", middle + half),
        )
    )
    zones = _zones(specification.limits, size)
    frame = Frame(best.width, best.height, _back(best), zones, marks, is_suggested=True, is_beyond=is_beyond)
    return Overlay(face.width, face.height, frame, traces), None


def _best(face: Face, specification: Specification, sharper: float) -> tuple[Plan, bool]:
    """The best framing that the picture covers, or the best there is and True where it reaches beyond."""
    try:
        return plan(face, specification, sharper=sharper, inside=True), False
    except Refused:
        return plan(face, specification, sharper=sharper), True


def _back(best: Plan) -> tuple[float, ...]:
    """From the frame to the picture, column by column as SVG writes a matrix."""
    inverse: npt.NDArray[np.float64] = np.asarray(cv2.invertAffineTransform(best.matrix))
    return tuple(round(float(number), 5) for number in inverse.T.reshape(-1))


def _zones(limits: Mapping[str, Limit], size: PixelSize) -> tuple[Zone, ...]:
    zones = [
        Zone(name, "across", *_ends(limits[name]))
        for name in ("head_top", "eye_line")
        if name in limits and _is_closed(limits[name])
    ]
    if "face_width" in limits and _is_closed(limits["face_width"]):
        near, far = (end / 2 for end in _ends(limits["face_width"]))
        middle = size.width / 2
        zones += [
            Zone("face_width", "down", middle - far, middle - near),
            Zone("face_width", "down", middle + near, middle + far),
        ]
    return tuple(zones)


def _is_closed(limit: Limit) -> bool:
    return isinstance(limit, Measured) and limit.band.low is not None and limit.band.high is not None


def _ends(limit: Limit) -> tuple[float, float]:
    band = cast("Measured", limit).band
    return (band.low or 0) / THOUSANDTHS, (band.high or 0) / THOUSANDTHS


def _traces(findings: Iterable[Finding], width: int, height: int) -> tuple[Trace, ...]:
    """Boxes around what should not be there; spots and slanting lines only where they are not in order."""
    return tuple(
        Trace(
            finding.check,
            line.kind,
            tuple(round(share * (width, height)[place % 2], 1) for place, share in enumerate(line.at)),
            finding.answer,
        )
        for finding in findings
        if finding.answer in (Answer.FAIL, Answer.REVIEW)
        for line in finding.lines
        if line.kind not in _STRAIGHT
    )
