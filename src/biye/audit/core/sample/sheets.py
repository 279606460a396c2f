"""编造的表格: an invented school as the sheets an office would have, under our own headings (docs/sheets.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biye.audit.core.sample.invention import Invention
from biye.foundation.amounts import show_credits, show_score
from biye.foundation.codes import ASSESSMENT_WORDS, KIND_WORDS, MARK_WORDS, OBTAINED_WORDS, Mark, Outcome, Part
from biye.foundation.moments import from_day_number, from_minute
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Verdict
from biye.machinery.exchange.core.columns import SheetSpec
from biye.records.core.sheets import attainments, plans, standings, students
from biye.records.core.tables import NO_DAY, NO_SCORE

Column = list[str]
_OUTCOMES = {Outcome.NOT_PASSED: "未通过", Outcome.PASSED: "通过", Outcome.EXEMPT: "免考", Outcome.ABSENT: "缺考"}
_SPECIFICATIONS = {Verdict.MET: "合格", Verdict.NOT_MET: "不合格", Verdict.UNKNOWN: ""}
_GRADE_SHEETS = (
    (Part.EXAMINED, "考试课"),
    (Part.ASSESSED, "考查课"),
    (Part.PRACTICE, "实践环节"),
    (Part.THESIS, "毕业论文"),
)


@dataclass(frozen=True, slots=True)
class InventedSheet:
    """一张表: in which file it stands, its name, and columns of text by heading."""

    file: str
    name: str
    columns: dict[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def sheets(invention: Invention) -> Iterator[InventedSheet]:
    """Every sheet that has rows, one after another."""
    for sheet in _every(invention):
        if len(sheet):
            yield sheet


def _every(invention: Invention) -> Iterator[InventedSheet]:
    yield _sheet("学生", students.SPEC, _students(invention))
    yield from _plans(invention)
    yield from _grades(invention)
    tables, number = invention.tables, invention.tables.students.student_no
    exams = tables.exams
    yield _sheet(
        "统考",
        attainments.EXAMS,
        {
            "student_no": _of(number, exams.student),
            "subject": _words(exams.subject.words, exams.subject.codes),
            "outcome": [_OUTCOMES[Outcome(code)] for code in exams.outcome.tolist()],
            "score": _scores(exams.score),
            "reason": _words(exams.reason.words, exams.reason.codes),
        },
    )
    proofs = tables.certificates
    yield _sheet(
        "外语证书",
        attainments.CERTIFICATES,
        {
            "student_no": _of(number, proofs.student),
            "kind": _words(proofs.kind.words, proofs.kind.codes),
            "score": _scores(proofs.score),
            "obtained_on": _days(proofs.obtained),
        },
    )
    yield from _standings(invention)


def _sheet(file: str, spec: SheetSpec, columns: dict[str, Column], name: str = "") -> InventedSheet:
    return InventedSheet(file, name or spec.label, {spec[key].label: column for key, column in columns.items()})


def _students(invention: Invention) -> dict[str, Column]:
    table = invention.tables.students
    n = len(table)
    columns = {
        "student_no": table.student_no,
        "name": table.name,
        "sex": ["男" if sex == 1 else "女" for sex in table.sex.tolist()],
        "birth_date": _days(table.birth_day),
        "ethnicity": invention.cohort.ethnicity,
        "political_status": [("群众", "共青团员", "中共党员")[row % 7 // 3] for row in range(n)],
        "identity_type": _words(table.identity_type.words, table.identity_type.codes),
        "identity_number": [number.decode() for number in table.identity.tolist()],
        "exam_no": [f"{int(e) // 2 % 100:02d}9900{row:08d}" for row, e in enumerate(table.entry.tolist())],
        "telephone": [f"100{row:08d}" for row in range(n)],
        "level": _words(table.level.words, table.level.codes),
        "mode": _words(table.mode.words, table.mode.codes),
        "entry": _terms(table.entry),
        "major": _words(table.major.words, table.major.codes),
        "plan": _words(invention.tables.plans.code, table.plan),
        "centre": _words(table.centre.words, table.centre.codes),
        "status": _words(table.status.words, table.status.codes),
        "suspended_terms": [str(terms) for terms in table.suspended_terms.tolist()],
        "outside_system": ["是" if old else "否" for old in table.outside_system.tolist()],
    }
    for key, rows in invention.blank.items():
        if key in columns:
            columns[key] = ["" if row in rows else value for row, value in enumerate(columns[key])]
    return columns


def _plans(invention: Invention) -> Iterator[InventedSheet]:
    table, courses = invention.tables.plans, invention.tables.courses
    file = "教学计划"
    yield _sheet(file, plans.PLANS, {"plan": table.code, "total_credits": _credits(table.total_credits)})
    module = [table.module_name[row] if row >= 0 else "" for row in (*range(len(table.module_name)), -1)]
    yield _sheet(
        file,
        plans.MODULES,
        {
            "plan": _of(table.code, table.module_plan),
            "module": table.module_code,
            "module_name": table.module_name,
            "credits": _credits(table.module_credits),
            "overflow": _of(module, table.module_overflow),
        },
    )
    yield _sheet(
        file,
        plans.COURSES,
        {
            "plan": _of(table.code, table.slot_plan),
            "course_code": _of(courses.code, table.slot_course),
            "course_name": _of(courses.name, table.slot_course),
            "module": _of([*table.module_code, ""], table.slot_module),
            "credits": _credits(table.slot_credits),
            "kind": _first(KIND_WORDS, table.slot_kind),
            "assessment": _first(ASSESSMENT_WORDS, table.slot_assessment),
            "core": _yes_no(table.slot_core),
            "degree": _yes_no(table.slot_degree),
        },
    )
    yield _sheet(file, plans.EXAMS, {"plan": _of(table.code, table.exam_plan), "subject": table.exam_subject})
    yield _sheet(
        file,
        plans.SUBSTITUTIONS,
        {
            "taken": _of(courses.code, table.substitution_taken),
            "counts_as": _of(courses.code, table.substitution_counts_as),
            "plan": _of(table.code, table.substitution_plan),
        },
    )


def _grades(invention: Invention) -> Iterator[InventedSheet]:
    """Results on a sheet for each part, as offices import them; courses of no plan stand with the examined ones."""
    tables = invention.tables
    results, number = tables.results, tables.students.student_no
    part_of = _parts(invention)[tables.students.plan[results.student], results.course]
    for part, name in _GRADE_SHEETS:
        rows = np.flatnonzero((part_of == part) | ((part_of < 0) & (part is Part.EXAMINED)))
        columns = {
            "student_no": _of(number, results.student[rows]),
            "name": _of(tables.students.name, results.student[rows]),
            "course_code": _of(tables.courses.code, results.course[rows]),
            "course_name": _of(tables.courses.name, results.course[rows]),
            "grade": _marks(results.score[rows], results.mark[rows]),
            "obtained": _first(OBTAINED_WORDS, results.obtained[rows]),
            "term": _terms(results.term[rows]),
        }
        yield _sheet("成绩", attainments.GRADES, columns, name)


def _parts(invention: Invention) -> npt.NDArray[np.int8]:
    """With which part a course's results come in, by plan; -1 for a course the plan does not have (P, C)."""
    grid = invention.grid
    slot = grid.slot_of
    rows = np.arange(len(slot))[:, None]
    return np.where(slot >= 0, grid.part[rows, slot], -1).astype(np.int8)


def _standings(invention: Invention) -> Iterator[InventedSheet]:
    tables, number = invention.tables, invention.tables.students.student_no
    fees, sanctions, flags, photos, history = (
        tables.fees,
        tables.sanctions,
        tables.flags,
        tables.photos,
        tables.history,
    )
    yield _sheet(
        "交费",
        standings.FEES,
        {
            "student_no": _of(number, fees.student),
            "kind": _words(fees.kind.words, fees.kind.codes),
            "year": [str(year) for year in fees.year.tolist()],
            "due": _yuan(fees.due),
            "paid": _yuan(fees.paid),
            "posted_on": _days(fees.posted),
        },
    )
    yield _sheet(
        "处分",
        standings.SANCTIONS,
        {
            "student_no": _of(number, sanctions.student),
            "kind": _words(sanctions.kind.words, sanctions.kind.codes),
            "imposed_on": _days(sanctions.imposed),
            "lifted_on": _days(sanctions.lifted),
        },
    )
    yield _sheet(
        "标记",
        standings.FLAGS,
        {
            "student_no": _of(number, flags.student),
            "flag": _words(flags.flag.words, flags.flag.codes),
            "cleared": _yes_no(flags.cleared),
        },
    )
    yield _sheet(
        "学信网照片",
        standings.PHOTOS,
        {
            "student_no": _of(number, photos.student),
            "at_chsi": _yes_no(photos.at_chsi),
            "at_chsi_since": _minutes(invention, photos.at_chsi_since),
            "comparison": _words(photos.comparison.words, photos.comparison.codes),
            "compared_at": _minutes(invention, photos.compared),
            "specification": [_SPECIFICATIONS[Verdict(found)] for found in photos.specification.tolist()],
        },
    )
    yield _sheet(
        "往季结论",
        standings.HISTORY,
        {
            "student_no": _of(number, history.student),
            "season": _terms(history.season),
            "conclusion": _words(history.conclusion.words, history.conclusion.codes),
            "outcome": _words(history.outcome.words, history.outcome.codes),
        },
    )


def _of(words: list[str], rows: npt.NDArray[np.int32]) -> Column:
    return [words[row] for row in rows.tolist()]


def _words(words: list[str], codes: npt.NDArray[np.int32]) -> Column:
    with_blank = [*words, ""]
    return [with_blank[code] for code in codes.tolist()]


def _first[E: int](table: dict[E, tuple[str, ...]], codes: npt.NDArray[np.int8]) -> Column:
    words = {int(code): words[0] for code, words in table.items()}
    return [words[code] for code in codes.tolist()]


def _yes_no(codes: npt.NDArray[np.int8]) -> Column:
    return [("否", "是", "")[code] for code in codes.tolist()]


def _credits(amounts: npt.NDArray[np.int32]) -> Column:
    return [show_credits(amount) for amount in amounts.tolist()]


def _scores(scores: npt.NDArray[np.int32]) -> Column:
    shown = {score: "" if score == NO_SCORE else show_score(score) for score in np.unique(scores).tolist()}
    return [shown[score] for score in scores.tolist()]


def _marks(scores: npt.NDArray[np.int32], marks: npt.NDArray[np.int8]) -> Column:
    words = {int(mark): words[0] for mark, words in MARK_WORDS.items()}
    return [
        score if mark == Mark.NUMBER else words[mark]
        for score, mark in zip(_scores(scores), marks.tolist(), strict=True)
    ]


def _terms(terms: npt.NDArray[np.int16]) -> Column:
    shown = {term: show_term(term) for term in np.unique(terms).tolist()}
    return [shown[term] for term in terms.tolist()]


def _days(days: npt.NDArray[np.int32]) -> Column:
    shown = {day: "" if day == NO_DAY else from_day_number(day).isoformat() for day in np.unique(days).tolist()}
    return [shown[day] for day in days.tolist()]


def _minutes(invention: Invention, minutes: npt.NDArray[np.int64]) -> Column:
    zone = invention.loaded.school.zone
    return ["" if m < 0 else from_minute(m, zone).strftime("%Y-%m-%d %H:%M") for m in minutes.tolist()]


def _yuan(cents: npt.NDArray[np.int64]) -> Column:
    return [f"{amount // 100}.{amount % 100:02d}" for amount in cents.tolist()]
