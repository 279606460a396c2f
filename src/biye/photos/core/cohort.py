"""全体比对: within a group of students, files that were swapped, and one face or file under two students."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from biye.photos.core.bands import thousandths
from biye.photos.core.likeness import Vector
from biye.photos.core.specification import Comparison

Vectors = npt.NDArray[np.float32]
type Differ = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Better:
    """疑似放错: a graduation photo that fits another student's enrolment photo better than its own."""

    student: str
    own: int | None
    other: str
    score: int


@dataclass(frozen=True, slots=True)
class Alike:
    """疑似同一人: two students' photos with one face, or one file."""

    one: str
    other: str
    score: int
    is_same_file: bool


# A better fit elsewhere counts only when it is plainly better and would by itself be taken for the same person.
_PLAINLY = 80
ROWS_AT_ONCE = 2_000


def different(one: str, other: str) -> bool:
    """Two keys, two people; where one person may have several status records, the caller knows better."""
    return one != other


def swapped(
    enrolment: dict[str, Vector],
    graduation: dict[str, Vector],
    thresholds: Comparison,
    *,
    differ: Differ = different,
    rows_at_once: int = ROWS_AT_ONCE,
) -> list[Better]:
    """疑似放错 within a group of students, by their keys; the plainest first."""
    keys, known = list(enrolment), _stacked(enrolment)
    places = {key: place for place, key in enumerate(keys)}
    found = []
    for students, scores in _in_blocks(graduation, known, rows_at_once):
        best = scores.argmax(axis=1)
        for row, student in enumerate(students):
            own_place = places.get(student)
            own = None if own_place is None else thousandths(scores[row, own_place])
            other, score = keys[best[row]], thousandths(scores[row, best[row]])
            plainly = own is None or score - own >= _PLAINLY
            if differ(student, other) and plainly and score >= thresholds.consistent_from:
                found.append(Better(student, own, other, score))
    return sorted(found, key=lambda better: (-(better.score - (better.own or 0)), better.student))


def repeated(
    photos: dict[str, Vector],
    digests: dict[str, str],
    thresholds: Comparison,
    *,
    differ: Differ = different,
    rows_at_once: int = ROWS_AT_ONCE,
) -> list[Alike]:
    """疑似同一人 under two keys: one face, or one file (`digests`), whether a face was found in it or not."""
    keys, known = list(photos), _stacked(photos)
    least = (1000 + thresholds.consistent_from) // 2 / 1000
    found = [Alike(*pair, 1000, is_same_file=True) for pair in _same_files(digests) if differ(*pair)]
    for students, scores in _in_blocks(photos, known, rows_at_once):
        for row, column in np.argwhere(scores >= least):
            one, other = students[row], keys[column]
            if one < other and digests[one] != digests[other] and differ(one, other):
                found.append(Alike(one, other, thousandths(scores[row, column]), is_same_file=False))
    return sorted(found, key=lambda alike: (not alike.is_same_file, -alike.score, alike.one, alike.other))


def _same_files(digests: dict[str, str]) -> Iterator[tuple[str, str]]:
    by_digest: dict[str, list[str]] = {}
    for key, digest in sorted(digests.items()):
        by_digest.setdefault(digest, []).append(key)
    for keys in by_digest.values():
        yield from combinations(keys, 2)


def _stacked(vectors: dict[str, Vector]) -> Vectors:
    return np.stack(list(vectors.values())) if vectors else np.empty((0, 128), np.float32)


def _in_blocks(vectors: dict[str, Vector], known: Vectors, rows_at_once: int) -> Iterator[tuple[list[str], Vectors]]:
    """Scores of everybody against everybody, a block of rows at a time, so that ten thousand fit in memory."""
    keys, stacked = list(vectors), _stacked(vectors)
    if not len(known):
        return
    for start in range(0, len(keys), rows_at_once):
        part = slice(start, start + rows_at_once)
        yield keys[part], stacked[part] @ known.T
