"""构图: how far to turn, how much to scale and where to put the head, so that every limit is met with the most to spare."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import cast

import numpy as np
import numpy.typing as npt

from biye.foundation.errors import Reason, Refused
from biye.photos.core.bands import THOUSANDTHS, Band
from biye.photos.core.check import Measured
from biye.photos.core.checks.pixel_size import PixelSize
from biye.photos.core.measuring import Face
from biye.photos.core.specification import Specification

Numbers = npt.NDArray[np.float64]
# Enlarging further would invent detail that the picture does not have.
_MOST_ENLARGED = 1.5
_STEP = 0.5
# A little more than one doubtful zone, or the finished photo would be measured into it.
_LEAST_ROOM = 1.25


@dataclass(frozen=True, slots=True)
class Plan:
    """构图: `matrix` takes picture pixels to pixels of the finished photo; measures are of the finished photo."""

    matrix: npt.NDArray[np.float64]
    width: int
    height: int
    turned: float
    scale: float
    head_top: float
    eye_line: float
    face_width: float


def plan(face: Face, specification: Specification, *, sharper: float = 1.0, inside: bool = False) -> Plan:
    """The best framing of one face. `sharper`: how much larger the source can still be decoded; `inside`: only framings
    whose sides and foot lie within the picture, for a body that its edges cut off.

    Refused: head_cut where the head leaves the picture, face_too_small, proportions where no framing meets every limit
    (a high bun counts as head).
    """
    if face.head_top is None or face.head_top <= 0:
        raise Refused(Reason("head_cut"))
    limits = specification.limits
    size = cast("PixelSize", limits["pixel_size"])
    head, eyes, width = (cast("Measured", limits[name]).band for name in ("head_top", "eye_line", "face_width"))
    turn = -face.mesh.roll
    # Turning about the eyes shortens the way up to the crown by next to nothing; measured along the turned axis.
    tall = (face.mesh.eye_middle[1] - face.head_top) * cos(radians(turn))
    edges = _Edges.of(face, size, turn) if inside else None
    scale, top = _best(tall, face.mesh.width, head, eyes, width, edges)
    if scale / sharper > _MOST_ENLARGED:
        raise Refused(Reason("face_too_small", {"found": round(face.mesh.width * sharper)}))
    eye_line = top + scale * tall
    matrix = _matrix(face, scale, turn, (size.width / 2, eye_line))
    return Plan(matrix, size.width, size.height, turn, scale, top, eye_line, scale * face.mesh.width)


@dataclass(frozen=True, slots=True)
class _Edges:
    """How far the picture reaches from the eyes to its nearer side and to its foot, and how far the photo will."""

    aside: float
    below: float
    half_width: float
    height: float

    @classmethod
    def of(cls, face: Face, size: PixelSize, turn: float) -> "_Edges":
        # A turned picture has lost its corners; the photo's foot is as wide as the photo.
        lost = abs(sin(radians(turn))) * face.height / 2
        aside = min(face.mesh.middle, face.width - face.mesh.middle) - lost
        below = face.height - face.mesh.eye_middle[1] - abs(sin(radians(turn))) * face.width / 2
        return cls(max(aside, 1.0), max(below, 1.0), size.width / 2, size.height)

    def covered(self, scales: Numbers, eyes: Numbers) -> npt.NDArray[np.bool_]:
        return np.asarray((self.aside * scales >= self.half_width) & (self.below * scales >= self.height - eyes))


def _best(tall: float, wide: float, head: Band, eyes: Band, width: Band, edges: _Edges | None) -> tuple[float, float]:
    """Scale and head top with the largest smallest room, each counted in widths of its own doubtful zone."""
    widths = np.arange(_number(width.low), _number(width.high), _STEP)
    scales = (widths / wide)[:, np.newaxis]
    tops = np.arange(_number(head.low), _number(head.high), _STEP)[np.newaxis]
    room = np.minimum(
        np.minimum(_room(tops, head), _room(tops + scales * tall, eyes)), _room(widths, width)[:, np.newaxis]
    )
    if edges is not None:
        room = np.where(edges.covered(scales, tops + scales * tall), room, -np.inf)
    row, column = np.unravel_index(int(room.argmax()), room.shape)
    if room[row, column] < _LEAST_ROOM:
        raise Refused(Reason("proportions"))
    return float(scales[row, 0]), float(tops[0, column])


def _room(values: Numbers, band: Band) -> Numbers:
    inside = np.minimum(values - _number(band.low), _number(band.high) - values)
    return np.asarray(inside / max(band.doubt / THOUSANDTHS, 1.0))


def _number(limit: int | None) -> float:
    if limit is None:
        raise Refused(Reason("open_limits"))
    return limit / THOUSANDTHS


def _matrix(face: Face, scale: float, turn: float, eyes: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Turn and scale about the eyes, which come to lie at `eyes`; the cheeks' middle, levelled, in the photo's middle."""
    along, across = cos(radians(turn)) * scale, sin(radians(turn)) * scale
    turned = np.array([[along, -across], [across, along]])
    x, y = face.mesh.eye_middle
    placed = turned @ [face.mesh.middle, y]
    height = (turned @ [x, y])[1]
    return np.column_stack([turned, [eyes[0] - placed[0], eyes[1] - height]])
