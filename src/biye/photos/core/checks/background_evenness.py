"""背景均匀: how far the hundredth part that differs most is from the background's own colour."""

import numpy as np

from biye.photos.core.answers import Finding
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import thousandths
from biye.photos.core.check import BackdropCheck, Measured, judged


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where the background is spotted or uneven."""
    distance = np.linalg.norm(backdrop.colours - backdrop.middle, axis=1)
    return judged("background_evenness", thousandths(np.quantile(distance, 0.99)), limit.band)


CHECK = BackdropCheck("background_evenness", Measured, judge)
