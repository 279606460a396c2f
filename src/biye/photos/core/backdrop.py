"""背景: the part of a picture that surely is not the person, in a colour space where distance is what eyes see."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from biye.photos.core.measuring import Seen
from biye.photos.core.windows import Pixels, Plane

LONGEST = 640
_SURELY_NOT = 0.05
# Hair ends further out than the matte says; nearer than this share of the height nothing is called background.
_RIM = 12 / 640
_GRID = (20, 15)  # cells down, cells across
_ENOUGH_OF_A_CELL = 0.3
_ENOUGH = 0.04
_PLAIN_DISTANCE = 10.0
_EACH = 3

Mask = npt.NDArray[np.bool_]


def lab_of(pixels: Pixels) -> Plane:
    """Lightness and two colour axes; the distance of two colours is about what eyes see."""
    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB), np.float32)


def lab_colour(red: int, green: int, blue: int) -> npt.NDArray[np.float32]:
    """One colour in the same space."""
    return np.asarray(lab_of(np.array([[[red, green, blue]]], np.uint8))[0, 0], np.float32)


class Stray(NamedTuple):
    """异物: a patch's box and area in pixels."""

    left: int
    top: int
    width: int
    height: int
    area: int


@dataclass(frozen=True)
class Backdrop:
    """背景: colours, and where they are surely background. `is_enough` says whether anything can be said of it."""

    pixels: Pixels
    lab: Plane
    mask: Mask

    @property
    def is_enough(self) -> bool:
        return float(self.mask.mean()) >= _ENOUGH

    @cached_property
    def colours(self) -> Plane:
        """Background pixels' colours, every few pixels: they are many and alike."""
        return self.lab[::_EACH, ::_EACH][self.mask[::_EACH, ::_EACH]]

    @cached_property
    def middle(self) -> npt.NDArray[np.float32]:
        """The background's own colour: the median."""
        return np.asarray(np.median(self.colours, axis=0), np.float32)

    @property
    def middle_rgb(self) -> tuple[int, int, int]:
        """The same as people write colours."""
        colour = cv2.cvtColor(self.middle.reshape(1, 1, 3), cv2.COLOR_LAB2RGB)[0, 0]
        red, green, blue = np.clip(colour * 255, 0, 255).round().astype(int)
        return int(red), int(green), int(blue)

    @cached_property
    def cells(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Places (−1 to 1, down and across) and mean colours of grid cells that are mostly background."""
        weight = self.mask.astype(np.float32)
        size = _GRID[::-1]
        share = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
        total = cv2.resize(cv2.copyTo(self.lab, self.mask.view(np.uint8)), size, interpolation=cv2.INTER_AREA)
        rows, columns = np.nonzero(share >= _ENOUGH_OF_A_CELL)
        places = np.stack([2 * rows / (_GRID[0] - 1) - 1, 2 * columns / (_GRID[1] - 1) - 1], axis=1)
        return places, (total[rows, columns] / share[rows, columns, np.newaxis]).astype(np.float64)

    @cached_property
    def slope(self) -> npt.NDArray[np.float64]:
        """The plane that fits the cells best: colour = constant + down · … + across · …, one column a colour axis.

        Fitted twice, the second time without the cells that stand out, so that a shadow or an object does not tilt it.
        """
        places, colours = self.cells
        terms = np.column_stack([np.ones(len(places)), places])
        plane = np.linalg.lstsq(terms, colours, rcond=None)[0]
        off = np.linalg.norm(colours - terms @ plane, axis=1)
        usual = off <= max(float(np.quantile(off, 0.8)), 0.5)
        return np.asarray(np.linalg.lstsq(terms[usual], colours[usual], rcond=None)[0])

    @cached_property
    def fitted(self) -> npt.NDArray[np.float64]:
        """What the plane says each cell's colour should be."""
        places, _ = self.cells
        return np.asarray(np.column_stack([np.ones(len(places)), places]) @ self.slope)

    @cached_property
    def strays(self) -> list[Stray]:
        """Patches that differ plainly from the plane, the largest first."""
        height, width = self.mask.shape
        down = np.linspace(-1, 1, height, dtype=np.float32)[:, np.newaxis]
        across = np.linspace(-1, 1, width, dtype=np.float32)[np.newaxis]
        apart: Plane = np.zeros((height, width), np.float32)
        for colours, (usual, downwards, sideways) in zip(cv2.split(self.lab), self.slope.T, strict=True):
            off = colours - (np.float32(usual) + down * np.float32(downwards))
            off -= across * np.float32(sideways)
            apart += np.square(off, out=off)
        odd = self.mask & (apart > _PLAIN_DISTANCE**2)
        if not odd.any():
            return []
        count, _, boxes, _ = cv2.connectedComponentsWithStats(odd.astype(np.uint8), connectivity=8)
        patches = [Stray(*map(int, boxes[label])) for label in range(1, count)]
        return sorted(patches, key=lambda patch: -patch.area)


def behind(seen: Seen) -> Backdrop:
    """The backdrop of a picture, looked at no larger than needed."""
    pixels, person = seen.pixels, seen.person
    longest = max(pixels.shape[:2])
    if longest > LONGEST:
        size = (round(pixels.shape[1] * LONGEST / longest), round(pixels.shape[0] * LONGEST / longest))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        person = np.asarray(cv2.resize(person, size, interpolation=cv2.INTER_AREA), np.float32)
    free = (person <= _SURELY_NOT).astype(np.uint8)
    distance = cv2.distanceTransform(free, cv2.DIST_L2, 3)
    return Backdrop(pixels, lab_of(pixels), distance > _RIM * pixels.shape[0])
