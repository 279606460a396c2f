"""文字标志: small plain marks on the background, as letters and logos leave them. What stands on clothes a person sees."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import COUNT, BackdropCheck, Measured, judged

# Areas as shares of the picture: smaller is noise, larger is an object.
_LEAST, _MOST = 12 / (480 * 640), 1600 / (480 * 640)


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where there are such marks; shows where they stand."""
    height, width = backdrop.mask.shape
    marks = [stray for stray in backdrop.strays if _LEAST <= stray.area / (width * height) <= _MOST]
    lines: tuple[Line, ...] = ()
    if marks:
        right, bottom = max(mark.left + mark.width for mark in marks), max(mark.top + mark.height for mark in marks)
        left, top = min(mark.left for mark in marks), min(mark.top for mark in marks)
        lines = (Line("box", (left / width, top / height, right / width, bottom / height)),)
    return judged("lettering", len(marks) * THOUSANDTHS, limit.band, lines=lines)


CHECK = BackdropCheck("lettering", Measured, judge, COUNT)
