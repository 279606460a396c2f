"""端正: how far the line of the eyes leans."""

from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import DEGREES, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`high` where the head leans; fails `upside_down`."""
    if not face.is_upright:
        return Finding("level", Answer.FAIL, "upside_down")
    (left_x, left_y), (right_x, right_y) = face.mesh.eyes
    line = Line("slant", (left_x / face.width, left_y / face.height, right_x / face.width, right_y / face.height))
    return judged("level", thousandths(abs(face.mesh.roll)), limit.band, lines=(line,))


CHECK = FaceCheck("level", Measured, judge, DEGREES)
