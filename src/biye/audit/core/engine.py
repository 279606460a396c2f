"""审查引擎: rules over one batch, then conclusions, scope and routes. Pure: the same batch gives the same bytes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from biye.audit.core.batch import Batch, Measured, Ranking
from biye.audit.core.conditions import truth_of
from biye.audit.core.grades import Attempt
from biye.audit.core.rulebook import ConclusionRow, Rule, Rulebook
from biye.audit.core.rules.ranks import ranking
from biye.audit.core.vocabulary import Needs, Params
from biye.foundation.verdicts import Truth, Verdict, Verdicts, every, opposite
from biye.records.core.tables import Students
from biye.seasons.core.people import People
from biye.seasons.core.shapes import When

UNDECIDED = -1
SEVERAL = -2
MAX_RULES = 63  # verdicts are stored as bit sets

# By Truth of being concerned, then by verdict.
_CONCERNED = np.array([[Verdict.UNKNOWN] * 4, list(Verdict), [Verdict.NOT_REQUIRED] * 4], np.uint8)


@dataclass(frozen=True, slots=True)
class Route:
    """申请通道: a choice that is open when a condition over verdicts holds, for whom the season says."""

    id: str
    label: str
    open_when: When | None
    for_: People | None


@dataclass(frozen=True, slots=True)
class Programme:
    """一季的审查: the rulebooks of a season read as one list of rules, with its scope and routes.

    Conclusions are kept by book; the first book's is the student's 审查结论.
    """

    books: Mapping[str, Rulebook]
    scope: People | None
    excluded_statuses: tuple[str, ...]
    routes: tuple[Route, ...] = ()
    rules: tuple[Rule, ...] = field(init=False)
    attempts: frozenset[Attempt] = field(init=False)
    """Which attempts of a course the rules look at."""

    def __post_init__(self) -> None:
        rules = tuple(rule for book in self.books.values() for rule in book.rules)
        if len(rules) > MAX_RULES:
            raise ValueError(f"{len(rules)} rules in one season; at most {MAX_RULES} can be stored")
        object.__setattr__(self, "rules", rules)
        best: frozenset[Attempt] = frozenset({"best"})
        object.__setattr__(self, "attempts", best.union(*(rule.params.attempts() for rule in rules)))

    @property
    def needs(self) -> frozenset[Needs]:
        """Which parts of the records the audit has to load."""
        return frozenset().union(*(rule.kind.needs for rule in self.rules))

    @property
    def ranked(self) -> tuple[int, ...]:
        """Numbers of the rules that need the whole population."""
        return tuple(number for number, rule in enumerate(self.rules) if Needs.RANKING in rule.kind.needs)


@dataclass(frozen=True, slots=True)
class Override:
    """人工认定: one verdict set by a person for the students in `rows`, already checked for expiry."""

    rule: int
    rows: npt.NDArray[np.intp]
    verdict: Verdict


@dataclass(slots=True)
class Judged:
    """审查结果: n students × R rules, and what follows from them."""

    verdict: npt.NDArray[np.uint8]  # (R, n)
    have: npt.NDArray[np.int32]  # (R, n)
    need: npt.NDArray[np.int32]  # (R, n)
    detail: npt.NDArray[np.int64]  # (R, n)
    candidate: Verdicts  # (n,) Truth
    conclusions: dict[str, npt.NDArray[np.int16]]  # by book: row number, UNDECIDED or SEVERAL
    routes: npt.NDArray[np.uint8]  # (K, n) Truth


def judge(programme: Programme, batch: Batch, overrides: tuple[Override, ...] = ()) -> Judged:
    """Audit one batch."""
    count, n = len(programme.rules), batch.n
    judged = Judged(
        verdict=np.zeros((count, n), np.uint8),
        have=np.zeros((count, n), np.int32),
        need=np.zeros((count, n), np.int32),
        detail=np.zeros((count, n), np.int64),
        candidate=_candidates(programme, batch),
        conclusions={},
        routes=np.zeros((len(programme.routes), n), np.uint8),
    )
    _measure(programme, batch, judged, range(count), overrides)
    conclude(programme, batch, judged)
    return judged


def _measure(
    programme: Programme, batch: Batch, judged: Judged, numbers: Iterable[int], overrides: tuple[Override, ...]
) -> None:
    """Fill in what these rules find; 不适用 for whom a rule does not concern, and people's decisions on top."""
    for number in numbers:
        rule = programme.rules[number]
        measured = rule.kind.measure(batch, rule.params)
        verdict = measured.verdict
        if rule.for_ is not None:
            verdict = _CONCERNED.take(batch.belongs(rule.for_) << 2 | verdict)
        judged.verdict[number] = verdict
        judged.have[number], judged.need[number] = measured.have, measured.need
        judged.detail[number] = measured.detail
        for override in overrides:
            if override.rule == number:
                judged.verdict[number, override.rows] = override.verdict


def rank(programme: Programme, students: Students, judged: Judged) -> dict[Params, Ranking]:
    """排名: compare the whole population, once everybody is judged; by parameters of the rules that ask for it."""
    number_of = {rule.id: number for number, rule in enumerate(programme.rules)}
    verdicts = {rule: judged.verdict[number] for rule, number in number_of.items()}
    rankings: dict[Params, Ranking] = {}
    for number in programme.ranked:
        params = programme.rules[number].params
        score = number_of[params.score_of]  # type: ignore[attr-defined]
        average = Measured(*(part[score] for part in (judged.verdict, judged.have, judged.need, judged.detail)))
        rankings[params] = ranking(params, students, judged.candidate, verdicts, average)  # type: ignore[arg-type]
    return rankings


def settle(programme: Programme, batch: Batch, judged: Judged, overrides: tuple[Override, ...] = ()) -> None:
    """Measure the ranked rules again, now that the batch has its ranking, and conclude anew."""
    _measure(programme, batch, judged, programme.ranked, overrides)
    conclude(programme, batch, judged)


def conclude(programme: Programme, batch: Batch, judged: Judged) -> None:
    """Conclusions and routes from the verdicts as they stand."""
    by_id = {rule.id: judged.verdict[number] for number, rule in enumerate(programme.rules)}
    for name, book in programme.books.items():
        judged.conclusions[name] = _exactly_one(book.conclusions, by_id, batch)
    for number, route in enumerate(programme.routes):
        is_open = np.full(batch.n, Truth.TRUE, np.uint8)
        if route.open_when is not None:
            is_open = truth_of(route.open_when, by_id, batch.n)
        if route.for_ is not None:
            is_open = every([is_open, batch.belongs(route.for_)])
        judged.routes[number] = is_open


def row_truths(
    rows: tuple[ConclusionRow, ...], by_id: Mapping[str, Verdicts], n: int, concerned: Callable[[People], Verdicts]
) -> list[Verdicts]:
    """Does each row apply, once the rows it gives way to have had their say? A list of truths (n,), row by row."""
    applies = {}
    for row in rows:
        truth = truth_of(row.when, by_id, n)
        applies[row.give] = truth if row.for_ is None else every([truth, concerned(row.for_)])
    return [
        every([applies[row.give], *(opposite(applies[other]) for other in row.unless)])
        if row.unless
        else applies[row.give]
        for row in rows
    ]


def _exactly_one(rows: tuple[ConclusionRow, ...], by_id: Mapping[str, Verdicts], batch: Batch) -> npt.NDArray[np.int16]:
    """The one row that surely applies; UNDECIDED where none does yet, SEVERAL where a person must say which."""
    chosen = np.full(batch.n, UNDECIDED, np.int16)
    for number, truth in enumerate(row_truths(rows, by_id, batch.n, batch.belongs)):
        sure = truth == Truth.TRUE
        again = sure & (chosen != UNDECIDED)
        chosen[sure] = number
        chosen[again] = SEVERAL
    return chosen


def _candidates(programme: Programme, batch: Batch) -> Verdicts:
    """Truth of being a candidate: within the scope, and of a status that can graduate."""
    status = batch.students.status
    excluded = [Truth.FALSE if word in programme.excluded_statuses else Truth.TRUE for word in status.words]
    standing = np.array([*excluded, Truth.UNKNOWN], np.uint8)[status.codes]
    return standing if programme.scope is None else every([batch.belongs(programme.scope), standing])
