"""面部网格: 468 points of one face, found in two passes, and what is read off them in picture pixels.

The second pass looks through a window laid by the first one's points, which is steadier than the detector's box.
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot

import numpy as np

from biye.photos.core.detection import Sighting
from biye.photos.core.networks import Networks, answers, sigmoid
from biye.photos.core.windows import Pixels, Points, Window, blob

_SIZE = 192
_ROOM = 1.5
_LEFT_EYE, _RIGHT_EYE = (33, 133), (362, 263)  # corners; left and right as the picture shows them
_CHEEKS = (234, 454)
_LIPS, _MOUTH_CORNERS = (13, 14), (61, 291)
_CHIN = 152
_OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
# The mesh's cheek points lie inside the outline people draw: annotated width over mesh width, on 43 faces.
_WIDTH_CORRECTION = 1.05


@dataclass(frozen=True, slots=True)
class Mesh:
    """面部网格: the points and how sure the network is that there is a face at all."""

    points: Points
    score: float

    @property
    def eyes(self) -> Points:
        """The middles of both eyes, the picture's left one first."""
        return np.stack([self.points[list(corners), :2].mean(axis=0) for corners in (_LEFT_EYE, _RIGHT_EYE)])

    @property
    def eye_corners(self) -> tuple[Points, Points]:
        """Both corners of each eye."""
        return self.points[list(_LEFT_EYE), :2], self.points[list(_RIGHT_EYE), :2]

    @property
    def eye_middle(self) -> tuple[float, float]:
        x, y = self.eyes.mean(axis=0)
        return float(x), float(y)

    @property
    def width(self) -> float:
        """脸部宽度 between the cheeks, corrected to the outline that people draw."""
        return _distance(*self.points[list(_CHEEKS), :2]) * _WIDTH_CORRECTION

    @property
    def middle(self) -> float:
        """Half way between the cheeks, across the picture."""
        return float(self.points[list(_CHEEKS), 0].mean())

    @property
    def chin(self) -> tuple[float, float]:
        x, y = self.points[_CHIN, :2]
        return float(x), float(y)

    @property
    def roll(self) -> float:
        """歪头: degrees by which the eye line leans, clockwise."""
        (left_x, left_y), (right_x, right_y) = self.eyes
        return degrees(atan2(right_y - left_y, right_x - left_x))

    @property
    def yaw(self) -> float:
        """转头: degrees by which the face turns to the picture's right."""
        left, right = self.points[list(_CHEEKS)]
        return degrees(atan2(right[2] - left[2], hypot(*(right - left)[:2])))

    @property
    def mouth_gap(self) -> float:
        """张嘴: the gap between the lips over the mouth's width."""
        return _distance(*self.points[list(_LIPS), :2]) / max(_distance(*self.points[list(_MOUTH_CORNERS), :2]), 1e-6)

    @property
    def mouth_corners(self) -> Points:
        return self.points[list(_MOUTH_CORNERS), :2]

    @property
    def nose_tip(self) -> Points:
        return self.points[1, :2]

    @property
    def oval(self) -> Points:
        """The face's outline."""
        return self.points[list(_OVAL), :2]

    @property
    def is_upright(self) -> bool:
        """Is the chin below the eyes? An upside-down face is otherwise read as an upright one."""
        return self.chin[1] > self.eye_middle[1] and abs(self.roll) < 60


def lay(networks: Networks, picture: Pixels, sighting: Sighting) -> Mesh:
    """The mesh of a face that was sighted."""
    left, right = sighting.eyes
    window = Window(
        (sighting.left + sighting.right) / 2,
        (sighting.top + sighting.bottom) / 2,
        sighting.side * _ROOM,
        atan2(right[1] - left[1], right[0] - left[0]),
    )
    first = _look(networks, picture, window)
    return _look(networks, picture, _around(first))


def _look(networks: Networks, picture: Pixels, window: Window) -> Mesh:
    points, score = answers(networks.mesh, blob(window.cut(picture, _SIZE)))
    return Mesh(window.back(points.reshape(-1, 3), _SIZE), float(sigmoid(score.reshape(-1))[0]))


def _around(mesh: Mesh) -> Window:
    (left_x, left_y), (right_x, right_y) = mesh.eyes
    angle = atan2(right_y - left_y, right_x - left_x)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    level = mesh.points[:, :2] @ turn
    low, high = level.min(axis=0), level.max(axis=0)
    x, y = (low + high) / 2 @ turn.T
    return Window(float(x), float(y), float((high - low).max()) * _ROOM, angle)


def _distance(one: Points, other: Points) -> float:
    return float(hypot(*(other - one)[:2]))
