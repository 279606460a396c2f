"""抠像: how much of each pixel is the person, from a network that sees 256 × 256 and a filter that follows the edges."""

import cv2
import numpy as np

from biye.photos.core.mesh import Mesh
from biye.photos.core.networks import Networks, answers
from biye.photos.core.windows import Pixels, Plane, Window, blob

_SIZE = 256
# Head and shoulders in a square of this many face widths, the eyes this far down, is what the network does best.
_FACE_WIDTHS = 3.4
_EYES_DOWN = 0.42


def person(networks: Networks, picture: Pixels, mesh: Mesh | None) -> Plane:
    """Shares of person, 0 to 1: from a window around the head, and where that does not reach, from the whole picture."""
    height, width = picture.shape[:2]
    if mesh is None:
        return _whole(networks, picture)
    window = _head_and_shoulders(mesh)
    seen = _look(networks, picture, window)
    laid = window.spread(seen, (height, width))
    half = window.side / 2
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
    full = picture.astype(np.float32) / 255.0
    guide = np.asarray(cv2.resize(full, half, interpolation=cv2.INTER_AREA), np.float32)
    small = np.asarray(cv2.resize(coarse, half, interpolation=cv2.INTER_AREA), np.float32)
    size = (radius + 1, radius + 1)

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, size, borderType=cv2.BORDER_REFLECT), np.float32)

    guide_mean, small_mean = mean(guide), mean(small)
    together = mean(guide * small[..., np.newaxis]) - guide_mean * small_mean[..., np.newaxis]
    slope = _solve(guide, guide_mean, together, tightness, size)
    offset = np.asarray(small_mean - np.einsum("hwc,hwc->hw", slope, guide_mean), np.float32)
    rule = cv2.merge([*cv2.split(mean(slope)), mean(offset)])
    laid = cv2.resize(rule, (width, height), interpolation=cv2.INTER_LINEAR)
    refined = np.einsum("hwc,hwc->hw", laid[..., :3], full) + laid[..., 3]
    # What is nearly all or nearly nothing becomes so; hair keeps its half-tones.
    return np.asarray(np.clip((refined - 0.12) / (0.88 - 0.12), 0.0, 1.0), np.float32)


def _solve(guide: Plane, guide_mean: Plane, together: Plane, tightness: float, size: tuple[int, int]) -> Plane:
    """For each pixel the 3 × 3 system (covariance of the colours + tightness) · slope = covariance with the matte."""

    def covariance(one: int, other: int) -> Plane:
        product = cv2.blur(guide[..., one] * guide[..., other], size, borderType=cv2.BORDER_REFLECT)
        return np.asarray(product - guide_mean[..., one] * guide_mean[..., other], np.float32)

    rr, gg, bb = (covariance(i, i) + tightness for i in range(3))
    rg, rb, gb = covariance(0, 1), covariance(0, 2), covariance(1, 2)
    # The inverse of a symmetric 3 × 3 matrix, written out: a general solver is ten times slower here.
    a, b, c = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    d, e, f = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    determinant = rr * a + rg * b + rb * c
    x, y, z = (together[..., i] for i in range(3))
    slope = np.stack([a * x + b * y + c * z, b * x + d * y + e * z, c * x + e * y + f * z], axis=2)
    return np.asarray(slope / determinant[..., np.newaxis], np.float32)


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
