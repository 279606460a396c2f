"""背景阴影: how much darker the darkest cell of the background is than its surroundings."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.backdrop import Backdrop
from biye.photos.core.bands import thousandths
from biye.photos.core.check import BackdropCheck, Measured, judged


def judge(backdrop: Backdrop, limit: Measured) -> Finding:
    """`high` where a cell is darker than the fitted plane; shows where."""
    places, colours = backdrop.cells
    darker = backdrop.fitted[:, 0] - colours[:, 0]
    worst = int(darker.argmax())
    down, across = (float(place + 1) / 2 for place in places[worst])
    line = Line("spot", (across, down))
    return judged("background_shadow", thousandths(max(darker[worst], 0.0)), limit.band, lines=(line,))


CHECK = BackdropCheck("background_shadow", Measured, judge)
