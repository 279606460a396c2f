"""睁眼: the gap between the lids over the eye's width, of the eye that is less open.

Dark glasses read as open eyes, so those are a person's to see.
"""

from biye.photos.core.answers import Finding
from biye.photos.core.bands import thousandths
from biye.photos.core.check import SHARE, FaceCheck, Measured, judged
from biye.photos.core.measuring import Face


def judge(face: Face, limit: Measured) -> Finding:
    """`low` where an eye is shut or narrowed."""
    return judged("eyes_open", thousandths(max(min(face.eyelids), 0.0)), limit.band)


CHECK = FaceCheck("eyes_open", Measured, judge, SHARE)
