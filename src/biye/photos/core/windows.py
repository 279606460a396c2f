"""取景窗: a square cut out of a picture, turned and shrunk to what a network wants to see, and the way back."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # height × width × red, green, blue
Plane = npt.NDArray[np.float32]  # height × width
Points = npt.NDArray[np.float32]  # n × (x, y) or n × (x, y, z)


@dataclass(frozen=True, slots=True)
class Window:
    """取景窗: centre and side in picture pixels; `angle` in radians, clockwise, of the window's own upper edge."""

    x: float
    y: float
    side: float
    angle: float = 0.0

    def matrix(self, size: int) -> npt.NDArray[np.float64]:
        """Picture pixels → window pixels, as an affine 2 × 3 matrix. Pixel centres lie at halves."""
        scale = size / self.side
        cos, sin = np.cos(self.angle) * scale, np.sin(self.angle) * scale
        return np.array(
            [
                [cos, sin, size / 2 - cos * self.x - sin * self.y],
                [-sin, cos, size / 2 + sin * self.x - cos * self.y],
            ]
        )

    def cut(self, picture: Pixels, size: int, *, mirrored: bool = False) -> Pixels:
        """The window's content, `size` pixels square; what lies outside the picture repeats its edge."""
        shrink = 1
        while self.side / (shrink * 2) >= size:
            shrink *= 2
        if shrink > 1:
            # A warp samples four pixels only, so a large picture is shrunk by areas first.
            height, width = picture.shape[:2]
            small = (max(width // shrink, 1), max(height // shrink, 1))
            picture = np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), np.uint8)
        across, down = self.matrix(size) @ np.diag([shrink, shrink, 1.0])
        centred = _to_corners(np.array([across, down]))
        patch = cv2.warpAffine(picture, centred, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.ascontiguousarray(patch[:, ::-1] if mirrored else patch, np.uint8)

    def back(self, points: Points, size: int) -> Points:
        """Points of the cut-out as points of the picture; a third coordinate is only scaled."""
        points = points.copy()
        inverse = cv2.invertAffineTransform(self.matrix(size))
        points[:, :2] = points[:, :2] @ inverse[:, :2].T + inverse[:, 2]
        points[:, 2:] *= self.side / size
        return points.astype(np.float32)

    def spread(self, plane: Plane, shape: tuple[int, int]) -> Plane:
        """A plane seen through the window, laid back over a picture of `shape`; nought where the window does not reach."""
        inverse = cv2.invertAffineTransform(_to_corners(self.matrix(plane.shape[0])))
        laid = cv2.warpAffine(plane, inverse, (shape[1], shape[0]), flags=cv2.INTER_LINEAR)
        return np.asarray(laid, np.float32)


def _to_corners(matrix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The same matrix for a library that counts pixel centres as whole numbers."""
    moved = matrix.copy()
    moved[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    return moved


def blob(patch: Pixels, least: float = 0.0) -> npt.NDArray[np.float32]:
    """A cut-out as a network's input: planes of numbers from `least` to 1."""
    scale = (1.0 - least) / 255.0
    return np.asarray(cv2.dnn.blobFromImage(patch, scale, mean=(-least / scale,) * 3), np.float32)
