"""审查流程: from record tables to the verdicts of everybody in them. One student and a million take the same road;
how they are cut into chunks never shows in a result.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace

import numpy as np

from biye.audit.core.batch import Batch, Ranking
from biye.audit.core.engine import Judged, Override, Programme, judge, rank, settle
from biye.audit.core.grades import GradeGrid, Scale
from biye.audit.core.plans import PlanGrid, plan_grid
from biye.audit.core.vocabulary import Params
from biye.records.core.tables import CHILD_TABLES, RecordTables, take_rows
from biye.seasons.core.frame import Frame

CHUNK = 16_384
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Population:
    """全体学生: record tables with plans laid out and grades folded once, from which batches are cut."""

    frame: Frame
    tables: RecordTables
    plans: PlanGrid
    grades: GradeGrid
    ranking: dict[Params, Ranking] = field(default_factory=dict)  # over everybody, by the rule's parameters

    def __len__(self) -> int:
        return len(self.tables.students)

    def batch(self, start: int, stop: int) -> Batch:
        """The students of rows start … stop-1."""
        everybody = (start, stop) == (0, len(self))
        students = self.tables.students if everybody else take_rows(self.tables.students, np.arange(start, stop))
        children = {
            name: getattr(self.tables, name) if everybody else _part(getattr(self.tables, name), start, stop)
            for name in CHILD_TABLES
            if name != "results"
        }
        return Batch(
            frame=self.frame,
            students=students,
            plans=self.plans,
            grades=self.grades,
            start=start,
            ranking={params: ranking.rows(start, stop) for params, ranking in self.ranking.items()},
            **children,
        )

    def batches(self, chunk: int = CHUNK) -> Iterator[Batch]:
        """Everybody, in chunks."""
        for start in range(0, len(self), chunk):
            yield self.batch(start, min(start + chunk, len(self)))


@dataclass(slots=True)
class Audited:
    """已审查的全体学生: the facts and what the rules say of them."""

    programme: Programme
    population: Population
    judged: Judged

    def __len__(self) -> int:
        return len(self.population)


def gather(programme: Programme, frame: Frame, tables: RecordTables) -> Population:
    """Lay the plans out, fold the grades, put the rows of every child table in the order of students."""
    scale = frame.school.scale()
    plans = plan_grid(tables.plans, tables.courses)
    grades = GradeGrid(plans, tables.students.plan, Scale.of(scale.pass_score, scale.numbers), programme.attempts)
    results = tables.results
    grades.add(results.student, results.course, results.score, results.mark, results.obtained, results.term)
    ordered = {name: by_student(getattr(tables, name)) for name in CHILD_TABLES if name != "results"}
    return Population(frame, replace(tables, **ordered), plans, grades)


def audit_tables(
    programme: Programme,
    frame: Frame,
    tables: RecordTables,
    *,
    chunk: int = CHUNK,
    overrides: tuple[Override, ...] = (),
    progress: Progress | None = None,
) -> Audited:
    """Audit everybody in the tables. `progress` hears how many students are done, and of how many."""
    population = gather(programme, frame, tables)
    pieces = []
    done = 0
    for batch in population.batches(chunk):
        pieces.append(judge(programme, batch, within(overrides, batch)))
        done += batch.n
        if progress is not None:
            progress(done, len(population))
    if programme.ranked:
        population.ranking = rank(programme, tables.students, joined(programme, pieces))
        for batch, piece in zip(population.batches(chunk), pieces, strict=True):
            settle(programme, batch, piece, within(overrides, batch))
    return Audited(programme, population, joined(programme, pieces))


def within(overrides: tuple[Override, ...], batch: Batch) -> tuple[Override, ...]:
    """The overrides of one chunk, by its own row numbers."""
    stop = batch.start + batch.n
    return tuple(
        replace(override, rows=rows - batch.start)
        for override in overrides
        if len(rows := override.rows[(override.rows >= batch.start) & (override.rows < stop)])
    )


def joined(programme: Programme, pieces: list[Judged]) -> Judged:
    """The chunks' results as one."""
    rules, routes = len(programme.rules), len(programme.routes)
    if not pieces:
        return Judged(
            verdict=np.empty((rules, 0), np.uint8),
            have=np.empty((rules, 0), np.int32),
            need=np.empty((rules, 0), np.int32),
            detail=np.empty((rules, 0), np.int64),
            candidate=np.empty(0, np.uint8),
            conclusions={book: np.empty(0, np.int16) for book in programme.books},
            routes=np.empty((routes, 0), np.uint8),
        )
    if len(pieces) == 1:
        return pieces[0]
    columns = {
        column.name: np.concatenate([getattr(piece, column.name) for piece in pieces], axis=-1)
        for column in fields(Judged)
        if column.name != "conclusions"
    }
    conclusions = {book: np.concatenate([piece.conclusions[book] for piece in pieces]) for book in programme.books}
    return Judged(conclusions=conclusions, **columns)


def by_student[T](table: T) -> T:
    """A child table in the order of students; the very same where it already is."""
    student = table.student  # type: ignore[attr-defined]
    if (student[1:] >= student[:-1]).all():
        return table
    return take_rows(table, np.argsort(student, kind="stable"))


def _part[T](table: T, start: int, stop: int) -> T:
    """The rows of students start … stop-1 of a table in the order of students, numbered from nought."""
    student = table.student  # type: ignore[attr-defined]
    first, last = np.searchsorted(student, (start, stop))
    part = take_rows(table, np.arange(first, last))
    part.student = part.student - np.int32(start)  # type: ignore[attr-defined]
    return part
