"""双肩: how far the line over the shoulders leans. A hint: hair and collars are part of the outline."""

from math import atan2, degrees

import numpy as np

from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import DEGREES, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face

# Looked at this far to each side of the face's middle, in face widths, over a strip a tenth wide.
_ASIDE, _HALF_STRIP = 0.82, 0.05


def judge(face: Face, limit: Measured) -> Finding:
    """`high` where one shoulder is higher."""
    heights = [_height(face, side) for side in (-1, 1)]
    left, right = heights
    if left is None or right is None:
        return Finding("shoulders", Answer.UNASSESSED, "not_found")
    apart = 2 * _ASIDE * face.mesh.width
    lean = degrees(atan2(abs(right - left), apart))
    ends = (face.mesh.middle - apart / 2, left, face.mesh.middle + apart / 2, right)
    line = Line("slant", tuple(end / size for end, size in zip(ends, (face.width, face.height) * 2, strict=True)))
    return judged("shoulders", thousandths(lean), limit.band, lines=(line,))


def _height(face: Face, side: int) -> float | None:
    """The row where the person begins at that side; None outside the picture or where nobody is."""
    x = face.mesh.middle + side * _ASIDE * face.mesh.width
    half = _HALF_STRIP * face.mesh.width
    if x - half < 0 or x + half >= face.width:
        return None
    inside = face.person[:, int(x - half) : int(x + half) + 1] > 0.5
    rows = np.flatnonzero(inside.mean(axis=1) > 0.5)
    return float(rows[0]) if rows.size else None


CHECK = FaceCheck("shoulders", Measured, judge, DEGREES)
