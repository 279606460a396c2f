"""学分: rules over credits earned. Amounts in tenths; a course whose results were not imported may still bring its credits.

A sum of credits is taken from bits: for each binary place of a course's credits the slots that have it are counted.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.bitsets import Bits, Counts, count, pack
from biye.audit.core.intervals import at_least, at_most, decided, if_none, where_known
from biye.audit.core.limits import CreditLimit, ShareLimit
from biye.audit.core.plans import PlanGrid
from biye.audit.core.selectors import EVERY_COURSE, Selection, Selector, select
from biye.audit.core.vocabulary import IfNone, Needs, Params, Unit, answer, kind

MODULES_SHOWN = 31  # bits of a detail for modules that fall short; as many above them for those still open
WHOLE = 10_000  # a share is in hundredths of a percent


class CreditsTotal(Params):
    """总学分."""

    min: CreditLimit = Field(description="应修学分；plan 为教学计划的总学分")
    over: Selector = Field(default=EVERY_COURSE, description="哪些课程的学分计入")


@kind("credits.total", Unit.CREDITS, Needs.GRADES)
def credits_total(batch: Batch, params: CreditsTotal) -> Measured:
    """总学分: credits earned in the plan reach the limit.

    have, need: tenths (n,); detail 0. 待核实: no plan is known, the plan states no total, or what was not imported
    decides. Source: S1 二.1, rulebook vocabulary.
    """
    surely, perhaps = earned(batch, params.over)
    need = params.min.each(batch, batch.by_plan(batch.plans.total_credits))
    return Measured.of(where_known(batch.plan_known, at_least(surely, perhaps, need)), surely, need)


class CreditsModule(Params):
    """一个模块的学分."""

    module: str = Field(description="模块代码或名称")
    min: CreditLimit = Field(description="应修学分；plan 为该模块的最低学分")
    if_none: IfNone = Field(default="unknown", description="计划中没有这个模块时")


@kind("credits.module", Unit.CREDITS, Needs.GRADES)
def credits_module(batch: Batch, params: CreditsModule) -> Measured:
    """模块学分: credits earned in one module, without what overflows from others.

    have, need: tenths (n,); detail 0. 待核实: no plan is known, what was not imported decides, or (by default) the plan
    has no such module. Source: rulebook vocabulary.
    """
    surely, perhaps = earned(batch, Selector(module=(params.module,)))
    own = batch.plans.once(("module_credits", params.module), lambda: _module_figure(batch.plans, params.module))
    figure = batch.by_plan(own)
    need = params.min.each(batch, figure)
    verdict = if_none(figure < 0, answer(params.if_none), at_least(surely, perhaps, need))
    return Measured.of(where_known(batch.plan_known, verdict), surely, need)


class CreditsModules(Params):
    """各模块的学分."""


@kind("credits.modules", Unit.CREDITS, Needs.GRADES)
def credits_modules(batch: Batch, params: CreditsModules) -> Measured:
    """各模块学分: every module reaches its own credits, surplus flowing where the plan lets it.

    have: tenths that count for some module's credits; need: the credits all modules ask (n,). detail: bit m, module m
    of the plan surely falls short; bit MODULES_SHOWN + m, it still may. 待核实: no plan is known, or what was not
    imported decides. A plan whose modules ask nothing is met. Source: rulebook vocabulary.
    """
    del params
    short, open_ = module_shortfalls(batch)
    asked = batch.by_plan(batch.plans.module_credits.sum(axis=1, dtype=np.int32))
    verdict = where_known(batch.plan_known, decided(~short.any(axis=1), open_.any(axis=1)))
    shown = _bits(open_ > 0) | _bits((short > 0) & (open_ == 0)) << MODULES_SHOWN
    return Measured.of(verdict, asked - short.sum(axis=1, dtype=np.int32), asked, shown)


class CreditsShare(Params):
    """已修学分占比."""

    min: ShareLimit = Field(description="占教学计划总学分的百分比")


@kind("credits.share", Unit.PERCENT, Needs.GRADES)
def credits_share(batch: Batch, params: CreditsShare) -> Measured:
    """学分比例: credits earned are at least this share of the plan's total; compared exactly.

    have: hundredths of a percent, cut off (never shown as reached when it is not); need likewise (n,); detail 0.
    待核实: no plan or no total is known, or what was not imported decides. Source: completion thresholds of 90 % and 80 %.
    """
    surely, perhaps = (amount.astype(np.int64) * WHOLE for amount in earned(batch))
    total = batch.by_plan(batch.plans.total_credits).astype(np.int64)
    need = params.min.each(batch)
    reached = at_least(surely, perhaps, need * total)
    known = batch.plan_known & (total > 0) & (need >= 0)
    return Measured.of(where_known(known, reached), surely // np.maximum(total, 1), need)


class CreditsOwed(Params):
    """所欠学分."""

    max: CreditLimit = Field(description="所欠学分至多")
    against: Literal["total", "modules"] = Field(default="total", description="欠总学分，或各模块所欠之和")


@kind("credits.owed", Unit.CREDITS, Needs.GRADES)
def credits_owed(batch: Batch, params: CreditsOwed) -> Measured:
    """所欠学分: the plan's total less what was earned (or what modules lack, together) is at most the limit.

    have: tenths owed as far as is known; need: the most allowed (n,); detail 0. 待核实: no plan or no total is known, or
    what was not imported decides. Source: S1 二.2(2).
    """
    need = params.max.each(batch, batch.by_plan(batch.plans.total_credits))
    if params.against == "modules":
        short, open_ = (owed.sum(axis=1, dtype=np.int32) for owed in module_shortfalls(batch))
        verdict = at_most(open_, short, need)
        return Measured.of(where_known(batch.plan_known, verdict), short, need)
    surely, perhaps = earned(batch)
    total = batch.by_plan(batch.plans.total_credits)
    most, least = np.maximum(total - surely, 0), np.maximum(total - perhaps, 0)
    return Measured.of(where_known(batch.plan_known & (total >= 0), at_most(least, most, need)), most, need)


def earned(batch: Batch, chosen: Selector = EVERY_COURSE) -> tuple[Counts, Counts]:
    """已修学分 (n,): tenths surely earned in the selected courses, and those they could be once all is imported."""
    return batch.once(("earned", chosen), lambda: _earned(batch, chosen, select(batch, chosen)))


def _earned(batch: Batch, chosen: Selector, courses: Selection) -> tuple[Counts, Counts]:
    planes, weights = batch.plans.once("credits", lambda: _places(batch.plans, batch.plans.credits))
    places = batch.by_plan(planes)
    surely = _weigh(places, batch.passed() & courses.surely, weights)
    if not batch.any_open():
        return surely, surely
    return surely, _weigh(places, (batch.passed() | batch.open()) & courses.perhaps, weights)


def _places(plans: PlanGrid, amounts: npt.NDArray[np.int32]) -> tuple[Bits, Counts]:
    """Binary places of amounts: slots that have each place (P+1, B, W), and what a place is worth (B,)."""
    unit = max(int(np.gcd.reduce(amounts[plans.valid])) if plans.valid.any() else 0, 1)
    parts = amounts // unit
    count_ = max(int(parts.max(initial=0)).bit_length(), 1)
    planes = np.stack([pack(parts >> place & 1 == 1) for place in range(count_)], axis=1)
    return planes, (unit << np.arange(count_)).astype(np.int32)


def _weigh(places: Bits, bits: Bits, weights: Counts) -> Counts:
    """The amounts of the slots in `bits` added up (n,)."""
    return count(places & bits[:, None]) @ weights


def _module_figure(plans: PlanGrid, module: str) -> Counts:
    """Credits the module asks in each plan (P+1,), -1 where a plan does not have it."""
    source = plans.source
    named = [module in (code, name) for code, name in zip(source.module_code, source.module_name, strict=True)]
    mine = np.array([*named, False])[plans.module_row]
    return np.where(mine.any(axis=1), (plans.module_credits * mine).sum(axis=1), -1).astype(np.int32)


def module_credits(batch: Batch, bits: Bits) -> Counts:
    """Credits of these slots by local module (n, M), nothing flowing."""
    planes, weights = batch.plans.once("module_planes", lambda: _module_places(batch.plans))
    return count(batch.by_plan(planes) & bits[:, None, None]) @ weights


def _module_places(plans: PlanGrid) -> tuple[Bits, Counts]:
    planes, weights = _places(plans, plans.credits)
    mine = pack(plans.module[:, None, :] == np.arange(plans.module_credits.shape[1])[:, None])
    return planes[:, None] & mine[:, :, None], weights


def module_shortfalls(batch: Batch) -> tuple[Counts, Counts]:
    """各模块所欠 (n, M) tenths: as far as is known, and what is left once everything open has been passed."""
    return batch.once("module_shortfalls", lambda: _module_shortfalls(batch))


def _module_shortfalls(batch: Batch) -> tuple[Counts, Counts]:
    surely = shortfalls(batch, module_credits(batch, batch.passed()))
    if not batch.any_open():
        return surely, surely
    return surely, shortfalls(batch, module_credits(batch, batch.passed() | batch.open()))


def shortfalls(batch: Batch, credits: Counts) -> Counts:
    """What each module still lacks (n, M) after surplus has flowed on; chains flow through, circles come to rest."""
    asked = batch.by_plan(batch.plans.module_credits)
    steps = batch.plans.once("overflow_steps", lambda: _longest_flow(batch.plans))
    lacks = np.maximum(asked - credits, 0)
    if not steps:
        return lacks
    target = batch.by_plan(batch.plans.module_overflow)
    moving = np.maximum(credits - asked, 0)
    for _ in range(steps):
        moving = _moved(moving, target)
        taken = np.minimum(moving, lacks)
        lacks -= taken
        moving -= taken
    return lacks


def _moved(moving: Counts, target: npt.NDArray[np.int16]) -> Counts:
    """Surplus one module further; what flows nowhere is gone."""
    arrived = np.zeros_like(moving)
    rows = np.arange(len(moving))
    for module in range(moving.shape[1]):
        flows = (target[:, module] >= 0) & (moving[:, module] > 0)
        arrived[rows[flows], target[flows, module]] += moving[flows, module]
    return arrived


def _longest_flow(plans: PlanGrid) -> int:
    """How often surplus may move on before every module it can reach has seen it."""
    rows, modules = plans.module_overflow.shape
    place = np.tile(np.arange(modules), (rows, 1))
    longest = 0
    for step in range(1, modules + 1):
        place = np.where(place >= 0, np.take_along_axis(plans.module_overflow, np.maximum(place, 0), axis=1), -1)
        longest = step if (place >= 0).any() else longest
    return longest


def _bits(modules: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    shown = modules[:, :MODULES_SHOWN]
    return shown @ (np.int64(1) << np.arange(shown.shape[1], dtype=np.int64))
