"""课程: rules that count plan courses: passed, re-sat, waived. Substitutes were folded into their slots with the grades."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.bitsets import Counts, count, detail, nonempty, pack, unpack
from biye.audit.core.grades import RETAKE
from biye.audit.core.intervals import at_least, at_most, decided, if_none, where_known
from biye.audit.core.limits import NOT_STATED, CountLimit, CourseCountLimit, ShareLimit
from biye.audit.core.selectors import EVERY_COURSE, Obtaining, Selector, select
from biye.audit.core.vocabulary import IfNone, Needs, Params, Unit, answer, kind
from biye.foundation.codes import Kind, Obtained
from biye.foundation.verdicts import Verdict

WHOLE = 10_000  # a share is in hundredths of a percent
_ANY_NUMBER = np.int32(1 << 30)  # of re-sits that a result still to come may bring


class CoursesPassed(Params):
    """课程全部通过."""

    courses: Selector = Field(default=EVERY_COURSE, description="哪些课程")
    if_none: IfNone = Field(default="unknown", description="计划中没有这样的课程时")


@kind("courses.passed", Unit.COUNT, Needs.GRADES)
def courses_passed(batch: Batch, params: CoursesPassed) -> Measured:
    """课程通过: every selected course of the plan is passed, substitutes and exemptions resolved.

    have: selected courses surely passed; need: selected courses (n,). detail: slots not passed (surely, or while 待核实
    perhaps). 待核实: no plan is known, what was not imported decides, or (by default) nothing is selected.
    Source: N1, N5.
    """
    chosen = select(batch, params.courses)
    lacking = chosen.surely & ~batch.passed() & ~batch.open()
    waiting = chosen.perhaps & ~batch.passed() & ~lacking
    lacks, waits = nonempty(lacking), nonempty(waiting)
    verdict = if_none(~nonempty(chosen.perhaps), answer(params.if_none), decided(~(lacks | waits), lacks))
    shown = np.where(lacks, detail(lacking), detail(waiting)) if waits.any() else detail(lacking)
    have = count(chosen.surely & batch.passed())
    return Measured.of(where_known(batch.plan_known, verdict), have, count(chosen.perhaps), shown)


class CoursesCount(Params):
    """课程门数."""

    courses: Selector = Field(default=EVERY_COURSE, description="哪些课程")
    min: CourseCountLimit = Field(description="至少多少门；plan 为计划中的门数")
    counting: Literal["passed", "taken"] = Field(default="passed", description="通过的，或有成绩的")


@kind("courses.count", Unit.COUNT, Needs.GRADES)
def courses_count(batch: Batch, params: CoursesCount) -> Measured:
    """课程门数: so many of the selected courses are passed (or have been taken).

    have: courses that surely count; need: courses (n,). detail: selected slots that do not count. 待核实: no plan is
    known, or what was not imported decides. Source: N1 (as many courses as the plan has).
    """
    chosen = select(batch, params.courses)
    done = batch.passed() if params.counting == "passed" else batch.present()
    surely = chosen.surely & done
    perhaps = chosen.perhaps & (done | batch.open())
    have = count(surely)
    need = params.min.each(batch, count(chosen.perhaps))
    verdict = where_known(batch.plan_known, at_least(have, count(perhaps), need))
    return Measured.of(verdict, have, need, detail(chosen.perhaps & ~done))


class AttemptsCount(Params):
    """补考重修次数."""

    over: Selector = Field(default=EVERY_COURSE, description="哪些课程")
    what: Annotated[Obtaining, Field(description="补考、重修，或两者")] = (Obtained.RESIT, Obtained.RETAKE)
    counting: Literal["courses", "times"] = Field(default="courses", description="按门数，或按次数")
    max: CountLimit = Field(description="至多")

    @model_validator(mode="after")
    def _only_again(self) -> "AttemptsCount":
        if not self.what or not set(self.what) <= {Obtained.RESIT, Obtained.RETAKE}:
            raise PydanticCustomError("enum", "neither a re-sit nor a retake", {"expected": "补考, 重修"})
        return self


@kind("attempts.count", Unit.COUNT, Needs.GRADES, Needs.RETAKES)
def attempts_count(batch: Batch, params: AttemptsCount) -> Measured:
    """补考重修次数: at most so many re-sits or retakes, by courses or by times, whatever became of them.

    have: re-sits or retakes known; need: the most allowed (n,). detail: slots that have any. 待核实: no plan is known, or
    courses whose results are open could bring too many. Source: D2 (re-taken courses at most 3).
    """
    chosen = select(batch, params.over)
    again = batch.again()
    times = np.zeros(again.shape, np.uint16)
    if Obtained.RESIT in params.what:
        times += again & np.uint16(RETAKE - 1)
    if Obtained.RETAKE in params.what:
        times += again // np.uint16(RETAKE)
    repeated = pack(times > 0) & chosen.surely
    if params.counting == "courses":
        known = count(repeated)
    else:
        known = np.where(unpack(repeated, batch.plans.slots), times, 0).sum(axis=1, dtype=np.int32)
    need = params.max.each(batch)
    more = count(chosen.perhaps & batch.open())
    most = known + (more if params.counting == "courses" else np.where(more, _ANY_NUMBER, 0))
    return Measured.of(where_known(batch.plan_known, at_most(known, most, need)), known, need, detail(repeated))


class WaiversShare(Params):
    """免修比例."""

    ways: Annotated[Obtaining, Field(description="哪些取得方式算作免修")] = (Obtained.EXEMPTION, Obtained.RECOGNITION)
    over: Selector = Field(
        default=Selector(no=Selector(kind=(Kind.THESIS,))), description="比例按哪些课程计算，通常不含毕业论文"
    )
    never: Selector | None = Field(default=None, description="任何时候都不得免修的课程，如毕业论文")
    max_share: ShareLimit | None = Field(default=None, description="至多占多少百分比（按门数）")
    max_count: CountLimit | None = Field(default=None, description="至多多少门")

    @model_validator(mode="after")
    def _one_limit(self) -> "WaiversShare":
        if (self.max_share is None) == (self.max_count is None):
            raise PydanticCustomError("exactly_one", "exactly one of {keys}", {"keys": "max_share、max_count"})
        return self


@kind("waivers.share", Unit.COUNT, Needs.GRADES)
def waivers_share(batch: Batch, params: WaiversShare) -> Measured:
    """免修比例: exempted or recognised courses are at most a share of the plan's courses, or a number; some never may be.

    have: courses waived; need: the most allowed, a share having been cut down to whole courses (n,). detail: slots
    waived that never may be, else all slots waived. 待核实: no plan is known, or what was not imported decides.
    Source: W1 (at most 30 %), W3 (at most 8 courses, the thesis never).
    """
    waived = select(batch, Selector(all=(params.over,), obtained=params.ways))
    have, need, shown = count(waived.surely), _most_waived(batch, params), waived.surely
    within = at_most(have, count(waived.perhaps), need)
    if params.never is not None:
        forbidden = select(batch, Selector(all=(params.never,), obtained=params.ways))
        broken = nonempty(forbidden.surely)
        met = (within == Verdict.MET) & ~nonempty(forbidden.perhaps)
        within = decided(met, (within == Verdict.NOT_MET) | broken)
        shown = np.where(broken[:, None], forbidden.surely, shown)
    return Measured.of(where_known(batch.plan_known & (need >= 0), within), have, need, detail(shown))


def _most_waived(batch: Batch, params: WaiversShare) -> Counts:
    """The most courses that may be waived (n,)."""
    if params.max_share is None:
        return params.max_count.each(batch)  # type: ignore[union-attr]
    share = params.max_share.each(batch).astype(np.int64)
    courses = count(select(batch, params.over).perhaps)
    return np.where(share < 0, NOT_STATED, share * courses // WHOLE).astype(np.int32)
