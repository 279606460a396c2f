"""审查结果的存放: verdicts as bit sets by rule number, figures side by side, and a digest in which neither the order of
students nor the way they were cut shows.
"""

from dataclasses import dataclass, fields
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from biye.audit.core.engine import MAX_RULES, Judged, Programme
from biye.foundation.verdicts import Verdict, Verdicts

Longs = npt.NDArray[np.int64]
Marks = npt.NDArray[np.uint64]
FIGURE = np.dtype([("have", "<i4"), ("need", "<i4"), ("detail", "<i8")])
MAX_ROUTES = 31  # two bits each
NOTHING = "0" * 64


@dataclass(slots=True)
class Stored:
    """存放的审查结果: n students in columns, as the table of outcomes has them."""

    student_id: npt.NDArray[np.int32]
    candidate: Verdicts  # Truth
    inside: Verdicts  # Truth: within the season's scope, whatever the status
    conclusion: npt.NDArray[np.int16]  # of the first book
    others: npt.NDArray[np.int16]  # of the further books (n, B-1)
    not_met: Longs
    unknown: Longs
    not_required: Longs
    overridden: Longs
    routes: Longs  # two bits a route: Truth
    figures: npt.NDArray[np.void]  # FIGURE (n, R)

    def __len__(self) -> int:
        return len(self.student_id)


def stored(
    programme: Programme, judged: Judged, student_id: npt.NDArray[np.int64], inside: Verdicts, overridden: Longs
) -> Stored:
    """What the engine found, as it is stored."""
    if len(programme.routes) > MAX_ROUTES:
        raise ValueError(f"{len(programme.routes)} routes in one season; at most {MAX_ROUTES} can be stored")
    n, books = len(student_id), list(programme.books)
    figures = np.empty((n, len(programme.rules)), FIGURE)
    figures["have"], figures["need"], figures["detail"] = judged.have.T, judged.need.T, judged.detail.T
    others = np.empty((n, len(books) - 1), "<i2")
    for number, book in enumerate(books[1:]):
        others[:, number] = judged.conclusions[book]
    routes = np.zeros(n, np.int64)
    for number, truth in enumerate(judged.routes):
        routes |= truth.astype(np.int64) << 2 * number
    return Stored(
        student_id=student_id.astype(np.int32),
        candidate=judged.candidate,
        inside=inside,
        conclusion=judged.conclusions[books[0]],
        others=others,
        not_met=_bits(judged.verdict == Verdict.NOT_MET),
        unknown=_bits(judged.verdict == Verdict.UNKNOWN),
        not_required=_bits(judged.verdict == Verdict.NOT_REQUIRED),
        overridden=overridden,
        routes=routes,
        figures=figures,
    )


def judged_of(programme: Programme, rows: Stored) -> Judged:
    """The engine's own shape again."""
    count, books = len(programme.rules), list(programme.books)
    number = np.arange(count)[:, None]
    verdict = np.full((count, len(rows)), Verdict.MET, np.uint8)
    for bits, meaning in (
        (rows.not_met, Verdict.NOT_MET),
        (rows.unknown, Verdict.UNKNOWN),
        (rows.not_required, Verdict.NOT_REQUIRED),
    ):
        verdict[(bits >> number & 1) == 1] = meaning
    return Judged(
        verdict=verdict,
        have=rows.figures["have"].T.astype(np.int32),
        need=rows.figures["need"].T.astype(np.int32),
        detail=rows.figures["detail"].T.astype(np.int64),
        candidate=rows.candidate.astype(np.uint8),
        conclusions={
            books[0]: rows.conclusion.astype(np.int16),
            **{book: rows.others[:, number].astype(np.int16) for number, book in enumerate(books[1:])},
        },
        routes=np.stack([rows.routes >> 2 * at & 3 for at in range(len(programme.routes))]).astype(np.uint8)
        if programme.routes
        else np.zeros((0, len(rows)), np.uint8),
    )


def _bits(flags: npt.NDArray[np.bool_]) -> Longs:
    """Bit r of a student's number: flags[r] (R, n)."""
    bits = np.zeros(flags.shape[1], np.int64)
    for number, flag in enumerate(flags):
        bits |= flag.astype(np.int64) << number
    return bits


def plus(digest: str, rows: Stored, *, sign: int = 1) -> str:
    """The digest with these students' outcomes added; with sign -1, taken away.

    A digest is a sum of marks, one a student, so that a few students' outcomes can be exchanged without reading the
    others. It tells whether two runs found the same; against forgery a publication has a cryptographic one.
    """
    total = np.frombuffer(bytes.fromhex(digest or NOTHING), ">u8").astype(np.uint64)
    marks = _marks(rows).sum(axis=0, dtype=np.uint64)
    total = total + marks if sign > 0 else total - marks
    return total.astype(">u8").tobytes().hex()


def _marks(rows: Stored) -> Marks:
    """Four 64-bit marks of each student's outcome (n, 4)."""
    n = len(rows)
    parts = [_as_bytes(getattr(rows, column.name), n) for column in fields(rows)]
    width = sum(part.shape[1] for part in parts)
    content = np.zeros((n, -(-width // 8) * 8), np.uint8)
    content[:, :width] = np.concatenate(parts, axis=1)
    lanes = content.view("<u8").astype(np.uint64, copy=False)
    marks = lanes @ _KEYS[: lanes.shape[1]]
    # A sum of products alone would not notice two students exchanging a figure; stirring each student's does.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        marks = (marks ^ (marks >> np.uint64(shift))) * np.uint64(factor)
    return marks ^ (marks >> np.uint64(31))


def _as_bytes(column: npt.NDArray[np.generic], n: int) -> npt.NDArray[np.uint8]:
    little = column.astype(column.dtype.newbyteorder("<"), copy=False)
    return np.ascontiguousarray(little).view(np.uint8).reshape(n, column.nbytes // max(n, 1))


_MOST_LANES = 2 * MAX_RULES + 24
_KEYS = np.frombuffer(
    b"".join(sha256(b"biye outcome %d" % number).digest() for number in range(_MOST_LANES)), "<u8"
).astype(np.uint64).reshape(_MOST_LANES, 4) | np.uint64(1)
