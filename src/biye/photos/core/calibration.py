"""定标: what the comparison makes of a school's own photos, so that its two thresholds rest on more than ours did."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biye.photos.core.likeness import Vector

Counts = npt.NDArray[np.int64]
_SCORES = 1001  # thousandths from 0 to 1; a cosine below nought counts as nought
ROWS_AT_ONCE = 1_000
# With n trials and no error the true rate may still be as high as this over n, nineteen times in twenty.
_RULE_OF_THREE = 3.0
# Of pairs of different people at most this share may be taken for one person, and of one person's pairs refused.
_MOST_ACCEPTED, _MOST_REFUSED = 0.001, 0.005
_LEAST_SAME, _LEAST_DIFFERENT = 20, 1_000
_ROOM, _LEAST_BAND = 20, 50
SHOWN = range(200, 901, 50)


@dataclass(frozen=True, slots=True)
class Calibration:
    """定标结果: how many pairs scored how much, and thresholds to suggest; None where there are too few pairs."""

    people: int
    same: Counts
    different: Counts

    def false_accept(self, threshold: int) -> float:
        """误识率: the share of two people's pairs at or above a threshold."""
        return float(self.different[threshold:].sum() / max(self.different_pairs, 1))

    def false_reject(self, threshold: int) -> float:
        """拒识率: the share of one person's pairs below a threshold."""
        return float(self.same[:threshold].sum() / max(self.same_pairs, 1))

    @property
    def same_pairs(self) -> int:
        return int(self.same.sum())

    @property
    def different_pairs(self) -> int:
        return int(self.different.sum())

    @property
    def surely_below(self) -> float:
        """What the false-accept rate surely is below, however few errors were seen."""
        return min(_RULE_OF_THREE / max(self.different_pairs, 1), 1.0)

    @property
    def is_enough(self) -> bool:
        """Are there pairs enough of both kinds to say anything?"""
        return self.same_pairs >= _LEAST_SAME and self.different_pairs >= _LEAST_DIFFERENT

    @property
    def suggested(self) -> tuple[int, int] | None:
        """mismatch_below and consistent_from; None where there are too few pairs to say, or where too many pairs of
        different people score as high as there is (one photo under two names does)."""
        refusing_strangers = [mark for mark in range(_SCORES) if self.false_accept(mark) <= _MOST_ACCEPTED]
        if not self.is_enough or not refusing_strangers:
            return None
        consistent = min(refusing_strangers[0] + _ROOM, _SCORES - 1)
        refusing = [self.false_reject(threshold) <= _MOST_REFUSED for threshold in range(_SCORES)]
        mismatch = max(threshold for threshold, few in enumerate(refusing) if few) - _ROOM
        # Where the two kinds lie far apart a narrow band does, but never none at all.
        return max(min(mismatch, consistent - _LEAST_BAND), 0), consistent


def calibrate(people: dict[str, list[Vector]], *, rows_at_once: int = ROWS_AT_ONCE) -> Calibration:
    """Every pair of photos of one person, and every pair of two people's photos; any number of them."""
    owner = np.array([number for number, photos in enumerate(people.values()) for _ in photos], np.int64)
    vectors = [photo for photos in people.values() for photo in photos]
    same, different = np.zeros(_SCORES, np.int64), np.zeros(_SCORES, np.int64)
    if not vectors:
        return Calibration(0, same, different)
    stacked = np.stack(vectors)
    for start in range(0, len(stacked), rows_at_once):
        rows = np.arange(start, min(start + rows_at_once, len(stacked)))
        scores = np.clip(np.rint(stacked[rows] @ stacked.T * 1000), 0, _SCORES - 1).astype(np.int64)
        later = rows[:, np.newaxis] < np.arange(len(stacked))
        one_person = owner[rows][:, np.newaxis] == owner
        same += np.bincount(scores[later & one_person], minlength=_SCORES)
        different += np.bincount(scores[later & ~one_person], minlength=_SCORES)
    return Calibration(len(people), same, different)
