"""结论完备性: proof, when a rulebook loads, that for every candidate exactly one conclusion row applies.

Every class of candidates is put together with every assignment of verdicts the rows can tell apart, and the engine's own
functions say which rows apply. A rule that does not concern a class is 不适用 there; the others are 符合 or 不符合, and
待核实 too where a row asks for it. Rules that stand in just the same lists are told apart only by "all met",
"none met" and "one not met", which keeps the number of assignments small.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from biye.audit.core.classes import classes_in_scope, describe, distinct
from biye.audit.core.engine import Programme, row_truths
from biye.audit.core.limits import Limit
from biye.audit.core.references import walk
from biye.audit.core.rulebook import Rule, Rulebook
from biye.foundation.verdicts import Truth, Verdict, Verdicts
from biye.records.core.tables import Students, take_rows
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import belongs
from biye.seasons.core.reading import Page
from biye.seasons.core.shapes import When

MOST_COMBINATIONS = 2_000_000
MOST_NAMED = 4


def check_completeness(
    programme: Programme, frames: Sequence[Frame], pages: Mapping[str, Page], season_page: Page
) -> None:
    """Note every gap and overlap of conclusions, every limit that is missing and every route whose condition is void.

    `frames` are the season at its moments: limits may change with time, nothing else does.
    """
    students = classes_in_scope(programme, frames[0])
    if not len(students):
        season_page.trouble(("scope",), "scope_empty")
        return
    for number, (name, book) in enumerate(programme.books.items()):
        for frame in frames:
            _check_limits(book, pages[name], students, frame)
        if book.conclusions:
            _check_book(programme, book, pages[name], students, frames[0])
        elif number == 0:
            pages[name].trouble((), "no_conclusions")
    _check_routes(programme, season_page, students, frames[0])


def _check_limits(book: Rulebook, page: Page, students: Students, frame: Frame) -> None:
    """Every candidate a rule concerns has a limit."""
    for number, rule in enumerate(book.rules):
        concerned = _concerned(rule, students, frame)
        for path, limit in walk(rule.params):
            if isinstance(limit, Limit) and (without := concerned & limit.lacking(students, frame)).any():
                who = describe(students, int(np.flatnonzero(without)[0]))
                page.trouble(("rules", number, *path), "no_limit", who=who, label=rule.label)


def _check_routes(programme: Programme, page: Page, students: Students, frame: Frame) -> None:
    """不适用 counts as met: a `met` none of whose rules concerns somebody would open the route without any condition."""
    rules = {rule.id: rule for rule in programme.rules}
    for route in programme.routes:
        asked = np.ones(len(students), bool)
        if route.for_ is not None:
            asked = belongs(route.for_, students, frame) != Truth.FALSE
        for when in _leaves([route.open_when] if route.open_when is not None else []):
            if not when.met:
                continue
            void = asked & ~np.any([_concerned(rules[rule], students, frame) for rule in when.met], axis=0)
            if void.any():
                who = describe(students, int(np.flatnonzero(void)[0]))
                names = "、".join(rules[rule].label for rule in when.met)
                page.trouble(("routes", route.id, "open_when"), "void_condition", who=who, names=names)
                break


def _concerned(rule: Rule, students: Students, frame: Frame) -> npt.NDArray[np.bool_]:
    if rule.for_ is None:
        return np.ones(len(students), bool)
    concerned: npt.NDArray[np.bool_] = belongs(rule.for_, students, frame) != Truth.FALSE
    return concerned


def _check_book(programme: Programme, book: Rulebook, page: Page, students: Students, frame: Frame) -> None:
    asked = frozenset().union(*(row.when.rules() for row in book.conclusions))
    rules = {rule.id: rule for rule in programme.rules if rule.id in asked}
    selectors = [rule.for_ for rule in rules.values()] + [row.for_ for row in book.conclusions]
    kinds = distinct(students, [people for people in selectors if people is not None], frame)
    assigned = _assignments(book, list(rules))
    if assigned.shape[1] * len(kinds) > MOST_COMBINATIONS:
        page.trouble(("conclusions",), "too_many_combinations")
        return
    everybody = take_rows(kinds, np.repeat(np.arange(len(kinds)), assigned.shape[1]))
    verdicts = {
        rule.id: _where_concerned(rule, np.tile(column, len(kinds)), everybody, frame)
        for rule, column in zip(rules.values(), assigned, strict=True)
    }
    truths = row_truths(book.conclusions, verdicts, len(everybody), lambda people: belongs(people, everybody, frame))
    applies = np.stack(truths) == Truth.TRUE
    for place, several in _witnesses(applies, verdicts):
        who = describe(everybody, place)
        facts = _facts(place, rules, verdicts)
        if not several:
            page.trouble(("conclusions",), "gap", who=who, facts=facts)
        else:
            names = "」与「".join(book.conclusions[row].give for row in several)
            page.trouble(("conclusions", several[0]), "overlap", who=who, facts=facts, names=names)


def _where_concerned(rule: Rule, verdict: Verdicts, everybody: Students, frame: Frame) -> Verdicts:
    return np.where(_concerned(rule, everybody, frame), verdict, Verdict.NOT_REQUIRED).astype(np.uint8)


def _witnesses(
    applies: npt.NDArray[np.bool_], verdicts: Mapping[str, Verdicts]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each set of rows that apply together (none: a gap), the combination with the fewest verdicts that are not 符合."""
    count = applies.sum(axis=0)
    oddity = sum((column == Verdict.NOT_MET).astype(np.int32) for column in verdicts.values())
    oddity = np.broadcast_to(np.asarray(oddity), count.shape)
    seen: set[tuple[int, ...]] = set()
    wrong = np.flatnonzero(count != 1)
    for place in wrong[np.argsort(oddity[wrong], kind="stable")].tolist():
        rows = tuple(np.flatnonzero(applies[:, place]).tolist())
        if rows not in seen:
            seen.add(rows)
            yield place, rows


def _facts(place: int, rules: Mapping[str, Rule], verdicts: Mapping[str, Verdicts]) -> str:
    said = {rules[rule].label: Verdict(int(column[place])) for rule, column in verdicts.items()}
    said = {label: verdict for label, verdict in said.items() if verdict is not Verdict.NOT_REQUIRED}
    named = said
    if len(said) > MOST_NAMED:
        named = {label: verdict for label, verdict in said.items() if verdict is not Verdict.MET}
    words = [f"{label} {verdict.chinese}" for label, verdict in named.items()]
    if len(named) < len(said):
        words.append("其余符合" if named else "各项符合")
    return "、".join(words) or "无论各项如何"


def _assignments(book: Rulebook, rules: list[str]) -> npt.NDArray[np.uint8]:
    """Verdicts (R, A): every assignment that the book's rows can tell apart."""
    places: dict[str, set[tuple[int, str]]] = defaultdict(set)
    alone: set[str] = set()
    unknown: set[str] = set()
    for number, when in enumerate(_leaves(row.when for row in book.conclusions)):
        for key, words in (("met", when.met), ("not_met", when.not_met), ("any_not_met", when.any_not_met)):
            for word in words:
                places[word].add((number, key))
        alone.update(when.any_unknown, when.at_least.of if when.at_least is not None else ())
        unknown.update(when.any_unknown)
    groups: dict[object, list[str]] = defaultdict(list)
    for rule in rules:
        groups[rule if rule in alone else frozenset(places[rule])].append(rule)
    choices = [list(_choices(group, not unknown.isdisjoint(group))) for group in groups.values()]
    order = {rule: number for number, rule in enumerate(rule for group in groups.values() for rule in group)}
    if np.prod([len(one) for one in choices], dtype=float) > MOST_COMBINATIONS:
        return np.empty((len(rules), MOST_COMBINATIONS + 1), np.uint8)
    rows = [sum(combination, ()) for combination in product(*choices)]
    table = np.array(rows, np.uint8).reshape(len(rows), len(rules)).T
    return table[[order[rule] for rule in rules]]


def _choices(group: list[str], may_be_unknown: bool) -> Iterator[tuple[Verdict, ...]]:
    size = len(group)
    yield (Verdict.MET,) * size
    yield (Verdict.NOT_MET,) * size
    if size > 1:
        for one in range(size):
            yield (*[Verdict.MET] * one, Verdict.NOT_MET, *[Verdict.MET] * (size - one - 1))
    if may_be_unknown:
        yield (Verdict.UNKNOWN,) * size


def _leaves(whens: Iterable[When]) -> Iterator[When]:
    for when in whens:
        yield when
        yield from _leaves((*when.all, *when.any, *((when.no,) if when.no is not None else ())))
