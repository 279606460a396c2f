"""合成: the person cut from the old background and set on the new one, without the old one's colour at the edges."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from biye.foundation.errors import Reason, Refused
from biye.photos.core.matte import refine
from biye.photos.core.measuring import Seen
from biye.photos.core.standard.plan import Plan
from biye.photos.core.windows import Pixels, Plane

_RIM = 12 / 640
_MOST_MISSING = 0.005
_MOST_UNSURE = 0.004
_LEAST_ISLAND, _MOST_ISLANDS = 30, 3
_FAR, _NEAR, _COARSE = 90, 6, 4
_NONE = 1e-5


class BodyCut(Refused):
    """The picture ends before the person does; a closer framing may still do without."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """抠出的人像, framed: pixels, and the person's share of each."""

    pixels: Pixels
    person: Plane


def frame(pixels: Pixels, seen: Seen, plan: Plan) -> Cutout:
    """Source pixels (of any resolution) and matte as the plan lays them.

    Refused: body_cut where the picture ends before the person does, not_separable where the edge is not sure.
    """
    size = (plan.width, plan.height)
    sharper = pixels.shape[1] / seen.width
    framed = _warp(pixels, plan.matrix @ np.diag([1 / sharper, 1 / sharper, 1]), size, cv2.BORDER_REPLICATE)
    coarse = _warp(seen.person, plan.matrix, size, cv2.BORDER_REPLICATE, cv2.INTER_LINEAR)
    covered = _warp(np.ones(seen.person.shape, np.uint8), plan.matrix, size, cv2.BORDER_CONSTANT, cv2.INTER_NEAREST)
    _refuse_cut_body(coarse, covered)
    person = refine(np.asarray(framed, np.uint8), coarse)
    _refuse_unsure(person)
    return Cutout(np.asarray(framed, np.uint8), person)


def on_background(cutout: Cutout, colour: tuple[int, int, int]) -> Pixels:
    """The person before an even background."""
    share = cutout.person
    whole: Pixels = np.full(cutout.pixels.shape, colour, np.uint8)
    cv2.copyTo(cutout.pixels, (share >= 1).view(np.uint8), whole)
    rim = (share > 0) & (share < 1)
    at_rim = share[rim][:, np.newaxis]
    mixed = _own_colours(cutout, rim)[rim] * at_rim + np.asarray(colour, np.float32) * (1.0 - at_rim)
    whole[rim] = np.clip(mixed + 0.5, 0, 255)
    return whole


def _warp(
    image: npt.NDArray[Any],
    matrix: npt.NDArray[np.float64],
    size: tuple[int, int],
    border: int,
    how: int = cv2.INTER_CUBIC,
) -> npt.NDArray[Any]:
    scale = float(np.hypot(*matrix[:, 0]))
    shrink = 1
    while scale * shrink * 2 <= 1:
        shrink *= 2
    if shrink > 1:
        # A warp samples four pixels only, so a large picture is shrunk by areas first.
        small = (max(image.shape[1] // shrink, 1), max(image.shape[0] // shrink, 1))
        image = np.asarray(cv2.resize(image, small, interpolation=cv2.INTER_AREA))
        matrix = matrix @ np.diag([shrink, shrink, 1])
    centred = matrix.copy()
    centred[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    return np.asarray(cv2.warpAffine(image, centred, size, flags=how, borderMode=border), image.dtype)


def _refuse_cut_body(person: Plane, covered: Pixels) -> None:
    """The matte's edge is repeated beyond the picture, so what is person there is what the picture lacks."""
    missing = (person > 0.5) & (covered == 0)
    if missing.sum() <= _MOST_MISSING * (person > 0.5).sum():
        return
    height, width = missing.shape
    rows, columns = np.nonzero(missing)
    distances = {"上": rows.mean(), "下": height - rows.mean(), "左": columns.mean(), "右": width - columns.mean()}
    raise BodyCut(Reason("body_cut", {"side": min(distances, key=lambda side: distances[side])}))


def _refuse_unsure(person: Plane) -> None:
    """Half-tones belong to a narrow rim; elsewhere, and as islands, they say that nobody knows what is person."""
    inside = (person > 0.5).astype(np.uint8)
    rim = _RIM * len(person)
    far = (cv2.distanceTransform(inside, cv2.DIST_L2, 3) > rim) | (
        cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3) > rim
    )
    unsure = ((person > 0.1) & (person < 0.9) & far).mean()
    count, _, boxes, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    islands = sum(1 for label in range(1, count) if boxes[label, cv2.CC_STAT_AREA] >= _LEAST_ISLAND) - 1
    if unsure > _MOST_UNSURE or islands > _MOST_ISLANDS:
        raise Refused(Reason("not_separable", {"unsure": f"{unsure * 100:.1f}"}))


def _own_colours(cutout: Cutout, rim: npt.NDArray[np.bool_]) -> Plane:
    """The person's own colour in pixels that are half background (`rim`): neighbours' colours, then what the pixel adds.

    First from far around, seen coarsely, then from near by; elsewhere the picture's own colours stay.
    """
    picture, share = cutout.pixels.astype(np.float32), cutout.person
    height, width = share.shape
    coarse = (max(width // _COARSE, 1), max(height // _COARSE, 1))
    small = np.asarray(cv2.resize(picture, coarse, interpolation=cv2.INTER_AREA), np.float32)
    small_share = np.asarray(cv2.resize(share, coarse, interpolation=cv2.INTER_AREA), np.float32)
    person, behind = _sums(small, small, small_share, _FAR // _COARSE)
    near = cv2.blur(small_share, (2 * (_FAR // _COARSE) + 1,) * 2)[..., np.newaxis]
    far_person, far_behind = person / (near + _NONE), behind / (1 - near + _NONE)
    laid = [
        np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
        for plane in (far_person, far_behind)
    ]
    own = picture.copy()
    own[rim] = _added(picture[rim], share[rim], laid[0][rim], laid[1][rim])
    person, behind = _sums(own, laid[1], share, _NEAR)
    near = cv2.blur(share, (2 * _NEAR + 1,) * 2)[rim][:, np.newaxis]
    own[rim] = _added(picture[rim], share[rim], person[rim] / (near + _NONE), behind[rim] / (1 - near + _NONE))
    return own


def _sums(own: Plane, behind: Plane, share: Plane, radius: int) -> tuple[Plane, Plane]:
    """Colours of the person and of what is behind around each pixel, as far as they are there."""
    size = (2 * radius + 1, 2 * radius + 1)
    shares = cv2.merge([share] * 3)
    return np.asarray(cv2.blur(own * shares, size)), np.asarray(cv2.blur(behind * (1 - shares), size))


def _added(picture: Plane, share: Plane, person: Plane, behind: Plane) -> Plane:
    """The person's mean colour, and of what the pixel has beyond the mixture its share."""
    part = share[:, np.newaxis]
    return np.asarray(np.clip(person + part * (picture - part * person - (1 - part) * behind), 0, 255), np.float32)
