"""试检: a picture tried before anybody is paid; nothing of it is kept."""

from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.foundation.errors import Reason, Refused
from biye.photos.core import examination, measuring, opening, overlay, showing
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import Roster
from biye.photos.core.measuring import Seen
from biye.photos.core.opening import Photo
from biye.photos.core.overlay import Overlay
from biye.photos.core.specification import Specification
from biye.photos.core.standard.making import Made, make
from biye.photos.queries.networks import missing, networks
from biye.photos.queries.remarks import Remark, remarks_on
from biye.photos.queries.specifications import specification_of

# A telephone names its pictures itself; what a file is called is asked when it is handed in.
_NOT_TRIED = ("file_name",)
# A telephone's screen shows no more of it.
_SHOWN_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Tried:
    """试检结果: what was found, the picture drawn anew and what to draw over it.

    `refused`: why the file was not opened; `missing`: why parts were left open; `unframed`: why no photo can be cut of it.
    """

    answer: Answer
    remarks: tuple[Remark, ...]
    picture: bytes
    overlay: Overlay | None
    refused: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()
    unframed: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedMaking:
    """试做结果: the photo made, with what was found on it."""

    made: Made
    remarks: tuple[Remark, ...]
    overlay: Overlay | None


def too_large(byte_count: int) -> Reason | None:
    """Why a file of this size is not even read."""
    if byte_count <= opening.MOST_BYTES:
        return None
    return Reason("too_many_bytes", {"found": byte_count // 1_000_000, "most": opening.MOST_BYTES // 1_000_000})


def try_photo(asker: Asker, data: bytes, name: str, stem: str) -> Tried | None:
    """Check one picture by a specification; None without the permission."""
    if not asker.may(Permission.TRY_PHOTO):
        return None
    specification = _without_name(specification_of(stem))
    try:
        photo = opening.open_photo(data, name, longest=measuring.LONGEST)
    except Refused as refused:
        return Tried(Answer.FAIL, (), b"", None, refused=refused.reasons)
    with networks() as loaded:
        seen = None if loaded is None else measuring.look(loaded, photo.pixels)
    found = examination.judge(photo, seen, specification, Roster())
    drawn, unframed = _overlay(photo, seen, found.findings, specification)
    return Tried(
        answer=found.answer,
        remarks=remarks_on(found.findings, specification),
        picture=showing.picture(photo.pixels, _SHOWN_LONGEST),
        overlay=drawn,
        missing=missing(),
        unframed=unframed,
    )


def try_making(asker: Asker, data: bytes, name: str, stem: str) -> TriedMaking | None:
    """A compliant photo from one picture, to take away; None without the permission.

    Refused: why it cannot honestly be made, or no model files.
    """
    if not asker.may(Permission.TRY_PHOTO):
        return None
    specification = _without_name(specification_of(stem))
    with networks() as loaded:
        if loaded is None:
            made = None
        else:
            made = make(data, name, specification, loaded, made_name=name)
    if made is None:
        raise Refused(*missing())
    findings = made.examination.findings
    return TriedMaking(made, remarks_on(findings, specification), overlay.of_finished(findings, specification))


def _overlay(
    photo: Photo, seen: Seen | None, findings: tuple[Finding, ...], specification: Specification
) -> tuple[Overlay | None, tuple[Reason, ...]]:
    """Lines over a photo of the finished size; over any other picture the framing that it allows."""
    finished = overlay.of_finished(findings, specification)
    if finished is not None:
        return finished, ()
    if seen is None or seen.face is None or not seen.face.is_upright:
        return None, ()
    drawn, refused = overlay.of_other(seen.face, findings, specification, 1 / photo.scale)
    return drawn, () if refused is None else refused.reasons


def _without_name(specification: Specification) -> Specification:
    dropped = dict.fromkeys(_NOT_TRIED)
    return specification.model_copy(update={"checks": specification.checks.model_copy(update=dropped)})
