"""头顶: the distance from the head's top, hair and all, to the upper edge."""

from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`low` or `high`; fails `cut` where the head reaches the edge."""
    top = face.head_top
    if top is None:
        return Finding("head_top", Answer.UNASSESSED, "not_found")
    if top <= 0:
        return Finding("head_top", Answer.FAIL, "cut", 0, limit.band)
    line = Line("across", (top / face.height,))
    return judged("head_top", thousandths(top), limit.band, lines=(line,))


CHECK = FaceCheck("head_top", Measured, judge, needs_size=True)
