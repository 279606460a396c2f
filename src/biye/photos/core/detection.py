"""人脸检测: where faces are, by three detectors that miss different ones.

The near one misses small faces, so the far one, which misses a face that fills the frame, is asked where the near one
sees nothing; the third sees bystanders best.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from biye.photos.core.networks import Networks, Numbers, answers, sigmoid
from biye.photos.core.windows import Pixels, Points, blob

_NEAR, _FAR, _CROWD = 128, 192, 320
_LEAST_SCORE = 0.5
_LEAST_CROWD_SCORE = 0.7
_SAME_FACE = 0.3
_PLAINLY_A_FACE = 0.8
# Upside down both detectors are much less sure than this (0.58 to 0.73 and 0.59 to 0.76 of drawn faces).
_SURELY_UPRIGHT = {"anchored": 0.85, "crowd": 0.88}


@dataclass(frozen=True, slots=True)
class Sighting:
    """检出: a box and the eyes' middles (left eye of the picture first), in picture pixels."""

    left: float
    top: float
    right: float
    bottom: float
    eyes: Points
    score: float

    @property
    def side(self) -> float:
        return max(self.right - self.left, self.bottom - self.top)

    def overlap(self, other: "Sighting") -> float:
        """Shared area over the smaller of the two, so that a face inside a larger box is the same face."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across <= 0 or down <= 0:
            return 0.0
        return across * down / min(self.area, other.area)

    @property
    def area(self) -> float:
        return max((self.right - self.left) * (self.bottom - self.top), 1e-6)


def find(networks: Networks, picture: Pixels) -> tuple[tuple[Sighting, ...], bool]:
    """Every face that was seen, once each, the largest first; and whether the picture is upside down.

    It is where a face is seen more surely after half a turn: the mesh reads an upside-down face as an upright one.
    """
    crowd = _bystanders(networks.crowd, picture)
    is_crowd_sure = _surest(crowd) >= _SURELY_UPRIGHT["crowd"]
    seen: list[Sighting] = []
    is_upside_down = False
    for net, size in ((networks.near_faces, _NEAR), (networks.far_faces, _FAR)):
        now = _anchored(net, picture, size)
        seen += now
        here = _surest(now)
        if is_crowd_sure and here >= _SURELY_UPRIGHT["anchored"]:
            break
        there = _surest(_anchored(net, np.ascontiguousarray(picture[::-1, ::-1]), size))
        is_upside_down = there > max(here, _PLAINLY_A_FACE)
        if max(here, there) >= _PLAINLY_A_FACE:
            break
    faces = _distinct([*seen, *crowd])
    return tuple(sorted(faces, key=lambda face: -face.side)), is_upside_down


def _surest(sightings: list[Sighting]) -> float:
    return max((sighting.score for sighting in sightings), default=0.0)


def _anchored(net: cv2.dnn.Net, picture: Pixels, size: int) -> list[Sighting]:
    framed, scale, across, down = _letterbox(picture, size)
    boxes, scores = answers(net, blob(framed, -1.0))
    score = sigmoid(scores.reshape(-1))
    kept = score >= _LEAST_SCORE
    anchors = _ANCHORS[size][kept]
    values = np.asarray(boxes.reshape(-1, 16)[kept] / size, np.float32)
    margin = np.array([across, down], np.float32)

    def placed(points: Numbers) -> Numbers:
        return np.asarray((points * size - margin) / scale, np.float32)

    middle, half = values[:, :2] + anchors, values[:, 2:4] * np.float32(0.5)
    first, last = placed(middle - half), placed(middle + half)
    eyes = placed(values[:, 4:8].reshape(-1, 2, 2) + anchors[:, np.newaxis])
    found = []
    for box, pair, sure in zip(np.hstack([first, last]), eyes, score[kept], strict=True):
        left, top, right, bottom = map(float, box)
        found.append(Sighting(left, top, right, bottom, pair, float(sure)))
    return found


def _bystanders(detector: cv2.FaceDetectorYN, picture: Pixels) -> list[Sighting]:
    framed, scale, across, down = _letterbox(picture, _CROWD)
    # This one takes any size; of the square only the strip that holds the picture is looked at.
    width, height = _strip(picture.shape[1] * scale), _strip(picture.shape[0] * scale)
    left, top = (_CROWD - width) // 2, (_CROWD - height) // 2
    framed, across, down = framed[top : top + height, left : left + width], across - left, down - top
    detector.setInputSize((width, height))
    detector.setScoreThreshold(_LEAST_CROWD_SCORE)
    # The stubs do not say that there is nothing where there is no face.
    rows: Any = detector.detect(np.ascontiguousarray(framed[:, :, ::-1]))[1]
    found = []
    for row in [] if rows is None else rows:
        points = (row[:14].reshape(7, 2) - np.array([[across, down], [0, 0], *[[across, down]] * 5])) / scale
        (left, top), (width, height) = points[0], points[1]
        eyes = np.asarray(points[2:4], np.float32)
        found.append(Sighting(float(left), float(top), float(left + width), float(top + height), eyes, float(row[14])))
    return found


def _strip(side: float) -> int:
    """The detector's own step is 32 pixels."""
    return min(-(-round(side) // 32) * 32, _CROWD)


def _distinct(seen: list[Sighting]) -> list[Sighting]:
    kept: list[Sighting] = []
    for face in sorted(seen, key=lambda face: -face.score):
        if all(face.overlap(other) < _SAME_FACE for other in kept):
            kept.append(face)
    return kept


def _letterbox(picture: Pixels, size: int) -> tuple[Pixels, float, int, int]:
    """The whole picture in a black square; its scale, and where its corner came to lie."""
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    small = cv2.resize(
        picture,
        (max(round(width * scale), 1), max(round(height * scale), 1)),
        interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
    )
    framed = np.zeros((size, size, 3), np.uint8)
    across, down = (size - small.shape[1]) // 2, (size - small.shape[0]) // 2
    framed[down : down + small.shape[0], across : across + small.shape[1]] = small
    return framed, scale, across, down


def _anchors(size: int, cells: tuple[tuple[int, int], ...]) -> Numbers:
    """Anchor points: for each grid of so many cells a side, so many anchors a cell."""
    points = []
    for side, each in cells:
        row, column = np.divmod(np.arange(side * side), side)
        points.append(np.repeat(np.stack([column + 0.5, row + 0.5], axis=1) / side, each, axis=0))
    return np.concatenate(points).astype(np.float32)


_ANCHORS = {_NEAR: _anchors(_NEAR, ((16, 2), (8, 6))), _FAR: _anchors(_FAR, ((48, 1),))}
