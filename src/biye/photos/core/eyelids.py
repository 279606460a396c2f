"""眼睑: how far each eye is open, read by a network of its own; the mesh does not see shut eyes."""

from math import atan2, hypot

import numpy as np

from biye.photos.core.mesh import Mesh
from biye.photos.core.networks import Networks, answers
from biye.photos.core.windows import Pixels, Points, Window, blob

_SIZE = 64
_ROOM = 2.3
_CORNERS = (0, 8)
_LOWER, _UPPER = (3, 4, 5), (11, 12, 13)


def openings(networks: Networks, picture: Pixels, mesh: Mesh) -> tuple[float, float]:
    """The gap between the lids over the eye's width, for the picture's left and right eye."""
    left, right = mesh.eye_corners
    return _opening(networks, picture, left, mirrored=False), _opening(networks, picture, right, mirrored=True)


def _opening(networks: Networks, picture: Pixels, corners: Points, *, mirrored: bool) -> float:
    (start_x, start_y), (end_x, end_y) = corners
    window = Window(
        float(start_x + end_x) / 2,
        float(start_y + end_y) / 2,
        hypot(end_x - start_x, end_y - start_y) * _ROOM,
        atan2(end_y - start_y, end_x - start_x),
    )
    contour, _ = answers(networks.eyelids, blob(window.cut(picture, _SIZE, mirrored=mirrored)))
    points = contour.reshape(-1, 3)[:, :2]
    width = hypot(*(points[_CORNERS[1]] - points[_CORNERS[0]]))
    gaps = points[list(_LOWER), 1] - points[list(_UPPER), 1]
    return float(np.mean(gaps) / max(width, 1e-6))
