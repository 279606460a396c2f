"""背景渐变: how much the background changes evenly from one end to the other."""

import numpy as np

from biye.photos.core.answers import Finding
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import thousandths
from biye.photos.core.check import BackdropCheck, Measured, judged


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where the fitted plane is tilted."""
    _, down, across = backdrop.slope
    # The plane runs over two units each way, so its ends differ by twice the slopes.
    tilt = 2 * max(np.linalg.norm(down + across), np.linalg.norm(down - across))
    return judged("background_gradient", thousandths(tilt), limit.band)


CHECK = BackdropCheck("background_gradient", Measured, judge)
