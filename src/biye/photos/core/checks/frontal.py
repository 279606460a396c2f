"""正面: how far the face is turned to one side. Nodding is too noisy to judge."""

from biye.photos.core.answers import Finding
from biye.photos.core.bands import thousandths
from biye.photos.core.check import DEGREES, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`high` where the face is turned."""
    return judged("frontal", thousandths(abs(face.mesh.yaw)), limit.band)


CHECK = FaceCheck("frontal", Measured, judge, DEGREES)
