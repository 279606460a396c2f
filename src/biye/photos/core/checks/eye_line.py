"""眼睛位置: the distance from the eyes to the upper edge."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`low` where the eyes are too near the upper edge, `high` where they are too far from it."""
    _, y = face.mesh.eye_middle
    return judged("eye_line", thousandths(y), limit.band, lines=(Line("across", (y / face.height,)),))


CHECK = FaceCheck("eye_line", Measured, judge, needs_size=True)
