"""假设 what-if: one student many times over, each time with something more passed, judged in one pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
import numpy.typing as npt

from biye.audit.core.engine import Judged, Override, Programme
from biye.audit.core.pipeline import audit_tables
from biye.foundation.codes import Mark, Obtained, Outcome
from biye.foundation.terms import UNKNOWN_TERM
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import CHILD_TABLES, NO_SCORE, Coded, Exams, Plans, RecordTables, Results, take_rows
from biye.seasons.core.frame import Frame

_NONE: Mapping[int, Verdict] = {}


@dataclass(frozen=True, slots=True)
class Edit:
    """假设: courses passed (position in the list of courses → score in hundredths) and unified exams passed."""

    courses: Mapping[int, int] = field(default_factory=dict)
    exams: tuple[str, ...] = ()


def one_student(tables: RecordTables, row: int) -> RecordTables:
    """The same records with one student and that student's plan alone, so that looking closely costs little."""
    students = take_rows(tables.students, np.array([row]))
    plan = int(students.plan[0])
    children = {}
    for name in CHILD_TABLES:
        table = take_rows(getattr(tables, name), getattr(tables, name).student == row)
        table.student = np.zeros_like(table.student)
        children[name] = table
    students.plan = np.array([0 if plan >= 0 else -1], np.int32)
    students.plan_codes = students.plan_codes[plan : plan + 1] if plan >= 0 else type(students.plan_codes)()
    return replace(tables, students=students, plans=_one_plan(tables.plans, plan), **children)


def variants(
    programme: Programme,
    frame: Frame,
    tables: RecordTables,
    edits: Sequence[Edit],
    overrides: Mapping[int, Verdict] = _NONE,
) -> Judged:
    """若补过 …，则…: `tables` hold one student (see `one_student`); one column of the result an edit, in their order.

    `overrides`: rule number → what a person decided, which stands whatever is passed.
    """
    k = len(edits)
    standing = tuple(Override(rule, np.arange(k), verdict) for rule, verdict in overrides.items())
    children = {name: _repeated(getattr(tables, name), k) for name in CHILD_TABLES}
    children["results"] = _with_courses(children["results"], edits)
    children["exams"] = _with_exams(children["exams"], edits)
    students = take_rows(tables.students, np.zeros(k, np.intp))
    many = replace(tables, students=students, **children)
    return audit_tables(programme, frame, many, chunk=max(k, 1), overrides=standing).judged


def _repeated[T](table: T, k: int) -> T:
    rows = len(table.student)  # type: ignore[attr-defined]
    many = take_rows(table, np.tile(np.arange(rows), k))
    many.student = np.repeat(np.arange(k, dtype=np.int32), rows)  # type: ignore[attr-defined]
    return many


def _with_courses(results: Results, edits: Sequence[Edit]) -> Results:
    added = [(number, course, score) for number, edit in enumerate(edits) for course, score in edit.courses.items()]
    if not added:
        return results
    table = np.array(added, np.int32)
    n = len(added)
    return Results(
        student=np.concatenate([results.student, table[:, 0]]),
        course=np.concatenate([results.course, table[:, 1]]),
        score=np.concatenate([results.score, table[:, 2]]),
        mark=np.concatenate([results.mark, np.full(n, Mark.NUMBER, np.int8)]),
        obtained=np.concatenate([results.obtained, np.full(n, Obtained.FIRST, np.int8)]),
        term=np.concatenate([results.term, np.full(n, UNKNOWN_TERM, np.int16)]),
    )


def _with_exams(exams: Exams, edits: Sequence[Edit]) -> Exams:
    added = [(number, subject) for number, edit in enumerate(edits) for subject in edit.exams]
    if not added:
        return exams
    words = list(dict.fromkeys([*exams.subject.words, *(subject for _, subject in added)]))
    n = len(added)
    return Exams(
        student=np.concatenate([exams.student, np.array([number for number, _ in added], np.int32)]),
        subject=Coded(
            np.concatenate([exams.subject.codes, np.array([words.index(word) for _, word in added], np.int32)]), words
        ),
        outcome=np.concatenate([exams.outcome, np.full(n, Outcome.PASSED, np.int8)]),
        score=np.concatenate([exams.score, np.full(n, NO_SCORE, np.int32)]),
        reason=Coded(np.concatenate([exams.reason.codes, np.full(n, -1, np.int32)]), exams.reason.words),
    )


def _one_plan(plans: Plans, plan: int) -> Plans:
    if plan < 0:
        return Plans()
    modules = np.flatnonzero(plans.module_plan == plan)
    slots = np.flatnonzero(plans.slot_plan == plan)
    exams = np.flatnonzero(plans.exam_plan == plan)
    general = np.flatnonzero((plans.substitution_plan == plan) | (plans.substitution_plan < 0))
    place = np.full(len(plans.module_plan) + 1, -1, np.int32)
    place[modules] = np.arange(len(modules))
    picked: dict[str, npt.NDArray[np.generic] | list[str]] = {}
    for column in fields(Plans):
        value = getattr(plans, column.name)
        rows = {"module": modules, "slot": slots, "exam": exams, "substitution": general}.get(
            column.name.split("_")[0], np.array([plan])
        )
        picked[column.name] = [value[i] for i in rows] if isinstance(value, list) else value[rows]
    one = Plans(**picked)  # type: ignore[arg-type]
    one.module_plan, one.slot_plan, one.exam_plan = (
        np.zeros_like(part) for part in (one.module_plan, one.slot_plan, one.exam_plan)
    )
    one.module_overflow, one.slot_module = place[one.module_overflow], place[one.slot_module]
    one.substitution_plan = np.minimum(one.substitution_plan, 0)
    return one
