"""照片标准化: a compliant photo from another picture, as an explicit list of operations; or the reason why it cannot be.

Never silent and never a retouch: the face is turned, scaled and cut, the background replaced, nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from biye.foundation.errors import Reason, Refused
from biye.photos.core import matte, measuring, opening
from biye.photos.core.checks.background_colour import BackgroundColour
from biye.photos.core.examination import Examination, examine
from biye.photos.core.measuring import Face, Seen
from biye.photos.core.networks import Networks
from biye.photos.core.opening import FileFacts, Photo
from biye.photos.core.specification import Specification
from biye.photos.core.standard import composing, encoding
from biye.photos.core.standard.plan import Plan, plan
from biye.photos.core.windows import Pixels

_NOTHING: Mapping[str, object] = {}
# The face of the source is decoded at about this many times its finished size.
_SHARPER = 1.5
_NEARLY = 1.05
_LONGEST = 4096
# What must be right on the finished photo, or it was not made well.
MADE_HERE = (
    *("file_format", "pixel_size", "resolution", "colour_depth", "quality", "orientation"),
    *("one_picture", "trailing_bytes", "level", "centred", "head_top", "eye_line", "face_width"),
    *("background_colour", "background_evenness", "background_gradient", "background_shadow"),
    *("background_objects", "border", "lettering"),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """操作: one thing done to the picture; the sentence stands in the catalogue."""

    code: str
    details: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Made:
    """标准照: the file, what was done in order, what it was made from, and its own check."""

    data: bytes
    operations: tuple[Operation, ...]
    source: FileFacts
    examination: Examination


def make(data: bytes, name: str, specification: Specification, networks: Networks, *, made_name: str) -> Made:
    """Make one photo. Refused: switched_off, everything `open_photo` and `plan` refuse, no_face, several_faces,
    body_cut, not_separable, too_detailed, and made_badly where the finished photo does not pass what was set right."""
    if not specification.standardise:
        raise Refused(Reason("switched_off"))
    photo = opening.open_photo(data, name, longest=measuring.LONGEST, in_srgb=True)
    seen, quarters = _upright(networks, photo.pixels)
    face = _only_face(seen)
    possible = min(_LONGEST / max(seen.pixels.shape), 1 / photo.scale) if photo.scale < 1 else 1.0
    framing = plan(face, specification, sharper=possible)
    if not _is_seen_whole(framing):
        seen = measuring.look(networks, seen.pixels)
    wanted = min(possible, framing.scale * _SHARPER)
    source = photo.decoded
    if wanted > _NEARLY * max(source.shape) / max(photo.pixels.shape):
        longest = round(max(seen.pixels.shape) * wanted)
        source = opening.open_photo(data, name, longest=longest, in_srgb=True).decoded
    pixels = np.ascontiguousarray(np.rot90(source, quarters))
    try:
        cutout = composing.frame(pixels, seen, framing)
    except composing.BodyCut as cut:
        framing = _closer(face, specification, possible, cut)
        cutout = composing.frame(pixels, seen, framing)
    colour = cast("BackgroundColour", specification.limits["background_colour"]).colour
    finished, quality = encoding.encode(composing.on_background(cutout, colour), specification)
    examination = examine(finished, made_name, specification, networks)
    _refuse_bad_work(examination)
    return Made(finished, _operations(photo, quarters, framing, colour, quality, finished), photo.facts, examination)


def _is_seen_whole(framing: Plan) -> bool:
    """Does what was looked at around the head reach the photo's sides and foot, with a little to spare?"""
    aside, below = (share * framing.face_width / _NEARLY for share in (matte.ASIDE, matte.BELOW))
    return framing.width / 2 <= aside and framing.height - framing.eye_line <= below


def _closer(face: Face, specification: Specification, possible: float, cut: composing.BodyCut) -> Plan:
    """A framing that leaves out what the picture lacks, where one still meets every limit."""
    try:
        return plan(face, specification, sharper=possible, inside=True)
    except Refused:
        raise cut from None


def _upright(networks: Networks, pixels: Pixels) -> tuple[Seen, int]:
    """The picture the right way up, and the quarter turns (anticlockwise) that it took."""
    seen = measuring.look(networks, pixels, closely=False)
    if seen.face is not None and seen.face.is_upright:
        return seen, 0
    for quarters in (1, 3, 2):
        turned = measuring.look(networks, np.ascontiguousarray(np.rot90(pixels, quarters)), closely=False)
        if turned.face is not None and turned.face.is_upright:
            return turned, quarters
    return seen, 0


def _only_face(seen: Seen) -> Face:
    if seen.face is None or not seen.face.is_upright:
        raise Refused(Reason("no_face"))
    if seen.sure_faces > 1:
        raise Refused(Reason("several_faces", {"found": seen.sure_faces}))
    return seen.face


def _refuse_bad_work(examination: Examination) -> None:
    asked = {finding.check: finding for finding in examination.findings}
    bad = [asked[name] for name in MADE_HERE if name in asked and asked[name].answer != "pass"]
    if bad:
        raise Refused(Reason("made_badly", {"checks": tuple(finding.check for finding in bad)}))


def _operations(
    photo: Photo, quarters: int, framing: Plan, colour: tuple[int, int, int], quality: int, data: bytes
) -> tuple[Operation, ...]:
    """What was done, in the order in which it was done; sizes are of the file, not of what was measured."""
    facts = photo.facts
    done = [Operation("decoded", {"format": facts.format.value, "size": f"{facts.width}×{facts.height}"})]
    if facts.pictures > 1:
        done.append(Operation("first_picture", {"found": facts.pictures}))
    if facts.orientation != 1:
        done.append(Operation("turned_by_mark", {"mark": facts.orientation}))
    if quarters:
        done.append(Operation("turned_quarters", {"degrees": {1: 270, 2: 180, 3: 90}[quarters]}))
    measures = {"head_top": framing.head_top, "eye_line": framing.eye_line, "face_width": framing.face_width}
    return (
        *done,
        Operation("levelled", {"degrees": f"{framing.turned:.1f}"}),
        Operation("scaled", {"factor": f"{framing.scale * photo.scale:.3f}"}),
        Operation(
            "cropped",
            {"size": f"{framing.width}×{framing.height}"} | {name: round(value) for name, value in measures.items()},
        ),
        Operation("background", {"colour": "，".join(map(str, colour))}),
        Operation("encoded", {"quality": quality, "bytes": len(data)}),
        Operation("stripped"),
    )
