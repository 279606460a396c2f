"""画布: shapes with soft edges, painted and toned; everything is measured in face widths from between the eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, radians, sin

import cv2
import numpy as np
import numpy.typing as npt

from biye.photos.core.windows import Pixels, Plane

Shape = Sequence[tuple[float, float]]
Colour = tuple[float, float, float]
# Drawn this much larger and shrunk at the end, so that edges fall between pixels.
FINE = 2
_CURVE_STEPS = 16
_SUBPIXELS = 4


@dataclass(frozen=True, slots=True)
class Patch:
    """色块: how much of each pixel of a box is covered."""

    left: int
    top: int
    cover: Plane

    @property
    def rows(self) -> slice:
        return slice(self.top, self.top + self.cover.shape[0])

    @property
    def columns(self) -> slice:
        return slice(self.left, self.left + self.cover.shape[1])

    def within(self, plane: Plane) -> "Patch":
        """Only where `plane`, over the whole canvas, is covered too."""
        return Patch(self.left, self.top, self.cover * plane[self.rows, self.columns])


class Canvas:
    """画布: `person` collects what belongs to the sitter."""

    def __init__(
        self, size: tuple[int, int], origin: tuple[float, float], unit: float, roll: float, background: Colour
    ) -> None:
        self.width, self.height = size[0] * FINE, size[1] * FINE
        self.origin, self.unit, self.roll = origin, unit, roll
        self.colours: Plane = np.empty((self.height, self.width, 3), np.float32)
        self.colours[:] = background
        self.person: Plane = np.zeros((self.height, self.width), np.float32)

    def patch(self, shape: Shape, soft: float = 0.0, *, curved: bool = True, turns: bool = True) -> Patch:
        """A closed shape; `soft` is the width of its edge, `turns` says whether it leans with the head."""
        points = self._placed(_curve(shape) if curved else np.array(shape), turns=turns)
        sigma = soft * self.unit * FINE
        margin = ceil(3 * sigma) + 2
        low = np.clip(np.floor(points.min(axis=0)).astype(int) - margin, 0, [self.width - 1, self.height - 1])
        high = np.clip(np.ceil(points.max(axis=0)).astype(int) + margin, low + 1, [self.width, self.height])
        cover = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
        fine = np.round((points - low) * 2**_SUBPIXELS).astype(np.int32)
        cv2.fillPoly(cover, [fine], 255, cv2.LINE_AA, _SUBPIXELS)
        return Patch(int(low[0]), int(low[1]), _softened(cover.astype(np.float32) / 255.0, sigma))

    def whole(self, patch: Patch) -> Plane:
        """A patch as a plane over the whole canvas."""
        plane: Plane = np.zeros((self.height, self.width), np.float32)
        plane[patch.rows, patch.columns] = patch.cover
        return plane

    def paint(self, patch: Patch, colour: Colour, *, person: bool = False, strength: float = 1.0) -> None:
        """Cover with a colour."""
        cover = (patch.cover * strength)[..., np.newaxis]
        here = self.colours[patch.rows, patch.columns]
        here += (np.asarray(colour, np.float32) - here) * cover
        if person:
            known = self.person[patch.rows, patch.columns]
            np.maximum(known, patch.cover, out=known)

    def tone(self, patch: Patch, factors: Colour) -> None:
        """Make lighter or darker, each colour by its factor."""
        change = 1.0 + (np.asarray(factors, np.float32) - 1.0) * patch.cover[..., np.newaxis]
        self.colours[patch.rows, patch.columns] *= change

    def finished(self, grain: npt.NDArray[np.float32]) -> tuple[Pixels, Plane]:
        """The picture and the person in it, at their own size; `grain` is added where the person is."""
        size = (self.width // FINE, self.height // FINE)
        colours = np.asarray(cv2.resize(self.colours, size, interpolation=cv2.INTER_AREA), np.float32)
        person = np.asarray(cv2.resize(self.person, size, interpolation=cv2.INTER_AREA), np.float32)
        colours += (grain * person)[..., np.newaxis]
        return np.clip(colours + 0.5, 0, 255).astype(np.uint8), person

    def _placed(self, points: npt.NDArray[np.float64], *, turns: bool) -> npt.NDArray[np.float64]:
        if turns and self.roll:
            lean = radians(self.roll)
            points = points @ np.array([[cos(lean), sin(lean)], [-sin(lean), cos(lean)]])
        return np.asarray((points * self.unit + self.origin) * FINE)


def ellipse(x: float, y: float, across: float, down: float, lean: float = 0.0) -> Shape:
    """Twelve points of an ellipse about a middle."""
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    dx, dy = across * np.cos(angles), down * np.sin(angles)
    turned, raised = cos(radians(lean)), sin(radians(lean))
    points = np.stack([x + dx * turned - dy * raised, y + dx * raised + dy * turned], axis=1)
    return [(float(px), float(py)) for px, py in points]


def mirrored(shape: Shape, side: int) -> Shape:
    """The shape, or for side −1 its mirror image."""
    return [(side * x, y) for x, y in shape]


def _curve(shape: Shape) -> npt.NDArray[np.float64]:
    """A smooth closed line through the points."""
    here = np.asarray(shape, float)
    before, after, beyond = np.roll(here, 1, 0), np.roll(here, -1, 0), np.roll(here, -2, 0)
    t = np.linspace(0, 1, _CURVE_STEPS, endpoint=False)[np.newaxis, :, np.newaxis]
    p, q, r, s = (points[:, np.newaxis] for points in (before, here, after, beyond))
    line = q + 0.5 * t * ((r - p) + t * ((2 * p - 5 * q + 4 * r - s) + t * (3 * (q - r) + s - p)))
    return np.asarray(line.reshape(-1, 2))


def _softened(cover: Plane, sigma: float) -> Plane:
    """Wide softness is made small and laid large: nobody sees the difference, and it takes a tenth of the time."""
    if sigma < 0.3:
        return cover
    shrink = max(int(sigma // 5), 1)
    height, width = cover.shape
    small = (max(width // shrink, 1), max(height // shrink, 1))
    blurred = cv2.GaussianBlur(cv2.resize(cover, small, interpolation=cv2.INTER_AREA), (0, 0), sigma / shrink)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
