"""清晰: how much fine detail the face has. A hint: nobody has measured where too little begins."""

import cv2
import numpy as np

from biye.photos.core.answers import Finding
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, Unit, judged
from biye.photos.core.measuring import Face

# The face is brought to one size first, or larger pictures would always look softer.
_WIDTH, _HEIGHT = 200, 240


def judge(face: Face, limit: Measured) -> Finding:
    """`low` where the picture is blurred."""
    patch = cv2.resize(face.crop(), (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY)
    return judged("sharpness", thousandths(np.var(cv2.Laplacian(grey, cv2.CV_32F))), limit.band)


CHECK = FaceCheck("sharpness", Measured, judge, Unit(""))
