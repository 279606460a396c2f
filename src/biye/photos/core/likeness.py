"""人像比对: is it the same person? Advice in three bands; the decision is CHSI's, or a person's.

A score is the cosine of two networks' answers. No score decides identity alone: the network was not made for, and is
known to squeeze, faces that look alike to it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from biye.foundation.errors import Reason, Refused
from biye.photos.core import carriers, detection, measuring, mesh, opening
from biye.photos.core.bands import thousandths
from biye.photos.core.mesh import Mesh
from biye.photos.core.networks import Networks
from biye.photos.core.specification import Comparison
from biye.photos.core.windows import Pixels

Vector = npt.NDArray[np.float32]
MODEL_SHA256 = carriers.LIKENESS.sha256


class Advice(StrEnum):
    """比对参考意见."""

    CONSISTENT = "consistent"
    LOOK = "look"
    MISMATCH = "mismatch"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return _CHINESE[self]


_CHINESE = {Advice.CONSISTENT: "像同一人", Advice.LOOK: "请人看", Advice.MISMATCH: "不像同一人"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """比对结果: the score in thousandths and what it advises."""

    score: int
    advice: Advice


def advise(score: int, thresholds: Comparison) -> Advice:
    """The band a score lies in; a score on a threshold belongs to the better band."""
    if score >= thresholds.consistent_from:
        return Advice.CONSISTENT
    return Advice.LOOK if score >= thresholds.mismatch_below else Advice.MISMATCH


def compare(one: Vector, other: Vector, thresholds: Comparison) -> Likeness:
    """Two faces."""
    score = thousandths(one @ other)
    return Likeness(score, advise(score, thresholds))


def vector_of(data: bytes, name: str, networks: Networks) -> Vector:
    """A file's main face as the network remembers it, of length one. Refused: what `open_photo` refuses, and no_face."""
    photo = opening.open_photo(data, name, longest=measuring.LONGEST)
    found = _main_face(networks, photo.pixels)
    if found is None:
        raise Refused(Reason("no_face"))
    return remember(networks, photo.pixels, found)


def remember(networks: Networks, pixels: Pixels, found: Mesh) -> Vector:
    """One face as 128 numbers of length one."""
    points = np.concatenate([found.eyes, found.nose_tip[np.newaxis], found.mouth_corners])
    row = np.concatenate([[0, 0, 0, 0], points.reshape(-1), [1]]).astype(np.float32)
    aligned = networks.likeness.alignCrop(np.ascontiguousarray(pixels[..., ::-1]), row)
    answer = np.asarray(networks.likeness.feature(aligned), np.float32).reshape(-1)
    return np.asarray(answer / max(float(np.linalg.norm(answer)), 1e-6), np.float32)


def _main_face(networks: Networks, pixels: Pixels) -> Mesh | None:
    laid = [mesh.lay(networks, pixels, sighting) for sighting in detection.find(networks, pixels)[0][:3]]
    sure = [one for one in laid if one.score >= measuring.IS_A_FACE]
    return max(sure, key=lambda one: one.width, default=None)
