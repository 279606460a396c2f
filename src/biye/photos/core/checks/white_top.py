"""白色上衣: the share of what is below the chin that is white. A hint: hair and a jacket take their part."""

import numpy as np

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.backdrop import lab_of
from biye.photos.core.bands import thousandths
from biye.photos.core.check import SHARE, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face

_LIGHT, _COLOURLESS = 75.0, 14.0
_LEAST_PIXELS = 60
_EACH = 3


def judge(face: Face, limit: Measured) -> Finding:
    """`low` where little of it is white."""
    first = round(face.mesh.chin[1] + 0.1 * face.mesh.width)
    clothed = face.person[first::_EACH, ::_EACH] > 0.9
    if clothed.sum() < _LEAST_PIXELS:
        return Finding("white_top", Answer.UNASSESSED, "not_found")
    light, *colour = lab_of(face.pixels[first::_EACH, ::_EACH])[clothed].T
    white = (light > _LIGHT) & (np.hypot(*colour) < _COLOURLESS)
    return judged("white_top", thousandths(white.mean()), limit.band)


CHECK = FaceCheck("white_top", Measured, judge, SHARE)
