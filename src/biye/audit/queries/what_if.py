"""若补过……，则……: what the rules would say of one student who had passed something more. Nothing is written."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.audit.core.engine import Judged, Programme
from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.shapes import BookConclusion, CourseLine, Explanation, RouteLine
from biye.audit.core.pipeline import Audited, gather
from biye.audit.core.storing import judged_of
from biye.audit.core.variants import Edit, variants
from biye.audit.models.run import Run
from biye.audit.queries.explained import explained
from biye.audit.queries.facts import explained_by
from biye.audit.queries.outcomes import stored_outcomes
from biye.audit.queries.rules import read_rules
from biye.foundation.amounts import HUNDREDTHS
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.columns.core.selecting import Who
from biye.machinery.columns.reading import here
from biye.records.core.tables import RecordTables
from biye.records.queries.columns import load_tables


@dataclass(frozen=True, slots=True)
class Choices:
    """可以假设通过的课程与统考: what a student has not got yet."""

    courses: tuple[CourseLine, ...]
    exams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """一项规则的变化."""

    label: str
    was: Verdict
    now: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """假设的结果: conclusions before and after, the rules that moved, and what is still open after that."""

    before: tuple[BookConclusion, ...]
    after: tuple[BookConclusion, ...]
    moved: tuple[Step, ...]
    still_open: tuple[Step, ...]
    routes: tuple[RouteLine, ...]


def choices(asker: Asker, run: Run, student_no: str) -> Choices | None:
    """What may be ticked; None where the student is not the asker's to see, or not in the run."""
    found = explained(asker, run, student_no) if asker.may(Permission.TRY_WHAT_IF) else None
    if found is None:
        return None
    counted = {line.code for line in found.courses if line.counts}
    open_courses = {line.code: line for line in found.courses if line.module and line.code not in counted}
    exams = tuple(exam.subject for exam in found.exams if exam.is_passed is not Truth.TRUE)
    return Choices(tuple(open_courses.values()), exams)


def what_if(
    asker: Asker, run: Run, student_no: str, courses: Collection[str], exams: Collection[str], score: int
) -> WhatIf | None:
    """The same rules at the same moment, once with the facts as they are and once with these courses passed at `score`."""

    def edits(tables: RecordTables) -> tuple[Edit, Edit]:
        place = {code: position for position, code in enumerate(tables.courses.code)}
        return Edit(), Edit({place[code]: score * HUNDREDTHS for code in courses if code in place}, tuple(exams))

    found = _retold(asker, run, student_no, edits)
    if found is None:
        return None
    was, now = found
    steps = [
        Step(new.label, old.verdict, new.verdict, new.text) for old, new in zip(was.findings, now.findings, strict=True)
    ]
    return WhatIf(
        before=was.conclusions,
        after=now.conclusions,
        moved=tuple(step for step in steps if step.was != step.now),
        still_open=tuple(step for step in steps if step.now in (Verdict.NOT_MET, Verdict.UNKNOWN)),
        routes=now.routes,
    )


def as_of_now(asker: Asker, run: Run, student_no: str) -> Explanation | None:
    """按现有数据: what the run's rules say of one student with the facts as they are at this moment. Nothing is written."""
    found = _retold(asker, run, student_no, lambda tables: (Edit(),))
    return None if found is None else found[0]


def _retold(
    asker: Asker, run: Run, student_no: str, edits: Callable[[RecordTables], Sequence[Edit]]
) -> list[Explanation] | None:
    """The same rules at the same moment with each of the edits; None where the student is not the asker's to try for."""
    student = students_of(asker).filter(student_no=student_no).values_list("id", flat=True).first()
    if student is None or not asker.may(Permission.TRY_WHAT_IF):
        return None
    loaded = read_rules(run.rules)
    programme, frame = loaded.programme, loaded.frame(run.at)
    tables = load_tables(here(), explained_by(programme), Who(among=(student,)))
    standing = _standing(run, programme, student)
    population = gather(programme, frame, tables)

    def told(judged: Judged) -> Explanation:
        return Explainer(loaded, Audited(programme, population, judged)).brief(0, with_fixes=False)

    return [told(variants(programme, frame, tables, [edit], standing)) for edit in edits(tables)]


def _standing(run: Run, programme: Programme, student: int) -> dict[int, Verdict]:
    """What people decided of the student, as the run had it: rule number → verdict."""
    rows = stored_outcomes(run, [student], len(programme.rules), len(programme.books))
    if not len(rows):
        return {}
    verdict, decided = judged_of(programme, rows).verdict[:, 0], int(rows.overridden[0])
    return {rule: Verdict(int(verdict[rule])) for rule in range(len(programme.rules)) if decided >> rule & 1}
