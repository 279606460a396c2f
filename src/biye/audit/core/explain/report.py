"""审查结果的表格: explanations as objects and rows, for files that leave the system. Identity numbers are in none of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.figures import Stored
from biye.audit.core.explain.phrases import REPORT
from biye.audit.core.explain.shapes import Explanation, Finding
from biye.audit.core.vocabulary import Unit
from biye.foundation.terms import UNKNOWN_TERM, show_term
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.exchange.core.problems import Problem, Severity
from biye.machinery.exchange.core.writer import Cell, Page
from biye.records.core.sheets.sentences import sentence
from biye.records.core.tables import NO_SCORE

MOST_ROWS = 1_000_000  # of one worksheet
_PARTS = {Unit.CREDITS: 10, Unit.SCORE: 100, Unit.PERCENT: 100, Unit.COUNT: 1, Unit.TERMS: 1, Unit.MONEY: 1}


def student_objects(explainer: Explainer, rows: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Students as a machine reads them; `have` and `need` are numbers where they are amounts."""
    units = [rule.kind.unit for rule in explainer.loaded.programme.rules]
    known: dict[int, dict[str, Any]] = {}  # the explainer says what is alike with one and the same finding
    for row in rows:
        told = explainer.brief(row, with_fixes=False)
        for finding, stored, unit in zip(told.findings, explainer.stored(row), units, strict=True):
            if id(finding) not in known:
                known[id(finding)] = _finding_object(finding, stored, unit)
        yield _student_object(told, [known[id(finding)] for finding in told.findings])


def _student_object(told: Explanation, findings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "student_no": told.student_no,
        "name": told.name,
        "conclusion": told.conclusion,
        "candidate": told.candidate is Truth.TRUE,
        "why_not": told.why_not or None,
        "findings": findings,
        "routes": [
            {"route": route.id, "label": route.label, "open": _OPEN[route.state], "reason": route.reason}
            for route in told.routes
        ],
    }


_OPEN = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


def _finding_object(finding: Finding, stored: Stored, unit: Unit) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.name,
        "have": _amount(finding.have, stored.have, unit),
        "need": _amount(finding.need, stored.need, unit),
        "clause": finding.clause,
        "sentence": finding.sentence,
    }


def _amount(text: str, amount: int, unit: Unit) -> float | int | str | None:
    """The figure in whole units; the text where the kind has no figure; None where nothing was measured."""
    if not text or (unit is Unit.SCORE and amount == NO_SCORE):
        return None
    parts = _PARTS.get(unit)
    if parts is None:
        return text
    return amount if parts == 1 else amount / parts


def student_headings(explainer: Explainer) -> list[str]:
    """Headings of a table with one row a student."""
    programme = explainer.loaded.programme
    books = [book.rulebook for book in list(programme.books.values())[1:]]
    return [
        *REPORT["student"],
        *books,
        *(rule.label for rule in programme.rules),
        *REPORT["student_tail"],
    ]


def student_row(explainer: Explainer, row: int, told: Explanation) -> list[Cell]:
    """One student: who, the conclusions, a verdict a rule, the reasons, what may be applied for."""
    students = explainer.audited.population.tables.students
    entry = int(students.entry[row])
    is_candidate = told.candidate is Truth.TRUE
    reasons = [one for one in told.findings if one.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)]
    return [
        told.student_no,
        told.name,
        students.level.word(row),
        "" if entry == UNKNOWN_TERM else show_term(entry),
        students.major.word(row),
        students.centre.word(row),
        students.status.word(row),
        REPORT["candidate"][told.candidate],
        told.why_not,
        *_conclusions(told, is_candidate),
        *(finding.verdict.chinese for finding in told.findings),
        told.earned / 10,
        told.asked / 10 if told.asked >= 0 else None,
        "；".join(f"{one.label}：{one.text}" for one in reasons),
        "；".join(fix.sentence for one in reasons for fix in one.fixes),
        "、".join(route.label for route in told.routes if route.state is Truth.TRUE),
    ]


def _conclusions(told: Explanation, is_candidate: bool) -> list[Cell]:
    """The first book's conclusion and what it waits for, then those of the other books."""
    first, *others = told.conclusions
    open_ = REPORT["undecided"][0] if is_candidate else ""
    return [first.text or open_, "；".join(first.undecided), *(one.text or open_ for one in others)]


def finding_rows(told: Explanation) -> Iterator[list[Cell]]:
    """One row a finding."""
    for one in told.findings:
        yield [
            told.student_no,
            told.name,
            one.rule,
            one.label,
            one.verdict.chinese,
            one.have,
            one.need,
            one.clause,
            one.office,
            one.telephone,
            one.sentence,
            "；".join(fix.sentence for fix in one.fixes),
        ]


def problem_rows(problems: Iterable[Problem]) -> Iterator[list[Cell]]:
    """One row a problem of the input."""
    for one in problems:
        yield [
            REPORT["severity"][list(Severity).index(one.severity)],
            one.file,
            one.sheet,
            one.row or None,
            one.column,
            one.value,
            one.count,
            sentence(one),
        ]


def pages(explainer: Explainer, rows: Sequence[int], problems: Sequence[Problem]) -> list[Page]:
    """The workbook: students, findings, what was wrong in the input. A long sheet goes on in another."""
    students: list[list[Cell]] = []
    findings: list[list[Cell]] = []
    for row in rows:
        told = explainer.brief(row)
        students.append(student_row(explainer, row, told))
        findings += finding_rows(told)
    names = REPORT["sheets"]
    return [
        *_sheets(names[0], student_headings(explainer), students),
        *_sheets(names[1], REPORT["finding"], findings),
        *_sheets(names[2], REPORT["problem"], list(problem_rows(problems))),
    ]


def _sheets(name: str, headings: Sequence[str], rows: list[list[Cell]]) -> Iterator[Page]:
    for start in range(0, max(len(rows), 1), MOST_ROWS):
        yield Page(name, headings, rows[start : start + MOST_ROWS])
