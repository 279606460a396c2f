"""曝光: how light the face is in the middle. A hint: light and dark faces are both right."""

import numpy as np

from biye.photos.core.answers import Finding
from biye.photos.core.backdrop import lab_of
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, Unit, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`low` where the face is dark, `high` where it is glaring."""
    lightness = lab_of(face.crop())[..., 0][face.crop_hull()]
    return judged("exposure", thousandths(np.median(lightness)), limit.band)


CHECK = FaceCheck("exposure", Measured, judge, Unit(""))
