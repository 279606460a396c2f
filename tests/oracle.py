"""The plain second engine: a whole season, one student at a time; what `biye.audit.core` must agree with.

Verdicts of single rules stand in `oracle_grades` and `oracle_rules`. Here they become 不适用 where a rule does not concern
the student, people's decisions go on top, and conclusions, scope, routes and places in a group follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from biye.audit.core.engine import Programme
from biye.audit.core.rulebook import ConclusionRow, Rule
from biye.audit.core.rules.ranks import RankWithin
from biye.foundation.codes import Obtained
from biye.records.core.tables import RecordTables
from biye.seasons.core.frame import Frame
from tests import oracle_grades, oracle_rules
from tests.oracle_facts import Person, person
from tests.oracle_grades import Answer
from tests.oracle_words import Three, belongs, every, holds, limit, no, selects

Decisions = Mapping[tuple[str, int], str]  # rule, row → verdict set by a person


@dataclass
class Outcome:
    """What the season says of one student. A conclusion is its text, None while nobody can say, "?" where several are."""

    verdicts: dict[str, str]
    candidate: Three
    conclusions: dict[str, str | None]
    routes: list[Three]


def judge_all(programme: Programme, frame: Frame, tables: RecordTables, decisions: Decisions) -> list[Outcome]:
    """Everybody."""
    people = [person(tables, frame, row) for row in range(len(tables.students))]
    alone = [rule for rule in programme.rules if rule.rule != "rank.within"]
    candidates = [candidate(programme, one, frame) for one in people]
    tables_of_verdicts = [
        {
            rule.id: decisions.get((rule.id, one.row)) or concerned(rule, one, frame, measure(rule, one, frame)[0])
            for rule in alone
        }
        for one in people
    ]
    verdicts = [{**known, **dict.fromkeys(_ranked(programme), "UNKNOWN")} for known in tables_of_verdicts]
    for rule in programme.rules:
        if rule.rule == "rank.within":
            places = within(rule.params, programme, people, candidates, verdicts, frame)  # type: ignore[arg-type]
            for known, one, place in zip(tables_of_verdicts, people, places, strict=True):
                known[rule.id] = decisions.get((rule.id, one.row)) or concerned(rule, one, frame, place)
    return [
        Outcome(known, eligible, _conclusions(programme, one, frame, known), _routes(programme, one, frame, known))
        for known, eligible, one in zip(tables_of_verdicts, candidates, people, strict=True)
    ]


def _ranked(programme: Programme) -> list[str]:
    return [rule.id for rule in programme.rules if rule.rule == "rank.within"]


def measure(rule: Rule, one: Person, frame: Frame) -> Answer:
    """One rule, one student."""
    if rule.rule in oracle_rules.RULES:
        return oracle_rules.RULES[rule.rule](one, rule.params, frame)
    by_way = "obtained=(<" in repr(rule.params) or rule.rule in ("waivers.share", "attempts.count")
    return oracle_grades.judge(one, rule.params, frame, oracle_grades.RULES[rule.rule], by_way=by_way)


def concerned(rule: Rule, one: Person, frame: Frame, verdict: str) -> str:
    """The verdict where the rule concerns the student."""
    if rule.for_ is None:
        return verdict
    return {True: verdict, False: "NOT_REQUIRED", None: "UNKNOWN"}[belongs(rule.for_, one, frame)]


def candidate(programme: Programme, one: Person, frame: Frame) -> Three:
    """Is the student within the scope, and of a status that can graduate?"""
    status = one.words["status"]
    standing = None if status is None else status not in programme.excluded_statuses
    return standing if programme.scope is None else every([belongs(programme.scope, one, frame), standing])


def _conclusions(programme: Programme, one: Person, frame: Frame, verdicts: dict[str, str]) -> dict[str, str | None]:
    return {name: _only(book.conclusions, one, frame, verdicts) for name, book in programme.books.items()}


def _only(rows: tuple[ConclusionRow, ...], one: Person, frame: Frame, verdicts: dict[str, str]) -> str | None:
    applies = {
        row.give: every([holds(row.when, verdicts), True if row.for_ is None else belongs(row.for_, one, frame)])
        for row in rows
    }
    sure = [row.give for row in rows if every([applies[row.give], *(no(applies[other]) for other in row.unless)])]
    return None if not sure else sure[0] if len(sure) == 1 else "?"


def _routes(programme: Programme, one: Person, frame: Frame, verdicts: dict[str, str]) -> list[Three]:
    return [
        every(
            [
                True if route.open_when is None else holds(route.open_when, verdicts),
                True if route.for_ is None else belongs(route.for_, one, frame),
            ]
        )
        for route in programme.routes
    ]


@dataclass
class Standing:
    """One of those who may be compared."""

    member: Three
    group: tuple[object, ...] | None
    score: int | None  # None where it is not final


def within(
    params: RankWithin,
    programme: Programme,
    people: list[Person],
    candidates: list[Three],
    verdicts: list[dict[str, str]],
    frame: Frame,
) -> list[str]:
    """Who is within the quota, by counting everybody against everybody."""
    rule = next(rule for rule in programme.rules if rule.id == params.score_of)
    everybody = [
        Standing(every([eligible, holds(params.among, known)]), _group(params, one), _final(rule, one, frame))
        for one, eligible, known in zip(people, candidates, verdicts, strict=True)
    ]
    return [
        _place(params, number, everybody, limit(params.share or params.count, people[number], frame))  # type: ignore[arg-type]
        for number in range(len(people))
    ]


def _group(params: RankWithin, one: Person) -> tuple[object, ...] | None:
    key = tuple(one.entry if name == "entry" else one.words[name] for name in params.group)
    return None if None in key else key


def _final(rule: Rule, one: Person, frame: Frame) -> int | None:
    """The average, if nothing open may change it."""
    params = rule.params
    world, open_ = oracle_grades.base(one, params.attempt, frame)  # type: ignore[attr-defined]
    if any(selects(params.over, one.slots[n], way, one) for n in open_ for way in (None, *Obtained)):  # type: ignore[attr-defined]
        return None
    vague = [
        seen
        for seen in world
        if selects(params.over, seen.slot, seen.way, one)  # type: ignore[attr-defined]
        and oracle_grades._vague(seen, params, frame, oracle_grades.grade_average)
    ]
    have = oracle_grades.grade_average(world, one, params, frame)[1]
    return None if vague or have < 0 else have


def _place(params: RankWithin, number: int, everybody: list[Standing], figure: int | None) -> str:
    one = everybody[number]
    if one.member is False:
        return "NOT_MET"
    if one.group is None:
        surely, maybe = [], [other for other in everybody if other is not one and other.member is not False]
        size = (0, len(everybody))
    else:
        near = [other for other in everybody if other.member is not False and other.group in (one.group, None)]
        surely = [other for other in near if other.member and other.group is not None]
        maybe = [other for other in near if other is not one]
        size = (len(surely), len(near))
    if size[1] < params.smallest_group:
        return "NOT_MET"
    if figure is None:
        return "UNKNOWN"
    ahead_surely = sum(other is not one and _before(params, other, one) is True for other in surely)
    ahead_maybe = sum(_before(params, other, one) is not False for other in maybe)
    if ahead_surely >= _quota(params, figure, size[1]):
        return "NOT_MET"
    inside = one.member and one.group is not None and size[0] >= params.smallest_group
    return "MET" if inside and ahead_maybe < _quota(params, figure, size[0]) else "UNKNOWN"


def _before(params: RankWithin, other: Standing, one: Standing) -> Three:
    """Does the other come before this one? A stranger without a group may be anywhere."""
    if other.score is None or one.score is None or other.group is None:
        return None
    if other.score == one.score:
        return {"ask": None, "in": False, "out": True}[params.ties]
    return other.score > one.score


def _quota(params: RankWithin, figure: int, size: int) -> int:
    places = Fraction(figure)
    if params.share is not None:
        places = Fraction(figure * size, 10_000)
        rounded = {"floor": floor(places), "ceil": -floor(-places), "half_up": floor(places + Fraction(1, 2))}
        places = Fraction(rounded[params.rounding])
    return max(int(places), params.at_least)
