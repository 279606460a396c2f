"""The plain second engine, rules over results: every result that may still come is tried, and a verdict stands only
when all these worlds agree. Nothing here knows of bits, intervals or columns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from biye.foundation.codes import Mark, Obtained
from biye.seasons.core.frame import Frame
from tests.oracle_facts import Person, Result, Slot, numbered, standing
from tests.oracle_words import limit, selects

Answer = tuple[str, int, int]  # verdict, have, need
OFTEN = 1000


@dataclass(frozen=True)
class Seen:
    """One course in one world: its result, if any, and how often it was re-sat and retaken."""

    slot: Slot
    result: Result | None
    resits: int = 0
    retakes: int = 0
    counts: bool = True  # False in a world where the result is left out of an average

    @property
    def way(self) -> Obtained | None:
        return self.result.way if self.result else None

    @property
    def passed(self) -> bool:
        return self.result is not None and self.result.passed


World = list[Seen]


def _number(score: int, way: Obtained) -> Result:
    return Result(Mark.NUMBER, score, way, None, score > 0)


_NUMBERS = [(_number(score, Obtained.FIRST), 0, 0) for score in (0, 6_000, 10_000)]
_WAYS = [(_number(10_000, way), 0, 0) for way in (Obtained.RECOGNITION, Obtained.SUBSTITUTE)] + [
    (Result(Mark.EXEMPT, None, Obtained.EXEMPTION, None, passed=True), 0, 0),
    (_number(10_000, Obtained.RESIT), OFTEN, 0),
    (_number(10_000, Obtained.RETAKE), 0, OFTEN),
]


def base(one: Person, attempt: str, frame: Frame) -> tuple[World, list[int]]:
    """The world as it is known, and which of its courses may still turn out otherwise."""
    world, open_ = [], []
    for number, slot in enumerate(one.slots):
        result, sure = standing(slot, attempt, frame)
        ways = [attempt_.way for attempt_ in slot.attempts]
        world.append(Seen(slot, result, ways.count(Obtained.RESIT), ways.count(Obtained.RETAKE)))
        unseen = not slot.attempts and (slot.blank or slot.part not in one.covered)
        if unseen or not sure:
            open_.append(number)
    return world, open_


def worlds(world: World, open_: list[int], *, by_way: bool) -> Iterator[World]:
    """Every way the open results may turn out."""
    options = [(None, 0, 0), *_NUMBERS, *(_WAYS if by_way else [])]
    for picked in product(options, repeat=len(open_)):
        changed = list(world)
        for place, (result, resits, retakes) in zip(open_, picked, strict=True):
            changed[place] = replace(world[place], result=result, resits=resits, retakes=retakes)
        yield changed


def judge(one: Person, params: Any, frame: Frame, rule: Callable[..., Answer], *, by_way: bool = False) -> Answer:
    """The verdict all worlds agree on; have and need as far as is known."""
    world, open_ = base(one, getattr(params, "attempt", "best"), frame)
    known = [replace(seen, result=None) if number in open_ else seen for number, seen in enumerate(world)]
    _, have, need = rule(known, one, params, frame)
    if not one.known_plan:
        return "UNKNOWN", have, need
    verdicts = {
        rule(read, one, params, frame)[0]
        for possible in worlds(known, open_, by_way=by_way)
        for read in _readings(possible, params, frame, rule)
    }
    return (verdicts.pop() if len(verdicts) == 1 else "UNKNOWN"), have, need


def _readings(world: World, params: Any, frame: Frame, rule: Callable[..., Answer]) -> Iterator[World]:
    """Words that have no number may stand for any; in an average they may also be left out."""
    if rule not in (grade_each, grade_average, grade_of):
        yield world
        return
    vague = [number for number, seen in enumerate(world) if _vague(seen, params, frame, rule)]
    options = (0, 10_000, None) if rule is grade_average else (0, 10_000)
    for picked in product(options, repeat=len(vague)):
        read = list(world)
        for place, score in zip(vague, picked, strict=True):
            seen = read[place]
            number = numbered(seen.result, score or 0)  # type: ignore[arg-type]
            read[place] = replace(seen, result=number, counts=score is not None)
        yield read


def _vague(seen: Seen, params: Any, frame: Frame, rule: Callable[..., Answer]) -> bool:
    result = seen.result
    if result is None or _value(result, params, frame) is not None or _left_out(result, params):
        return False
    if rule is grade_average:
        return params.counting == "taken" or result.passed
    return result.passed and not (rule is grade_of and _by_word_alone(result, params, frame))


def _by_word_alone(result: Result, params: Any, frame: Frame) -> bool:
    """Is a word asked for that this word answers without any number?"""
    figure = params.min.root
    word = Mark(-10 - figure) if isinstance(figure, int) and figure <= -10 else None
    return word in (Mark.PASS, Mark.QUALIFIED) or (word in _RANKS and result.mark in _RANKS)


def _value(result: Result, params: Any, frame: Frame) -> int | None:
    if result.mark is Mark.NUMBER:
        return result.score
    return frame.school.scale(params.scale).numbers.get(result.mark)


def _left_out(result: Result, params: Any) -> bool:
    exempt = result.mark is Mark.EXEMPT or result.way is Obtained.EXEMPTION
    if exempt:
        return getattr(params, "exempted", "") == "excluded"
    return getattr(params, "words", "") == "excluded" and result.mark is not Mark.NUMBER


def say(truth: bool, have: int | None, need: int | None) -> Answer:
    """A plain answer; without a figure to compare with nobody can say."""
    if need is None:
        return "UNKNOWN", have or 0, -1
    return "MET" if truth else "NOT_MET", have or 0, need


def _chosen(world: World, selector: Any, one: Person) -> World:
    return [seen for seen in world if selects(selector, seen.slot, seen.way, one)]


def credits_total(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    have = sum(seen.slot.credits for seen in _chosen(world, params.over, one) if seen.passed)
    need = limit(params.min, one, frame, one.total)
    return say(need is not None and have >= need, have, need)


def credits_module(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    mine = [number for number, module in enumerate(one.modules) if params.module in (module.code, module.name)]
    have = sum(seen.slot.credits for seen in world if seen.passed and seen.slot.module in mine)
    need = limit(params.min, one, frame, sum(one.modules[number].asked for number in mine) if mine else None)
    if not mine:
        return params.if_none.upper(), have, -1 if need is None else need
    return say(need is not None and have >= need, have, need)


def lacking(world: World, one: Person) -> list[int]:
    """What each module lacks once surplus has flowed on, credit by credit."""
    have = [0] * len(one.modules)
    for seen in world:
        if seen.passed and seen.slot.module is not None:
            have[seen.slot.module] += seen.slot.credits
    lacks = [max(module.asked - credits, 0) for module, credits in zip(one.modules, have, strict=True)]
    surplus = [max(credits - module.asked, 0) for module, credits in zip(one.modules, have, strict=True)]
    for start, amount in enumerate(surplus):
        here, visited = one.modules[start].flows_to, {start}
        left = amount
        while left and here is not None and here not in visited:
            visited.add(here)
            used = min(left, lacks[here])
            lacks[here] -= used
            left -= used
            here = one.modules[here].flows_to
    return lacks


def credits_modules(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    asked = sum(module.asked for module in one.modules)
    lacks = sum(lacking(world, one))
    return say(lacks == 0, asked - lacks, asked)


def credits_share(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    earned = sum(seen.slot.credits for seen in world if seen.passed)
    need = limit(params.min, one, frame)
    if not one.total:
        # A share of nothing has no meaning; what the columns hold there is left alone.
        return "UNKNOWN", earned * 10_000, -1 if need is None else need
    share = Fraction(earned * 10_000, one.total)
    return say(need is not None and share >= need, int(share), need)


def credits_owed(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    earned = sum(seen.slot.credits for seen in world if seen.passed)
    need = limit(params.max, one, frame, one.total)
    if params.against == "modules":
        owed = sum(lacking(world, one))
    elif one.total is None:
        return "UNKNOWN", 0, -1 if need is None else need
    else:
        owed = max(one.total - earned, 0)
    return say(need is not None and owed <= need, owed, need)


def courses_passed(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    chosen = _chosen(world, params.courses, one)
    passed = sum(seen.passed for seen in chosen)
    if not chosen:
        return params.if_none.upper(), 0, 0
    return say(passed == len(chosen), passed, len(chosen))


def courses_count(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    chosen = _chosen(world, params.courses, one)
    have = sum(seen.passed if params.counting == "passed" else seen.result is not None for seen in chosen)
    need = limit(params.min, one, frame, len(chosen))
    return say(need is not None and have >= need, have, need)


def courses_choose(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    asked = sum(group.n for group in params.groups)
    seats = [number for number, group in enumerate(params.groups) for _ in range(group.n)]
    fits = [
        {number for number, group in enumerate(params.groups) if selects(group.courses, seen.slot, seen.way, one)}
        for seen in world
        if seen.passed
    ]
    taken: dict[int, int] = {}

    def seat(place: int, tried: set[int]) -> bool:
        for course, groups in enumerate(fits):
            if seats[place] in groups and course not in tried:
                tried.add(course)
                if course not in taken or seat(taken[course], tried):
                    taken[course] = place
                    return True
        return False

    have = sum(seat(place, set()) for place in range(len(seats)))
    return say(have == asked, have, asked)


def attempts_count(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    times = [
        (Obtained.RESIT in params.what) * seen.resits + (Obtained.RETAKE in params.what) * seen.retakes
        for seen in _chosen(world, params.over, one)
    ]
    have = sum(map(bool, times)) if params.counting == "courses" else sum(times)
    need = limit(params.max, one, frame)
    return say(need is not None and have <= need, have, need)


def waivers_share(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    counted = _chosen(world, params.over, one)
    have = sum(seen.way in params.ways for seen in counted)
    if params.max_count is not None:
        need = limit(params.max_count, one, frame)
    else:
        share = limit(params.max_share, one, frame)
        need = None if share is None else int(Fraction(share * len(counted), 10_000))
    broken = params.never is not None and any(seen.way in params.ways for seen in _chosen(world, params.never, one))
    return say(need is not None and have <= need and not broken, have, need)


def grade_each(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    need = limit(params.min, one, frame)
    chosen = _chosen(world, params.over, one)
    results = [seen.result for seen in chosen if seen.result is not None]
    values = [(_value(one_, params, frame), one_) for one_ in results if not _left_out(one_, params)]
    numbers = [number for number, _ in values if number is not None]
    have = min(numbers, default=-1)
    if not (chosen if params.missing == "not_met" else results):
        return (params.if_none.upper() if need is not None else "UNKNOWN"), have, -1 if need is None else need
    if need is None:
        return "UNKNOWN", have, -1
    low = any(number < need if number is not None else not one_.passed for number, one_ in values)
    gap = params.missing == "not_met" and len(results) < len(chosen)
    return say(not (low or gap), have, need)


def grade_average(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    need = limit(params.min or params.above, one, frame)
    points, weights = 0, 0
    for seen in _chosen(world, params.over, one):
        result = seen.result
        if result is None or not seen.counts or _left_out(result, params):
            continue
        if params.counting == "passed" and not result.passed:
            continue
        number = _value(result, params, frame)
        if number is not None:
            weight = seen.slot.credits if params.weights == "credits" else 1
            points, weights = points + number * weight, weights + weight
    shown = -1 if need is None else need
    if not weights:
        return (params.if_none.upper() if need is not None else "UNKNOWN"), -1, shown
    mean = rounded(Fraction(points, weights * 100), params.round.digits, params.round.mode)
    if need is None:
        return "UNKNOWN", int(mean * 100), -1
    reached = mean * 100 >= need if params.min is not None else mean * 100 > need
    return say(reached, int(mean * 100), need)


def rounded(mean: Fraction, digits: int, mode: str) -> Fraction:
    """School arithmetic."""
    if mode == "none":
        return mean
    scaled = mean * 10**digits
    if mode == "half_even":
        return Fraction(round(scaled), 10**digits)
    return Fraction(int(scaled + (Fraction(1, 2) if mode == "half_up" else 0)), 10**digits)


_RANKS = {Mark.EXCELLENT: 4, Mark.GOOD: 3, Mark.MEDIUM: 2, Mark.PASS: 1}


def grade_of(world: World, one: Person, params: Any, frame: Frame) -> Answer:
    figure = limit(params.min, one, frame)
    scale = frame.school.scale(params.scale)
    word = Mark(-10 - figure) if figure is not None and figure <= -10 else None
    need = figure
    if word is not None:
        need = scale.pass_score if word in (Mark.PASS, Mark.QUALIFIED) else scale.numbers.get(word)
    chosen = _chosen(world, params.courses, one)
    results = [seen.result for seen in chosen if seen.result is not None]
    have = max([number for one_ in results if (number := _value(one_, params, frame)) is not None], default=-1)
    shown = -1 if need is None else need
    if not chosen:
        return (params.if_none.upper() if need is not None else "UNKNOWN"), have, shown

    def reaches(result: Result) -> bool:
        if word in (Mark.PASS, Mark.QUALIFIED) and result.passed and result.mark is not Mark.NUMBER:
            return True
        if word in _RANKS and result.mark in _RANKS:
            return _RANKS[result.mark] >= _RANKS[word]
        number = _value(result, params, frame)
        return number is not None and need is not None and number >= need

    return say(any(map(reaches, results)), have, need)


RULES: dict[str, Callable[..., Answer]] = {
    name.replace("_", ".", 1): rule
    for name, rule in list(globals().items())
    if name.split("_")[0] in ("credits", "courses", "grade", "attempts", "waivers") and callable(rule)
}
