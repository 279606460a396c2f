"""背景杂物: the largest patch of the background that plainly is something else, as a share of the picture."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import PERCENT, BackdropCheck, Measured, judged


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where there is such a patch; shows it."""
    height, width = backdrop.mask.shape
    if not backdrop.strays:
        return judged("background_objects", 0, limit.band)
    stray = backdrop.strays[0]
    share = stray.area * 100 * THOUSANDTHS // (width * height)
    right, bottom = stray.left + stray.width, stray.top + stray.height
    line = Line("box", (stray.left / width, stray.top / height, right / width, bottom / height))
    return judged("background_objects", share, limit.band, lines=(line,))


CHECK = BackdropCheck("background_objects", Measured, judge, PERCENT)
