"""边框: sides of the picture along which a strip of one colour runs that is not what lies inside it."""

import numpy as np

from biye.photos.core.answers import Finding
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import COUNT, BackdropCheck, Measured, judged
from biye.photos.core.windows import Plane

_DEEPEST = 24 / 640
_INSIDE = 40 / 640
# A strip is drawn, not photographed, when it hardly varies along the side and plainly differs from further in.
_ONE_COLOUR = 4.0
_DIFFERENT = 8.0
_MOSTLY = 0.5
_EACH = 3


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where a side has such a strip."""
    sides = (
        backdrop.lab,
        backdrop.lab[::-1],
        backdrop.lab.transpose(1, 0, 2),
        backdrop.lab.transpose(1, 0, 2)[::-1],
    )
    count = sum(_has_strip(side, backdrop.lab.shape[0]) for side in sides)
    return judged("border", count * THOUSANDTHS, limit.band)


def _has_strip(side: Plane, height: int) -> bool:
    """Is there a strip along the first rows? Every few rows and pixels are looked at."""
    row = round(_INSIDE * height)
    inside = np.median(side[row : row + 8 : 2, ::_EACH], axis=0)
    strips = side[: max(round(_DEEPEST * height), 1) : _EACH, ::_EACH]
    differs = (np.linalg.norm(strips - inside, axis=2) > _DIFFERENT).mean(axis=1)
    other = strips[differs > _MOSTLY]
    if not len(other):
        return False
    spread = np.quantile(np.linalg.norm(other - np.median(other, axis=1, keepdims=True), axis=2), 0.9, axis=1)
    return bool((spread <= _ONE_COLOUR).any())


CHECK = BackdropCheck("border", Measured, judge, COUNT)
