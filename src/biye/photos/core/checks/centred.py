"""居中: how far the face's middle is from the picture's, to either side."""

from biye.photos.core.answers import Finding, Line
from biye.photos.core.bands import thousandths
from biye.photos.core.check import FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`high` where the face stands to one side; tells which."""
    off = face.mesh.middle - face.width / 2
    line = Line("down", (face.mesh.middle / face.width,))
    details = {"side": "左" if off < 0 else "右"}
    return judged("centred", thousandths(abs(off)), limit.band, details=details, lines=(line,))


CHECK = FaceCheck("centred", Measured, judge, needs_size=True)
