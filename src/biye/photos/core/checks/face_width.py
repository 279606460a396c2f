"""脸部宽度: from cheek to cheek."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`low` or `high`."""
    wide, middle = face.mesh.width, face.mesh.middle
    edges = ((middle - wide / 2) / face.width, (middle + wide / 2) / face.width)
    return judged("face_width", thousandths(wide), limit.band, lines=tuple(Line("down", (x,)) for x in edges))


CHECK = FaceCheck("face_width", Measured, judge, needs_size=True)
