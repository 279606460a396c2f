"""抠像: how much of each pixel is the person, from a network that sees 256 × 256 and a filter that follows the edges."""

from collections.abc import Callable

import cv2
import numpy as np

from biye.photos.core.mesh import Mesh
from biye.photos.core.networks import Networks, answers
from biye.photos.core.windows import Pixels, Plane, Window, blob

_SIZE = 256
# Head and shoulders in a square of this many face widths, the eyes this far down, is what the network does best.
_FACE_WIDTHS = 3.4
_EYES_DOWN = 0.42
# How far that reaches to each side of the eyes and below them, in face widths.
ASIDE, BELOW = _FACE_WIDTHS / 2, _FACE_WIDTHS * (1 - _EYES_DOWN)
_BYTE = np.float32(1 / 255)


def person(networks: Networks, picture: Pixels, mesh: Mesh | None, *, whole: bool = True) -> Plane:
    """Shares of person, 0 to 1: from a window around the head, and where that does not reach, from the whole picture.

    Not `whole`: nobody is looked for where the window does not reach.
    """
    height, width = picture.shape[:2]
    if mesh is None:
        return _whole(networks, picture)
    window = _head_and_shoulders(mesh)
    seen = _look(networks, picture, window)
    laid = window.spread(seen, (height, width))
    half = window.side / 2
    if not whole:
        return laid
    if window.x - half <= 0 and window.x + half >= width and window.y - half <= 0 and window.y + half >= height:
        return laid
    reach = window.spread(np.ones((_SIZE, _SIZE), np.float32), (height, width))
    return laid + (1.0 - reach) * _whole(networks, picture)


def refine(picture: Pixels, coarse: Plane, *, radius: int = 8, tightness: float = 1e-4) -> Plane:
    """细化: a colour guided filter; the coarse edge moves to where the picture's own edge is.

    Slopes vary slowly, so they are found at half size and laid over the full picture: a quarter of the work.
    """
    height, width = coarse.shape
    half = (max(width // 2, 1), max(height // 2, 1))
    shrunk = cv2.resize(picture, half, interpolation=cv2.INTER_AREA)
    guide = [np.asarray(plane, np.float32) * _BYTE for plane in cv2.split(shrunk)]
    small = np.asarray(cv2.resize(coarse, half, interpolation=cv2.INTER_AREA), np.float32)
    size = (radius + 1, radius + 1)

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, size, borderType=cv2.BORDER_REFLECT), np.float32)

    middles, small_mean = [mean(plane) for plane in guide], mean(small)
    slopes = _solve(guide, middles, small, small_mean, tightness, mean)
    offset = small_mean - sum(slope * middle for slope, middle in zip(slopes, middles, strict=True))

    def laid(plane: Plane) -> Plane:
        return np.asarray(cv2.resize(mean(plane), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)

    refined = laid(np.asarray(offset, np.float32))
    for slope, colours in zip(slopes, cv2.split(picture), strict=True):
        refined += cv2.multiply(laid(slope), colours, scale=float(_BYTE), dtype=cv2.CV_32F)
    # What is nearly all or nearly nothing becomes so; hair keeps its half-tones.
    refined -= np.float32(0.12)
    refined *= np.float32(1 / (0.88 - 0.12))
    return np.asarray(np.clip(refined, 0.0, 1.0, out=refined), np.float32)


def _solve(
    guide: list[Plane],
    middles: list[Plane],
    small: Plane,
    small_mean: Plane,
    tightness: float,
    mean: Callable[[Plane], Plane],
) -> list[Plane]:
    """For each pixel the 3 × 3 system (covariance of the colours + tightness) · slope = covariance with the matte."""

    def covariance(i: int, j: int) -> Plane:
        return mean(guide[i] * guide[j]) - middles[i] * middles[j]

    rr, gg, bb = (covariance(i, i) + np.float32(tightness) for i in range(3))
    rg, rb, gb = covariance(0, 1), covariance(0, 2), covariance(1, 2)
    # The inverse of a symmetric 3 × 3 matrix, written out: a general solver is ten times slower here.
    a, b, c = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    d, e, f = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    scale = 1 / (rr * a + rg * b + rb * c)
    x, y, z = (
        (mean(plane * small) - middle * small_mean) * scale for plane, middle in zip(guide, middles, strict=True)
    )
    return [a * x + b * y + c * z, b * x + d * y + e * z, c * x + e * y + f * z]


def _head_and_shoulders(mesh: Mesh) -> Window:
    x, y = mesh.eye_middle
    side = _FACE_WIDTHS * mesh.width
    return Window(x, y + (0.5 - _EYES_DOWN) * side, side)


def _whole(networks: Networks, picture: Pixels) -> Plane:
    height, width = picture.shape[:2]
    window = Window(width / 2, height / 2, max(height, width))
    return window.spread(_look(networks, picture, window), (height, width))


def _look(networks: Networks, picture: Pixels, window: Window) -> Plane:
    (output,) = answers(networks.person, blob(window.cut(picture, _SIZE)))
    return np.asarray(output.reshape(_SIZE, _SIZE), np.float32)
