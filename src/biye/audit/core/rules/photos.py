"""毕业照片: what CHSI shows of the photo and its comparison, and whether the picture meets the specification.

A calendar entry's end is not part of it: at noon is too late for "before 12:00", as 24:00 belongs to the next day.
"""

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import decided
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.codes import Part
from biye.foundation.moments import UNKNOWN_MINUTE, minute_of
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import Bools, Coded, Photos, take_rows
from biye.seasons.core.shapes import Words

# details: these bits, and from MINUTE_FROM on the minute since 1970 at which it came about, where that is known
NOT_THERE, TOO_LATE, TIME_UNKNOWN, UNFAMILIAR, IN_REVIEW, NO_TEXT = 1, 2, 4, 8, 16, 32
MINUTE_FROM = 8
PASSED, FAILED, REVIEW, OTHER = 1, 2, 3, 4  # have of photo.comparison; 0 no text


class PhotoRegistered(Params):
    """学信网有毕业照."""

    by: str | None = Field(default=None, description="须早于哪个日程的截止时刻；不写则只看有没有")


@kind("photo.registered", Unit.CODE, Needs.PHOTOS)
def photo_registered(batch: Batch, params: PhotoRegistered) -> Measured:
    """学信网毕业照: the graduation photo is at CHSI, and was there before the calendar entry ended.

    have: 1 there, 0 not, -1 not known; need: 1 (n,). detail: NOT_THERE, TOO_LATE, TIME_UNKNOWN, minute. 待核实: photos were
    not imported, or CHSI's answer is blank; or it is there since a time not known and the entry has ended. A photo
    seen before the end was there in time. Source: S1 三.1 (before 12:00: 11:59 counts, 12:00 and 12:01 do not).
    """
    row, has_row = _rows(batch)
    state = np.where(has_row, row.at_chsi, np.where(batch.covered(Part.PHOTOS), 0, -1)).astype(np.int32)
    minute = np.where(has_row, row.at_chsi_since, UNKNOWN_MINUTE)
    in_time, too_late = _timely(batch, params.by, minute)
    there = state == 1
    told = (state == 0) * NOT_THERE | (there & too_late) * TOO_LATE | (there & ~in_time & ~too_late) * TIME_UNKNOWN
    verdict = decided(there & in_time, (state == 0) | (there & too_late))
    return Measured.of(verdict, state, 1, told | _shown(minute))


class PhotoComparison(Params):
    """人像比对."""

    one_of: Words = Field(default=(), description="比对结果须是其中之一；不写则为学校列为通过的各种")
    by: str | None = Field(default=None, description="须早于哪个日程的截止时刻；不写则只看结果")


@kind("photo.comparison", Unit.CODE, Needs.PHOTOS)
def photo_comparison(batch: Batch, params: PhotoComparison) -> Measured:
    """人像比对: CHSI's words for the comparison are among those that pass; never by default.

    have: PASSED, FAILED, REVIEW, OTHER by the school's lists, 0 no text; need: PASSED (n,). detail: TOO_LATE,
    TIME_UNKNOWN, UNFAMILIAR, IN_REVIEW, NO_TEXT, minute. 待核实: no text, words under review, words in no list, or passed
    at a time not known after the entry has ended. With `one_of`, other words the school lists as passed fail.
    Source: S1 三.1, N5 (同一人 / 可能同一人 / 可能非同一人 / 非同一人), domain 1.3.
    """
    row, has_row = _rows(batch)
    lists = batch.frame.school.photo.comparison
    passing = params.one_of or lists.passed
    failing = {*lists.failed, *(lists.passed if params.one_of else ())} - {*passing}

    def meaning(word: str) -> int:
        if word in passing:
            return PASSED
        if word in failing:
            return FAILED
        return REVIEW if word in lists.review else OTHER

    words = row.comparison
    by_code = np.array([*(meaning(word) for word in words.words), 0], np.int32)
    have = np.where(has_row, by_code[words.codes], 0)
    minute = np.where(has_row, row.compared, UNKNOWN_MINUTE)
    in_time, too_late = _timely(batch, params.by, minute)
    passed = have == PASSED
    told = (have == OTHER) * UNFAMILIAR | (have == REVIEW) * IN_REVIEW | (have == 0) * NO_TEXT
    told |= (passed & too_late) * TOO_LATE | (passed & ~in_time & ~too_late) * TIME_UNKNOWN
    verdict = decided(passed & in_time, (have == FAILED) | (passed & too_late))
    return Measured.of(verdict, have, PASSED, told | _shown(minute))


class PhotoSpec(Params):
    """照片规格."""


@kind("photo.spec", Unit.CODE, Needs.PHOTOS)
def photo_spec(batch: Batch, params: PhotoSpec) -> Measured:
    """照片规格: the picture meets the school's specification, as the photo check has found.

    have: that finding (a Verdict); need: MET (n,); detail 0. 待核实: no picture was checked, or the check could not tell.
    Source: S2 四, domain 1.1.
    """
    del params
    row, has_row = _rows(batch)
    found = np.where(has_row, row.specification, Verdict.UNKNOWN.value)
    return Measured.of(decided(found == Verdict.MET, found == Verdict.NOT_MET), found, Verdict.MET)


def _rows(batch: Batch) -> tuple[Photos, Bools]:
    """One row a student (that of the last student where there is none), and whether there is one."""
    return batch.once("photo_rows", lambda: _aligned(batch.n, batch.photos))


def _aligned(n: int, photos: Photos) -> tuple[Photos, Bools]:
    if not len(photos.student):
        blank, moment = np.full(n, -1, np.int8), np.full(n, UNKNOWN_MINUTE, np.int64)
        return Photos(np.arange(n, dtype=np.int32), blank, moment, Coded.empty(n), moment, blank), np.zeros(n, bool)
    place = np.full(n, -1, np.intp)
    place[photos.student] = np.arange(len(photos.student))
    return take_rows(photos, place), place >= 0


def _timely(batch: Batch, by: str | None, minute: npt.NDArray[np.int64]) -> tuple[Bools, Bools]:
    """Surely in time, and surely too late. What is seen before the end has come about before the end."""
    if by is None:
        return np.ones(batch.n, bool), np.zeros(batch.n, bool)
    end = batch.frame.calendar[by]
    known = minute != UNKNOWN_MINUTE
    in_time = minute < minute_of(end)
    if batch.frame.at >= end:
        in_time &= known
    return in_time, known & (minute >= minute_of(end))


def _shown(minute: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.maximum(minute, 0) << MINUTE_FROM
