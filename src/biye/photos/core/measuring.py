"""测量: everything the networks see in one picture, seen once; checks only read it."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from biye.photos.core import detection, eyelids, matte, mesh
from biye.photos.core.detection import Sighting
from biye.photos.core.mesh import Mesh
from biye.photos.core.networks import Networks
from biye.photos.core.windows import Pixels, Plane

# The longer side, in pixels, at which pictures are measured: what decoders make of most telephones' pictures by halving.
LONGEST = 1000
IS_A_FACE = 0.5
NOT_LOOKED = (float("nan"), float("nan"))
_MOST_FACES = 6
_IS_PERSON = 0.5
# A row belongs to the head where this share of a band above the eyes is person.
_HEAD_SHARE = 0.08
_HEAD_BAND = 0.35


@dataclass(frozen=True)
class Face:
    """人脸: the main face's mesh and eyelids (or NOT_LOOKED) in its picture, and where the person is."""

    pixels: Pixels
    person: Plane
    mesh: Mesh
    eyelids: tuple[float, float]
    is_upside_down: bool

    @property
    def height(self) -> int:
        return len(self.pixels)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def is_upright(self) -> bool:
        """Do the eyes stand above the chin, as far as can be seen?"""
        return self.mesh.is_upright and not self.is_upside_down

    @cached_property
    def head_top(self) -> float | None:
        """头顶: the row where the head, hair and all, begins; 0 where it reaches the edge, None where no head is found."""
        x, y = self.mesh.eye_middle
        half = _HEAD_BAND * self.mesh.width
        left, right = max(int(x - half), 0), min(int(x + half) + 1, self.width)
        above = self.person[: max(int(y), 0), left:right]
        if not above.size:
            return None
        belongs = (above > _IS_PERSON).mean(axis=1) > _HEAD_SHARE
        if not belongs[-1]:
            return None
        # Counted upwards from the eyes, so that a smudge further up is not taken for the head.
        gaps = np.flatnonzero(~belongs)
        return float(gaps[-1]) + 1.0 if gaps.size else 0.0

    def crop(self) -> Pixels:
        """The face's box."""
        (left, top), (right, bottom) = self._box()
        return self.pixels[top:bottom, left:right]

    def crop_hull(self) -> npt.NDArray[np.bool_]:
        """Which pixels of the crop lie inside the face's outline."""
        (left, top), (right, bottom) = self._box()
        mask = np.zeros((bottom - top, right - left), np.uint8)
        outline = (self.mesh.oval - [left, top]).round().astype(np.int32)
        cv2.fillConvexPoly(mask, outline, 1)
        return mask.astype(bool)

    def _box(self) -> tuple[tuple[int, int], tuple[int, int]]:
        low, high = self.mesh.oval.min(axis=0), self.mesh.oval.max(axis=0)
        left, top = (min(max(int(low[i]), 0), (self.width, self.height)[i] - 2) for i in range(2))
        right, bottom = (min(max(int(high[i]), (left, top)[i] + 2), (self.width, self.height)[i]) for i in range(2))
        return (left, top), (right, bottom)


@dataclass(frozen=True)
class Seen:
    """所见: a picture, every face in it, the main one, and how much of each pixel is the person."""

    pixels: Pixels
    faces: tuple[Sighting, ...]
    sure_faces: int
    person: Plane
    face: Face | None

    @property
    def height(self) -> int:
        return len(self.pixels)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])


def look(networks: Networks, pixels: Pixels, *, closely: bool = True) -> Seen:
    """Run every network on a picture of about LONGEST pixels a side.

    Not `closely`: only where the face is and the person as far as a portrait reaches; the eyelids are left out.
    """
    faces, is_upside_down = detection.find(networks, pixels)
    laid = [mesh.lay(networks, pixels, face) for face in faces[:_MOST_FACES]]
    sure = [one for one in laid if one.score >= IS_A_FACE]
    main = max(sure, key=lambda one: one.width, default=None)
    person = matte.refine(pixels, matte.person(networks, pixels, main, whole=closely))
    face = None
    if main is not None:
        lids = eyelids.openings(networks, pixels, main) if closely else NOT_LOOKED
        face = Face(pixels, person, main, lids, is_upside_down)
    return Seen(pixels, faces, len(sure), person, face)
