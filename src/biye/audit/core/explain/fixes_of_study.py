"""学业的最近办法: which courses to pass, or to take again, and how far."""

import numpy as np
import numpy.typing as npt

from biye.audit.core.averages import reaches
from biye.audit.core.explain.fixes import Shortfall, mends
from biye.audit.core.explain.nearest import nearest
from biye.audit.core.explain.phrases import FIXES, PHRASES, WORDS
from biye.audit.core.explain.shapes import Fix
from biye.audit.core.explain.wording import listed
from biye.audit.core.readings import Reading
from biye.audit.core.rules.choices import shortfall
from biye.audit.core.rules.credits import WHOLE, module_shortfalls
from biye.audit.core.rules.grades import HIGHEST
from biye.audit.core.selectors import EVERY_COURSE, Selector, select, ways
from biye.foundation.amounts import show_credits, show_score
from biye.records.core.tables import NO_SCORE, Bools

Mask = npt.NDArray[np.bool_]


@mends("credits.total", "credits.owed")
def credits(found: Shortfall) -> tuple[Fix, ...]:
    """The fewest courses for what is lacking, of those the rule counts."""
    gap = abs(found.stored.need - found.stored.have)
    if found.rule.rule == "credits.owed" and found.params.against == "modules":
        return _module_fixes(found)
    over = getattr(found.params, "over", EVERY_COURSE)
    return (_credits(found, gap, _may(found, over)),)


@mends("credits.share")
def share(found: Shortfall) -> tuple[Fix, ...]:
    """The share as credits."""
    total = int(found.evidence.plans.total_credits[found.plan])
    gap = -(-found.stored.need * total // WHOLE) - found.evidence.earned(found.row)
    return (_credits(found, gap, None),)


@mends("credits.module")
def module(found: Shortfall) -> tuple[Fix, ...]:
    """Courses of the module."""
    gap = found.stored.need - found.stored.have
    return (_credits(found, gap, _may(found, Selector(module=(found.params.module,)))),)


@mends("credits.modules")
def modules(found: Shortfall) -> tuple[Fix, ...]:
    """A fix for each module that falls short."""
    return _module_fixes(found)


def _module_fixes(found: Shortfall) -> tuple[Fix, ...]:
    evidence = found.evidence
    lacks, _ = module_shortfalls(evidence.batch(found.row))
    number = evidence.plans.module[found.plan]
    made = []
    for place, name in enumerate(found.speaker.names.modules(found.plan)):
        if gap := int(lacks[0, place]):
            fix = _credits(found, gap, number == place)
            made.append(Fix(FIXES["module"].format(module=name, fix=fix.sentence), fix.choices))
    return tuple(made)


def _credits(found: Shortfall, gap: int, among: Bools | None) -> Fix:
    if gap <= 0:  # nothing to look at, which the rulebook takes for a shortfall
        return Fix(found.says("person"))
    evidence, row = found.evidence, found.row
    credits = evidence.credits(row)
    courses = [(slot, int(credits[slot])) for slot in evidence.not_passed(row, among)]
    best = nearest(courses, gap)
    shown = show_credits(gap)
    if best is None:
        left = show_credits(sum(amount for _, amount in courses))
        return Fix(found.says("credits_beyond", gap=shown, left=left))
    choices = tuple(tuple(evidence.code(row, slot) for slot in slots) for slots in best.choices)
    first = best.choices[0]
    if len(first) > 1:
        names = listed([_with_credits(found, slot) for slot in first])
        return Fix(found.says("credits_several", gap=shown, count=len(first), courses=names), choices)
    singles = [_with_credits(found, slots[0]) for slots in best.choices]
    if len(singles) == 1:
        return Fix(found.says("credits_only", gap=shown, courses=singles[0]), choices)
    return Fix(found.says("credits_one", gap=shown, courses=PHRASES["and"].join(singles)), choices)


def _with_credits(found: Shortfall, slot: int) -> str:
    amount = show_credits(int(found.evidence.credits(found.row)[slot]))
    return WORDS["course_credits"].format(course=found.evidence.name(found.row, slot), credits=amount)


def _may(found: Shortfall, selector: Selector) -> Mask:
    """Slots the selector may mean, however they are obtained (S,)."""
    chosen: Mask = ways(selector, found.evidence.plans)[found.plan] != 0
    return chosen


@mends("courses.passed")
def pass_all(found: Shortfall) -> tuple[Fix, ...]:
    """Each of the courses not passed."""
    slots = found.evidence.not_passed(found.row, _may(found, found.params.courses))
    return (_courses(found, "pass_all", slots, all_of=True),)


@mends("courses.count")
def pass_some(found: Shortfall) -> tuple[Fix, ...]:
    """Any of the courses not passed, so many of them."""
    slots = found.evidence.not_passed(found.row, _may(found, found.params.courses))
    return (_courses(found, "pass_any", slots, count=found.stored.need - found.stored.have),)


@mends("courses.choose")
def choose(found: Shortfall) -> tuple[Fix, ...]:
    """Courses that fill empty seats: any one where one seat is empty, else a set that fills them all.

    Seats and courses make a matroid, so that taking every course that fills one more seat gives the fewest courses.
    """
    evidence, row = found.evidence, found.row
    batch = evidence.batch(row)
    chosen = [select(batch, group.courses).perhaps for group in found.params.groups]
    asked = np.array([group.n for group in found.params.groups])
    done = batch.passed().copy()
    lacks = left = int(shortfall(done, chosen, asked)[0][0])
    taken = []
    for slot in evidence.not_passed(row):
        more = done.copy()
        more[0, slot >> 6] |= np.uint64(1 << (slot & 63))
        fewer = int(shortfall(more, chosen, asked)[0][0])
        if fewer < left:
            taken.append(slot)
            if lacks > 1:
                done, left = more, fewer
        if not left:
            break
    if left and lacks > 1:
        return (Fix(found.says("choose_beyond", count=lacks)),)
    return (_courses(found, "pass_any" if lacks == 1 else "pass_such", taken, all_of=lacks > 1, count=lacks),)


def _courses(found: Shortfall, key: str, slots: list[int], *, all_of: bool = False, **values: object) -> Fix:
    if not slots:
        return Fix(found.says("person"))
    names = [found.evidence.name(found.row, slot) for slot in slots]
    codes = [found.evidence.code(found.row, slot) for slot in slots]
    choices = (tuple(codes),) if all_of else tuple((code,) for code in codes)
    return Fix(found.says(key, courses=listed(names), **values), choices)


@mends("grade.each")
def raise_each(found: Shortfall) -> tuple[Fix, ...]:
    """The courses below the limit, to be taken again."""
    courses = found.speaker.names.courses(found.stored.detail, found.plan)
    return (Fix(found.says("raise_each", courses=courses, need=show_score(found.stored.need))),)


@mends("grade.of")
def raise_one(found: Shortfall) -> tuple[Fix, ...]:
    """The one course, and how much is missing."""
    stored, said = found.stored, _said(found)
    if stored.have == NO_SCORE:
        return (Fix(found.says("no_grade", label=found.rule.label, need=said)),)
    slots = np.flatnonzero(_may(found, found.params.courses)).tolist()
    courses = listed([found.evidence.name(found.row, slot) for slot in slots])
    have, gap = show_score(stored.have), show_score(abs(stored.need - stored.have))
    return (Fix(found.says("raise_one", courses=courses, need=said, have=have, gap=gap)),)


def _said(found: Shortfall) -> str:
    """The limit as the rule says it, a word or a number."""
    told = found.speaker.told(found.rule, found.stored, found.plan)
    return told.values["need"]


@mends("grade.average")
def average(found: Shortfall) -> tuple[Fix, ...]:
    """How many points all courses together lack, and one course that could bring them."""
    evidence, params = found.evidence, found.params
    batch = evidence.batch(found.row)
    read = Reading.of(batch, params, params.over)
    counted = read.numbered & read.passed if params.counting == "passed" else read.numbered
    columns = np.flatnonzero(counted[0])
    if not len(columns):
        return (Fix(found.says("person")),)
    slots = columns if read.slots is None else read.slots[0, columns]
    numbers = read.numbers()[0, columns].astype(np.int64)
    credits = evidence.credits(found.row)[slots].astype(np.int64)
    weights = credits if params.weights == "credits" else np.ones_like(credits)
    lack = _points(found, int((numbers * weights).sum()), int(weights.sum()))
    points = show_score(lack if params.weights == "none" else -(-lack // int(weights.max())))
    values = {"courses": len(slots), "points": points}
    order = np.lexsort((slots, numbers)).tolist()
    for place in order:
        aim = int(numbers[place]) + -(-lack // max(int(weights[place]), 1))
        if aim <= HIGHEST and weights[place]:
            name, have = evidence.name(found.row, int(slots[place])), show_score(int(numbers[place]))
            example = FIXES["average_example"].format(course=name, have=have, aim=show_score(aim))
            return (Fix(found.says("average", example=example, **values)),)
    return (Fix(found.says("average_several", count=_fewest((HIGHEST - numbers) * weights, lack), **values)),)


def _fewest(room: npt.NDArray[np.int64], lack: int) -> int:
    """The fewest grades that together have room for so many more points."""
    reached = np.cumsum(np.sort(room)[::-1])
    return int(np.searchsorted(reached, lack)) + 1


def _points(found: Shortfall, total: int, weight: int) -> int:
    """The fewest hundredths (times weight) more with which the average reaches the limit."""
    params, need = found.params, np.array([found.stored.need], np.int64)
    low, high = 0, weight * HIGHEST

    def enough(more: int) -> bool:
        sums, weights = np.array([total + more], np.int64), np.array([weight], np.int64)
        return bool(reaches(sums, weights, need, params.round, above=params.above is not None)[0])

    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


@mends("attempts.count", "waivers.share", "rank.within", "history.conclusion", "history.outcome", "standing.status")
def ask_a_person(found: Shortfall) -> tuple[Fix, ...]:
    """What cannot be made undone: only a person can help."""
    return (Fix(found.says("person")),)
