"""单人: exactly one face. Three detectors look; what only a detector saw and the mesh did not confirm a person looks at."""

from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.check import CrowdCheck, Limit
from biye.photos.core.measuring import Seen


def judge(seen: Seen, _: Limit) -> Finding:
    """fails `none` or `several`; a look `perhaps_several`."""
    lines = tuple(
        Line(
            "box", (face.left / seen.width, face.top / seen.height, face.right / seen.width, face.bottom / seen.height)
        )
        for face in seen.faces[1:]
    )
    details = {"found": seen.sure_faces}
    if not seen.faces:
        return Finding("one_face", Answer.FAIL, "none", details=details)
    if seen.sure_faces > 1:
        return Finding("one_face", Answer.FAIL, "several", details=details, lines=lines)
    if seen.sure_faces == 0:
        return Finding("one_face", Answer.REVIEW, "unsure", details=details)
    if len(seen.faces) > 1:
        return Finding("one_face", Answer.REVIEW, "perhaps_several", details=details, lines=lines)
    return Finding("one_face", Answer.PASS, "within", details=details)


CHECK = CrowdCheck("one_face", Limit, judge)
