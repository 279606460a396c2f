"""审查引擎: rules over one batch, then conclusions, scope and routes. Pure: the same batch gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from biye.audit.core.batch import Batch
from biye.audit.core.conditions import truth_of
from biye.audit.core.rulebook import ConclusionRow, Rule, Rulebook
from biye.audit.core.vocabulary import Needs
from biye.foundation.verdicts import Truth, Verdict, Verdicts, opposite
from biye.records.core.tables import Students
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People, belongs
from biye.seasons.core.shapes import When

UNDECIDED = -1
SEVERAL = -2
MAX_RULES = 63  # verdicts are stored as bit sets


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

    def __post_init__(self) -> None:
        rules = tuple(rule for book in self.books.values() for rule in book.rules)
        if len(rules) > MAX_RULES:
            raise ValueError(f"{len(rules)} rules in one season; at most {MAX_RULES} can be stored")
        object.__setattr__(self, "rules", rules)

    @property
    def needs(self) -> frozenset[Needs]:
        """Which parts of the records the audit has to load."""
        return frozenset().union(*(rule.kind.needs for rule in self.rules))

    @property
    def attempts(self) -> frozenset[str]:
        """Which attempts of a course the rules look at."""
        return frozenset({"best"}).union(*(rule.params.attempts() for rule in self.rules))


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
    for number, rule in enumerate(programme.rules):
        measured = rule.kind.measure(batch, rule.params)
        verdict = measured.verdict
        if rule.for_ is not None:
            concerned = belongs(rule.for_, batch.students, batch.frame)
            verdict = np.where(concerned == Truth.FALSE, Verdict.NOT_REQUIRED, verdict)
            verdict = np.where(concerned == Truth.UNKNOWN, Verdict.UNKNOWN, verdict)
        judged.verdict[number] = verdict
        judged.have[number], judged.need[number] = measured.have, measured.need
        judged.detail[number] = measured.detail
    for override in overrides:
        judged.verdict[override.rule, override.rows] = override.verdict
    conclude(programme, batch, judged)
    return judged


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
            is_open = _both(is_open, belongs(route.for_, batch.students, batch.frame))
        judged.routes[number] = is_open


def row_truths(
    rows: tuple[ConclusionRow, ...], by_id: Mapping[str, Verdicts], students: Students, frame: Frame
) -> list[Verdicts]:
    """Does each row apply, once the rows it gives way to have had their say? A list of truths (n,), row by row."""
    applies = {}
    for row in rows:
        truth = truth_of(row.when, by_id, len(students))
        if row.for_ is not None:
            truth = _both(truth, belongs(row.for_, students, frame))
        applies[row.give] = truth
    truths = []
    for row in rows:
        truth = applies[row.give]
        for other in row.unless:
            truth = _both(truth, opposite(applies[other]))
        truths.append(truth)
    return truths


def _exactly_one(rows: tuple[ConclusionRow, ...], by_id: Mapping[str, Verdicts], batch: Batch) -> npt.NDArray[np.int16]:
    """The one row that surely applies; UNDECIDED where none does yet, SEVERAL where a person must say which."""
    chosen = np.full(batch.n, UNDECIDED, np.int16)
    for number, truth in enumerate(row_truths(rows, by_id, batch.students, batch.frame)):
        sure = truth == Truth.TRUE
        chosen = np.where(sure, np.where(chosen == UNDECIDED, number, SEVERAL), chosen)
    return chosen.astype(np.int16)


def _candidates(programme: Programme, batch: Batch) -> Verdicts:
    """Truth of being a candidate: within the scope, and of a status that can graduate."""
    inside = np.full(batch.n, Truth.TRUE, np.uint8)
    if programme.scope is not None:
        inside = belongs(programme.scope, batch.students, batch.frame)
    status = batch.students.status
    standing = np.where(status.among(list(programme.excluded_statuses)), Truth.FALSE, Truth.TRUE)
    standing = np.where(status.codes < 0, Truth.UNKNOWN, standing)
    return _both(inside, standing.astype(np.uint8))


def _both(one: Verdicts, other: Verdicts) -> Verdicts:
    result = np.full(len(one), Truth.TRUE, np.uint8)
    result[(one == Truth.UNKNOWN) | (other == Truth.UNKNOWN)] = Truth.UNKNOWN
    result[(one == Truth.FALSE) | (other == Truth.FALSE)] = Truth.FALSE
    return result
