"""闭嘴: the gap between the lips over the mouth's width."""

from biye.photos.core.answers import Finding
from biye.photos.core.bands import thousandths
from biye.photos.core.check import SHARE, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`high` where the mouth is open or teeth show."""
    return judged("mouth_closed", thousandths(face.mesh.mouth_gap), limit.band)


CHECK = FaceCheck("mouth_closed", Measured, judge, SHARE)
