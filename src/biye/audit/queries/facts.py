"""审查所需的事实: from the database to the populations that the engine judges; only what the programme looks at is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from biye.audit.core.engine import Programme
from biye.audit.core.grades import GradeGrid, Scale
from biye.audit.core.pipeline import Population, by_student
from biye.audit.core.plans import plan_grid
from biye.audit.core.rules.records import RecordComplete
from biye.audit.core.vocabulary import Needs
from biye.machinery.columns.core.selecting import EVERYBODY, Who
from biye.machinery.columns.reading import Snapshot
from biye.records.core.tables import RecordTables, Results, take_rows
from biye.records.queries.columns import Wanted, load_children, load_students
from biye.records.queries.ground import load_ground
from biye.records.queries.selects import STUDENT_WORDS
from biye.seasons.core.frame import Frame

# Cells of a grade grid that are held at a time: a million students of 64 courses, about 256 MB.
CELLS = 1 << 26
_TABLES = {
    "results": {Needs.GRADES, Needs.RETAKES},
    "exams": {Needs.EXAMS},
    "certificates": {Needs.CERTIFICATES},
    "fees": {Needs.FEES},
    "sanctions": {Needs.SANCTIONS},
    "flags": {Needs.FLAGS},
    "photos": {Needs.PHOTOS},
    "history": {Needs.HISTORY},
}
SHOWN = frozenset({"results", "exams"})
"""What an explanation shows, whatever the rules look at."""


@dataclass(frozen=True, slots=True)
class _Same:
    """A programme by identity: there are few, and comparing them by content takes longer than it saves."""

    programme: Programme = field(compare=False)
    key: int

    @classmethod
    def of(cls, programme: Programme) -> "_Same":
        return cls(programme, id(programme))


def wanted_by(programme: Programme) -> Wanted:
    """What a programme's rules look at."""
    return _wanted(_Same.of(programme))


@lru_cache(16)
def _wanted(same: _Same) -> Wanted:
    programme = same.programme
    needs = programme.needs
    said = "".join(rule.model_dump_json(exclude_defaults=True) for rule in programme.rules)
    said += "".join(rule.params.model_dump_json(exclude_defaults=True) for rule in programme.rules)
    said += "".join(
        row.model_dump_json(exclude_defaults=True) for book in programme.books.values() for row in book.conclusions
    )
    said += "".join(
        people.model_dump_json(exclude_defaults=True)
        for people in (programme.scope, *(one.for_ for one in programme.routes))
        if people
    )
    unread = {"major"} if '"major"' not in said else set()
    if Needs.IDENTITY not in needs:
        unread.add("identity_type")
    return Wanted(
        tables=frozenset(name for name, readers in _TABLES.items() if readers & needs),
        identity=Needs.IDENTITY in needs,
        filled=frozenset(
            name for rule in programme.rules if isinstance(rule.params, RecordComplete) for name in rule.params.fields
        ),
        terms=programme.attempts != {"best"},
        words=frozenset(STUDENT_WORDS) - unread,
    )


def explained_by(programme: Programme) -> Wanted:
    """What the explanation of a few students needs."""
    wanted = wanted_by(programme)
    words = frozenset(STUDENT_WORDS)
    return replace(wanted, tables=wanted.tables | SHOWN, terms=True, names=True, words=words)


def populations(programme: Programme, frame: Frame, snapshot: Snapshot) -> Iterator[Population]:
    """Everybody in ascending id, in as few populations as memory allows; in one where rules compare everybody."""
    wanted, ground = wanted_by(programme), load_ground(snapshot)
    students = load_students(snapshot, ground, wanted)
    plans = plan_grid(ground.plans, ground.courses)
    scale = frame.school.scale()
    size = len(students) if programme.ranked else max(CELLS // max(plans.slots, 1), 1)
    for start in range(0, len(students), max(size, 1)):
        part = (
            students
            if size >= len(students)
            else take_rows(students, np.arange(start, min(start + size, len(students))))
        )
        who = EVERYBODY if part is students else Who(int(part.key[0]), int(part.key[-1]))
        grades = GradeGrid(plans, part.plan, Scale.of(scale.pass_score, scale.numbers), programme.attempts)

        def fold(rows: Results, grades: GradeGrid = grades) -> None:
            known = rows.student >= 0
            if not known.all():
                rows = take_rows(rows, known)
            grades.add(rows.student, rows.course, rows.score, rows.mark, rows.obtained, rows.term)

        children = load_children(snapshot, part, ground, wanted, who, fold)
        tables = RecordTables(part, ground.plans, ground.courses, **children)  # type: ignore[arg-type]
        ordered = {name: by_student(getattr(tables, name)) for name in children}
        yield Population(frame, replace(tables, **ordered), plans, grades)
