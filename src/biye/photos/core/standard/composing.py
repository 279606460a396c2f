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
_FUSION = (90, 6)


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
    coarse = _warp(seen.person, plan.matrix, size, cv2.BORDER_REPLICATE)
    covered = _warp(np.ones(seen.person.shape, np.float32), plan.matrix, size, cv2.BORDER_CONSTANT)
    _refuse_cut_body(coarse, covered)
    person = refine(np.asarray(framed, np.uint8), coarse)
    _refuse_unsure(person)
    return Cutout(np.asarray(framed, np.uint8), person)


def on_background(cutout: Cutout, colour: tuple[int, int, int]) -> Pixels:
    """The person before an even background."""
    share = cutout.person[..., np.newaxis]
    whole = _own_colours(cutout) * share + np.asarray(colour, np.float32) * (1.0 - share)
    return np.asarray(np.clip(whole + 0.5, 0, 255), np.uint8)


def _warp(
    image: npt.NDArray[Any], matrix: npt.NDArray[np.float64], size: tuple[int, int], border: int
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
    return np.asarray(cv2.warpAffine(image, centred, size, flags=cv2.INTER_CUBIC, borderMode=border), image.dtype)


def _refuse_cut_body(person: Plane, covered: Plane) -> None:
    """The matte's edge is repeated beyond the picture, so what is person there is what the picture lacks."""
    missing = (person > 0.5) & (covered < 0.5)
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


def _own_colours(cutout: Cutout) -> Plane:
    """The person's own colour in pixels that are half background: neighbours' colours, then what the pixel itself adds."""
    picture = cutout.pixels.astype(np.float32)
    share = cutout.person[..., np.newaxis]
    own = behind = picture
    for radius in _FUSION:
        size = (2 * radius + 1, 2 * radius + 1)
        near = cv2.blur(share, size)[..., np.newaxis] + 1e-5
        own_near = cv2.blur(own * share, size) / near
        behind = cv2.blur(behind * (1 - share), size) / (1 - near + 2e-5)
        own = np.clip(own_near + share * (picture - share * own_near - (1 - share) * behind), 0, 255)
    return np.asarray(own, np.float32)
