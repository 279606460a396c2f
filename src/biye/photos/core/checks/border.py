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
    """Is there a strip along the first rows?"""
    inside = np.median(side[round(_INSIDE * height) : round(_INSIDE * height) + 8], axis=0)
    for depth in range(max(round(_DEEPEST * height), 1)):
        strip = side[depth]
        middle = np.median(strip, axis=0)
        spread = np.quantile(np.linalg.norm(strip - middle, axis=1), 0.9)
        differs = np.linalg.norm(strip - inside, axis=1) > _DIFFERENT
        if spread <= _ONE_COLOUR and differs.mean() > _MOSTLY:
            return True
    return False


CHECK = BackdropCheck("border", Measured, judge, COUNT)
