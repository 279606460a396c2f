"""统考、范围、结论: what one student is told beside the findings."""

from collections.abc import Iterator

import numpy as np

from biye.audit.core.engine import SEVERAL, Judged
from biye.audit.core.explain.evidence import Evidence
from biye.audit.core.explain.phrases import COLUMNS, EXAMS, PHRASES
from biye.audit.core.explain.shapes import BookConclusion, ExamLine, Finding
from biye.audit.core.explain.speaker import Speaker
from biye.audit.core.explain.wording import describe
from biye.audit.core.rulebook import Rulebook
from biye.foundation.codes import Outcome, Part
from biye.foundation.terms import UNKNOWN_TERM, show_term
from biye.foundation.verdicts import Truth, Verdict
from biye.records.core.tables import Students
from biye.seasons.core.people import People
from biye.seasons.core.shapes import When

_STATES = {
    Outcome.PASSED: ("passed", Truth.TRUE),
    Outcome.EXEMPT: ("exempt", Truth.TRUE),
    Outcome.NOT_PASSED: ("not_passed", Truth.FALSE),
    Outcome.ABSENT: ("absent", Truth.FALSE),
}
_BEST_FIRST = (Outcome.PASSED, Outcome.EXEMPT, -1, Outcome.NOT_PASSED, Outcome.ABSENT)


def exam_lines(evidence: Evidence, row: int) -> tuple[ExamLine, ...]:
    """Every subject the plan asks, with what became of it."""
    plans = evidence.plans
    asked = plans.exams_asked[evidence.plan(row)]
    return tuple(
        _exam(evidence, row, subject)
        for subject, is_asked in zip(plans.exam_subjects, asked.tolist(), strict=True)
        if is_asked
    )


def _exam(evidence: Evidence, row: int, subject: str) -> ExamLine:
    exams = evidence.population.tables.exams
    first, last = np.searchsorted(exams.student, (row, row + 1))
    mine = [place for place in range(first, last) if exams.subject.word(place) == subject]
    if not mine:
        is_covered = evidence.is_covered(row, Part.EXAMS)
        key, truth = ("nothing", Truth.FALSE) if is_covered else ("not_imported", Truth.UNKNOWN)
        return ExamLine(subject, EXAMS[key], "", truth)
    best = min(mine, key=lambda place: _BEST_FIRST.index(int(exams.outcome[place])))
    outcome = int(exams.outcome[best])
    key, truth = _STATES[Outcome(outcome)] if outcome >= 0 else ("unclear", Truth.UNKNOWN)
    return ExamLine(subject, EXAMS[key], exams.reason.word(best) or "", truth)


def exams_in_words(lines: tuple[ExamLine, ...]) -> str:
    """大学英语B 免考（年满 40 周岁）、计算机应用基础 合格."""
    return PHRASES["and"].join(
        EXAMS["with_reason" if line.reason else "plain"].format(
            subject=line.subject, state=line.state, reason=line.reason
        )
        for line in lines
    )


def why_not(speaker: Speaker, students: Students, row: int, candidate: Truth) -> str:
    """为什么不是预毕业学生; empty for candidates."""
    if candidate is Truth.TRUE:
        return ""
    season, school = speaker.loaded.season, speaker.loaded.school
    status = students.status.word(row)
    if status in speaker.loaded.programme.excluded_statuses:
        meaning = school.meaning(status or "")
        exclusion = season.excluded[meaning]  # type: ignore[index]
        return PHRASES["excluded"].format(status=status, why_not=exclusion.why_not)
    if candidate is Truth.FALSE:
        return PHRASES["out_of_scope"].format(
            level=students.level.word(row) or "",
            entry=_entry(students, row),
            people=describe(season.scope),
            clause=speaker.clause(season.scope_source),
        )
    if status is None:
        return PHRASES["status_unknown"]
    words = PHRASES["and"].join(lacking(season.scope, students, row))
    return PHRASES["scope_unknown"].format(lacking=words or PHRASES["something"])


def _entry(students: Students, row: int) -> str:
    term = int(students.entry[row])
    return "" if term == UNKNOWN_TERM else show_term(term)


def lacking(people: People, students: Students, row: int) -> list[str]:
    """Columns that a group of people is told by and that are not known of the student."""
    asked = {name for part in people.parts() for name in COLUMNS if getattr(part, name, None)}
    if any(part.within_study_limit is not None for part in people.parts()):
        asked |= {"entry", "level", "suspended_terms"}
    return [word for name, word in COLUMNS.items() if name in asked and _is_unknown(students, row, name)]


def _is_unknown(students: Students, row: int, name: str) -> bool:
    column = getattr(students, name)
    return bool((column.codes if hasattr(column, "codes") else column)[row] < 0)


def conclusions(
    speaker: Speaker, judged: Judged, row: int, students: Students, findings: tuple[Finding, ...]
) -> tuple[BookConclusion, ...]:
    """审查结论 of every book; for whoever is no candidate none is given, and for the undecided what it waits for."""
    programme = speaker.loaded.programme
    is_candidate = int(judged.candidate[row]) == Truth.TRUE
    return tuple(
        _conclusion(name, book, int(judged.conclusions[name][row]), is_candidate, findings, students, row)
        for name, book in programme.books.items()
    )


def _conclusion(
    name: str,
    book: Rulebook,
    number: int,
    is_candidate: bool,
    findings: tuple[Finding, ...],
    students: Students,
    row: int,
) -> BookConclusion:
    if not is_candidate:
        return BookConclusion(name, book.rulebook, None, is_favourable=False)
    if number >= 0:
        given = book.conclusions[number]
        return BookConclusion(name, book.rulebook, given.give, given.favourable)
    return BookConclusion(name, book.rulebook, None, False, _undecided(book, number, findings, students, row))


def _undecided(
    book: Rulebook, number: int, findings: tuple[Finding, ...], students: Students, row: int
) -> tuple[str, ...]:
    if number == SEVERAL:
        return (PHRASES["several"].format(conclusions=PHRASES["and"].join(one.give for one in book.conclusions)),)
    asked = {rule for one in book.conclusions for rule in rules_in(one.when)}
    waits = [one.label for one in findings if one.rule in asked and one.verdict is Verdict.UNKNOWN]
    blank = [word for one in book.conclusions if one.for_ for word in lacking(one.for_, students, row)]
    said = []
    if waits:
        said.append(PHRASES["waits_for"].format(rules=PHRASES["and"].join(waits)))
    if blank:
        said.append(PHRASES["person_unknown"].format(lacking=PHRASES["and"].join(dict.fromkeys(blank))))
    return tuple(said) or (PHRASES["none_applies"],)


def rules_in(when: When) -> Iterator[str]:
    """Every rule a condition names."""
    yield from (*when.met, *when.not_met, *when.any_not_met, *when.any_unknown)
    if when.at_least is not None:
        yield from when.at_least.of
    for part in (*when.all, *when.any, *((when.no,) if when.no is not None else ())):
        yield from rules_in(part)
