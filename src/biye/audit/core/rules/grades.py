"""成绩: rules over grades as numbers and words: each of them, their average, one of them.

Numbers are hundredths and every comparison is between integers, so 69.995 stays below 70.00 until a rulebook rounds.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.averages import EXACT, Rounding, reaches, shown
from biye.audit.core.batch import Batch, Measured
from biye.audit.core.bitsets import count, detail, nonempty, pack
from biye.audit.core.intervals import decided, if_none, where_known
from biye.audit.core.limits import GradeLimit, ScoreLimit
from biye.audit.core.readings import Graded, GradedMany, Reading
from biye.audit.core.selectors import Selector, select
from biye.audit.core.vocabulary import IfNone, Needs, Unit, answer, kind
from biye.foundation.codes import PASSING_MARKS, Mark
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_SCORE, Bools

Sums = npt.NDArray[np.int64]
Weights = npt.NDArray[np.int32] | None
HIGHEST = 10_000  # 100.00, the most an open result may bring

# detail of grade.average: these bits, and from COUNTED_FROM on how many courses were counted
NOTHING_COUNTED, RESULTS_OPEN, WORD_WITHOUT_NUMBER = 1, 2, 4
COUNTED_FROM = 8
# detail of grade.of: the Mark of the result in the low four bits, then these
NO_RESULT, RESULT_OPEN, NO_SUCH_COURSE, NO_NUMBER = 1 << 4, 1 << 5, 1 << 6, 1 << 7

_MORE = np.int32(1 << 20)  # than any score
_PASSES = np.isin(np.arange(16), PASSING_MARKS)
_RANKED = np.isin(np.arange(16), [Mark.EXCELLENT, Mark.GOOD, Mark.MEDIUM, Mark.PASS])
_MERELY_PASSED = (Mark.PASS, Mark.QUALIFIED)
_MERELY = np.isin(np.arange(16), _MERELY_PASSED)


class GradeEach(GradedMany):
    """每门成绩."""

    min: ScoreLimit = Field(description="每门至少")
    missing: Literal["not_met", "passed_over"] = Field(default="not_met", description="没有成绩的课程：不符合，或不看")
    if_none: IfNone = Field(default="unknown", description="没有这样的课程时")


@kind("grade.each", Unit.SCORE, Needs.GRADES)
def grade_each(batch: Batch, params: GradeEach) -> Measured:
    """每门成绩: each selected grade reaches the limit; a failing word never does, a passing word does by the scale.

    have: the lowest number among them (NO_SCORE: none); need: hundredths (n,). detail: slots below or without a result,
    or while 待核实 those not known. 待核实: no plan is known, what was not imported decides, a passing word has no number,
    or (by default) there is nothing to look at. Source: D1, D3 (every degree course at least 70), N20.
    """
    read = Reading.of(batch, params, params.over)
    need = params.min.each(batch)
    numbered, numbers = read.numbered, read.numbers()
    low = numbered & (numbers < need[:, None])
    waiting = read.waiting_slots()
    if read.word is not None:
        low |= read.word & ~read.passed
        waiting = read.word & read.passed if waiting is None else waiting | read.word & read.passed
    if params.missing == "not_met":
        low |= read.missing()
        looked_at = nonempty(select(batch, params.over, params.attempt).perhaps)
    else:
        looked_at = read.taken() | read.waiting()
    told = below = read.bits(low)
    fails = settled = nonempty(below)
    if waiting is not None:
        open_ = read.bits(waiting)
        settled = fails | nonempty(open_)
        told = np.where(fails[:, None], below, open_)
    verdict = if_none(~looked_at, answer(params.if_none), decided(~settled, fails))
    have = (numbers + ~numbered * _MORE).min(axis=1)
    have[have >= _MORE - 1] = NO_SCORE
    return Measured.of(where_known(batch.plan_known & (need >= 0), verdict), have, need, detail(told))


class GradeAverage(GradedMany):
    """平均分."""

    min: ScoreLimit | None = Field(default=None, description="不低于")
    above: ScoreLimit | None = Field(default=None, description="高于（不含）")
    weights: Literal["none", "credits"] = Field(default="none", description="不加权，或按学分加权")
    counting: Literal["taken", "passed"] = Field(default="taken", description="有成绩的课程，或只算通过的")
    round: Rounding = Field(default=EXACT, description="平均分如何修约")
    if_none: IfNone = Field(default="unknown", description="没有可计算的成绩时")

    @model_validator(mode="after")
    def _one_limit(self) -> "GradeAverage":
        if (self.min is None) == (self.above is None):
            raise PydanticCustomError("exactly_one", "exactly one of {keys}", {"keys": "min、above"})
        return self


@kind("grade.average", Unit.SCORE, Needs.GRADES)
def grade_average(batch: Batch, params: GradeAverage) -> Measured:
    """平均分: the mean of the selected grades is at least (or above) the limit, rounded first where the rulebook says so.

    have: the mean of what is known, hundredths, further places cut off (NO_SCORE: nothing counted); need: hundredths
    (n,). detail: NOTHING_COUNTED, RESULTS_OPEN, WORD_WITHOUT_NUMBER, and from bit COUNTED_FROM the number of courses.
    待核实: no plan is known; results still open, or words without a number, could carry the mean over the limit or under
    it; or (by default) nothing counts. Source: D1–D4, N19, S1's degree conditions.
    """
    read = Reading.of(batch, params, params.over)
    limit = params.min or params.above
    need = limit.each(batch).astype(np.int64)  # type: ignore[union-attr]
    numbered = read.numbered
    if params.counting == "passed":
        numbered = numbered & read.passed
    weight = _weights(batch, read) if params.weights == "credits" else None
    counted = count(pack(numbered)).astype(np.int64)
    total = _sum(numbered if weight is None else numbered * weight, read.numbers())
    over = counted if weight is None else _sum(numbered, weight)
    none = over == 0

    def holds(points: Sums, weights: Sums) -> Bools:
        return reaches(points, np.maximum(weights, 1), need, params.round, above=params.above is not None)

    as_is, if_none_ = holds(total, over), answer(params.if_none)
    surely, perhaps = np.where(none, if_none_ == Verdict.MET, as_is), np.where(none, if_none_ != Verdict.NOT_MET, as_is)
    bare = read.word
    if bare is not None and params.counting == "passed":
        bare = bare & read.passed
    to_come, vague = _still_open(batch, read, bare, weight)
    open_ = (to_come > 0) | (vague > 0)
    if open_.any():
        # What is open may count or not; the mean goes furthest when all of it counts the least, or the most, or not.
        lowest = 0 if params.counting == "taken" else _lowest_pass(batch, read)
        words, everything = over + vague, over + vague + to_come
        least = ((words == 0) | holds(total, words)) & holds(total + lowest * to_come, everything)
        surely &= ~open_ | least
        perhaps |= open_ & holds(total + HIGHEST * (to_come + vague), everything)
    verdict = decided(surely, ~perhaps)
    have = np.where(none, NO_SCORE, shown(total, np.maximum(over, 1), params.round))
    told = none * NOTHING_COUNTED | read.waiting() * RESULTS_OPEN | counted << COUNTED_FROM
    if bare is not None:
        told |= bare.any(axis=1) * WORD_WITHOUT_NUMBER
    return Measured.of(where_known(batch.plan_known & (need >= 0), verdict), have, need, told)


def _still_open(batch: Batch, read: Reading, bare: Bools | None, weight: Weights) -> tuple[Sums, Sums]:
    """Weights of results that may still come, and of words without a number (n,)."""
    to_come, vague = np.zeros((2, batch.n), np.int64)
    if len(read.open_rows):
        to_come[read.open_rows] = _weigh(read.open, None if weight is None else weight[read.open_rows])
    if bare is not None:
        vague = _weigh(bare, weight)
    return to_come, vague


def _weigh(mask: Bools, weight: Weights) -> Sums:
    return count(pack(mask)).astype(np.int64) if weight is None else _sum(mask, weight)


def _weights(batch: Batch, read: Reading) -> npt.NDArray[np.int32]:
    credits = batch.by_plan(batch.plans.credits)
    return credits if read.slots is None else np.take_along_axis(credits, read.slots, axis=1)


def _lowest_pass(batch: Batch, read: Reading) -> int:
    """The least a passed result may count."""
    words = read.scale.numbers[_PASSES[: len(read.scale.numbers)]]
    return int(min([batch.grades.scale.pass_score, *words[words >= 0]]))


def _sum(mask: npt.NDArray[np.bool_ | np.int32], amounts: npt.NDArray[np.int32]) -> Sums:
    """Amounts, masked or weighted, added up by row (n,). A row of hundredths by tenths stays far below 2^31."""
    return (mask * amounts).sum(axis=1, dtype=np.int32).astype(np.int64)


class GradeOf(Graded):
    """一门课程的成绩."""

    courses: Selector = Field(description="哪门课程，如 {kind: 毕业论文}")
    min: GradeLimit = Field(description="至少：分数，或 优、良、中、及格、合格")
    if_none: IfNone = Field(default="unknown", description="计划中没有这门课程时")


@kind("grade.of", Unit.SCORE, Needs.GRADES)
def grade_of(batch: Batch, params: GradeOf) -> Measured:
    """一门课程的成绩: a named course such as the thesis reaches a score or a word; where several are meant, one of them.

    Words are compared with words by rank (优 良 中 及格), with numbers by the scale; 及格 and 合格 ask for a pass. A
    failing word reaches nothing. have: the best number (NO_SCORE: none); need: hundredths (n,). detail: Mark of that
    result, NO_RESULT, RESULT_OPEN, NO_SUCH_COURSE, NO_NUMBER. 待核实: no plan is known, the result may still come, a
    passing word has no number, or (by default) the plan has no such course. Source: S1 (thesis 80), D1, D2, D4.
    """
    read = Reading.of(batch, params, params.courses)
    need, word = params.min.split(batch, _thresholds(read))
    mark, numbers, numbered = read.mark, read.numbers(), read.numbered
    ranked = _RANKED.take(mark) & _RANKED.take(word)[:, None]
    reached = np.where(ranked, mark <= word[:, None], numbered & (numbers >= need[:, None]))
    reached |= _PASSES.take(mark) & _MERELY.take(word)[:, None]
    reached &= read.counted
    bare = read.counted & ~numbered & _PASSES.take(mark) & ~ranked & ~reached
    met, waits, vague = reached.any(axis=1), read.waiting(), bare.any(axis=1)
    missing = ~nonempty(select(batch, params.courses, params.attempt).perhaps)
    verdict = if_none(missing, answer(params.if_none), decided(met, ~(met | waits | vague)))
    place = np.where(read.counted, np.where(numbered, numbers + 1, 0).astype(np.int64) << 23 | read.packed, -1).argmax(
        axis=1
    )
    rows = np.arange(batch.n)
    have = np.where(numbered[rows, place], numbers[rows, place], NO_SCORE)
    none = ~read.counted[rows, place]
    told = (
        np.where(none, NO_RESULT, mark[rows, place])
        | waits * RESULT_OPEN
        | missing * NO_SUCH_COURSE
        | vague * NO_NUMBER
    )
    return Measured.of(where_known(batch.plan_known & (need >= 0), verdict), have, need, told)


def _thresholds(read: Reading) -> npt.NDArray[np.int32]:
    """What a word asks as a number: by the scale, a mere pass by the pass mark."""
    numbers = read.scale.numbers.copy()
    for mark in _MERELY_PASSED:
        numbers[mark] = read.scale.pass_score
    return numbers
