"""学籍数据的列读取: record tables from the database, for everybody or for a few, by one set of queries.

Rows of students come in ascending id; `key` is the id. Results are either a table like the others, or, where there are
millions of them, handed over piece by piece and never held.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biye.machinery.columns.core.selecting import EVERYBODY, Columns, Select, Who, Words, joined
from biye.machinery.columns.reading import Snapshot
from biye.records.core.tables import (
    NO_DAY,
    Certificates,
    Coded,
    Exams,
    Fees,
    Flags,
    History,
    Photos,
    RecordTables,
    Results,
    Sanctions,
    Students,
)
from biye.records.queries import selects
from biye.records.queries.ground import Ground, load_ground

CHILDREN = {
    "results": Results,
    "exams": Exams,
    "certificates": Certificates,
    "fees": Fees,
    "sanctions": Sanctions,
    "flags": Flags,
    "photos": Photos,
    "history": History,
}
STUDENTS = "students"
ResultRows = Callable[[Results], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """所需数据: what to load beside students and plans."""

    tables: frozenset[str]  # names of CHILDREN
    identity: bool = False
    filled: frozenset[str] = frozenset()  # fields asked whether they are filled
    terms: bool = False  # the term of each result
    words: frozenset[str] = frozenset(selects.STUDENT_WORDS)  # word columns of students; the others stay unknown
    names: bool = False  # 学号 and name; a bulk audit needs neither


def load_students(snapshot: Snapshot, ground: Ground, wanted: Wanted, who: Who = EVERYBODY) -> Students:
    """学生 in ascending id."""
    return _students(snapshot.columns(_students_select(wanted), who), ground, wanted)


def load_children(
    snapshot: Snapshot, students: Students, ground: Ground, wanted: Wanted, who: Who, take: ResultRows
) -> dict[str, object]:
    """Every other table, by name, student rows in place of ids. Results go to `take` as they come, in no order."""
    row_of, course_at = positions(students.key), positions(ground.course_ids)
    found: dict[str, list[Columns]] = {name: [] for name in wanted.tables}

    def look(name: str, columns: Columns) -> None:
        columns["student"] = row_of[columns["student"]]
        if name == "results":
            columns["course"] = course_at[columns["course"]]
            take(_results(columns))
        else:
            found[name].append(columns)

    asked = _children_selects(wanted, len(row_of) - 1, len(course_at) - 1)
    snapshot.each(asked, who, look)
    return {name: _child(name, joined(asked[name], found[name])) for name in wanted.tables if name != "results"}


def load_tables(snapshot: Snapshot, wanted: Wanted, who: Who) -> RecordTables:
    """Record tables of a few students, results and all, in two goes at the database."""
    asked = {STUDENTS: _students_select(wanted), **_children_selects(wanted, selects.MOST_ID, selects.MOST_ID)}
    tables = snapshot.at_once(asked, who)
    found, results = tables.pop(STUDENTS), tables.pop("results", None)
    ground = load_ground(snapshot) if who.among is None else _ground_under(snapshot, found, results)
    students = _students(found, ground, wanted)
    for columns in tables.values():
        columns["student"] = np.searchsorted(students.key, columns["student"]).astype(np.int32)
    if results is not None:
        results["student"] = np.searchsorted(students.key, results["student"]).astype(np.int32)
        results["course"] = np.searchsorted(ground.course_ids, results["course"]).astype(np.int32)
    return RecordTables(
        students,
        ground.plans,
        ground.courses,
        results=Results() if results is None else _results(results),
        **{name: _child(name, columns) for name, columns in tables.items()},  # type: ignore[arg-type]
    )


def _ground_under(snapshot: Snapshot, students: Columns, results: Columns | None) -> Ground:
    """No more than what these students' plans and results refer to."""
    courses = np.empty(0, np.int32) if results is None else results["course"]
    refers = {"plans": students["plan"], "centres": students["centre"], "courses": courses}
    return load_ground(snapshot, {name: np.unique(ids[ids > 0]).tolist() for name, ids in refers.items()})


def positions(ids: npt.NDArray[np.integer]) -> npt.NDArray[np.int32]:
    """Place of each id in the list, as a table that is indexed by the id; -1 where there is none."""
    table = np.full(int(ids.max(initial=0)) + 1, -1, np.int32)
    table[ids] = np.arange(len(ids), dtype=np.int32)
    return table


def _students_select(wanted: Wanted) -> Select:
    return selects.students(identity=wanted.identity, filled=wanted.filled, names=wanted.names, words=wanted.words)


def _children_selects(wanted: Wanted, top: int, top_course: int) -> dict[str, Select]:
    return {name: selects.child(name, top, top_course, terms=wanted.terms) for name in sorted(wanted.tables)}


def _child(name: str, columns: Columns) -> object:
    return CHILDREN[name](**{key: _plain(column) for key, column in columns.items()})


def _in_order(column: object, order: npt.NDArray[np.intp]) -> object:
    return Words(column.codes[order], column.words) if isinstance(column, Words) else column[order]  # type: ignore[index]


def _plain(column: object) -> object:
    """Words as the record tables have them: "" is unknown."""
    if not isinstance(column, Words):
        return column
    if "" not in column.words:
        return Coded(column.codes, column.words)
    blank = column.words.index("")
    place = np.arange(len(column.words), dtype=np.int32)
    place[blank + 1 :] -= 1
    place[blank] = -1
    return Coded(place[column.codes], [word for word in column.words if word])


def _results(columns: Columns) -> Results:
    term = columns.get("term")
    return Results(
        student=columns["student"],
        course=columns["course"],
        score=columns["score"],
        mark=columns["mark"],
        obtained=columns["obtained"],
        term=np.full(len(columns["student"]), -1, np.int16) if term is None else term,
    )


def _students(columns: Columns, ground: Ground, wanted: Wanted) -> Students:
    order = np.argsort(columns["key"], kind="stable")
    columns = {name: _in_order(column, order) for name, column in columns.items()}
    plan_at, n = np.append(positions(ground.plan_ids), -1), len(columns["key"])
    centre_ids = np.array(sorted(ground.centres), np.int32)
    centre = positions(centre_ids)[np.maximum(columns["centre"], 0)] if len(centre_ids) else np.full(n, -1, np.int32)
    centre[columns["centre"] < 1] = -1
    plain = {name: _plain(columns[name]) if name in columns else Coded.empty(n) for name in selects.STUDENT_WORDS}
    names = {name: _listed(columns[name]) for name in selects.STUDENT_NAMES} if wanted.names else {}
    return Students(
        key=columns["key"].astype(np.int64),
        student_no=names.get("student_no", []),
        name=names.get("name", []),
        centre=Coded(centre.astype(np.int32), [ground.centres[one] for one in centre_ids.tolist()]),
        entry=columns["entry"],
        plan=plan_at[columns["plan"]],
        suspended_terms=columns["suspended_terms"],
        birth_day=columns["birth_day"] if wanted.identity else np.full(n, NO_DAY, np.int32),
        sex=columns["sex"] if wanted.identity else np.zeros(n, np.int8),
        identity=columns["identity"] if wanted.identity else np.zeros(n, "S18"),
        outside_system=columns["outside_system"] == 1,
        covered=columns["covered"],
        filled={name: columns[f"filled_{name}"] == 1 for name in wanted.filled},
        plan_codes=tuple(ground.plans.code),
        **plain,  # type: ignore[arg-type]
    )


def _listed(words: Words) -> list[str]:
    return [words.words[code] for code in words.codes.tolist()]
