"""The plain second engine, its facts: one student at a time as ordinary objects, read off the tables without any grid."""

from dataclasses import dataclass, field, replace
from typing import Any

from biye.foundation.codes import PASSING_MARKS, Assessment, Kind, Mark, Obtained, Part, part_of
from biye.records.core.tables import CHILD_TABLES, Coded, Plans, RecordTables
from biye.seasons.core.frame import Frame


@dataclass(frozen=True)
class Result:
    """One attempt: a number in hundredths or a word."""

    mark: Mark
    score: int | None
    way: Obtained
    term: int | None
    passed: bool


@dataclass
class Slot:
    """One course of a plan and what the student did in it."""

    course: int
    code: str
    name: str
    module: int | None
    credits: int
    kind: Kind
    assessment: Assessment
    core: bool
    degree: bool
    attempts: list[Result] = field(default_factory=list)
    blank: bool = False

    @property
    def part(self) -> Part:
        return part_of(self.kind, self.assessment)


@dataclass
class Module:
    code: str
    name: str
    asked: int
    flows_to: int | None


@dataclass
class Person:
    """Everything known of one student."""

    row: int
    words: dict[str, str | None]
    entry: int | None
    suspended: int | None
    outside: bool
    covered: set[Part]
    known_plan: bool
    total: int | None
    modules: list[Module]
    slots: list[Slot]
    exams_asked: list[str]
    rows: dict[str, list[dict[str, Any]]]
    filled: dict[str, bool]
    identity: tuple[str, str | None, int | None, int | None]  # number, kind of document, birth day, sex


def person(tables: RecordTables, frame: Frame, row: int) -> Person:
    """One student."""
    students = tables.students
    plan = int(students.plan[row])
    covered = {part for part in Part if int(students.covered[row]) >> part & 1}
    rows = {name: [one for one in _rows(getattr(tables, name)) if one["student"] == row] for name in CHILD_TABLES}
    modules, slots = _plan(tables, plan)
    for attempt in rows["results"]:
        _take(tables, frame, plan, slots, attempt)
    stated = [
        word for word, where in zip(tables.plans.exam_subject, tables.plans.exam_plan, strict=True) if where == plan
    ]
    birth, sex = int(students.birth_day[row]), int(students.sex[row])
    return Person(
        row=row,
        words={
            **{name: getattr(students, name).word(row) for name in ("level", "mode", "centre", "status", "major")},
            "plan": tables.plans.code[plan] if plan >= 0 else None,
        },
        entry=_known(students.entry[row]),
        suspended=_known(students.suspended_terms[row]),
        outside=bool(students.outside_system[row]),
        covered=covered,
        known_plan=plan >= 0,
        total=_total(tables.plans, plan),
        modules=modules,
        slots=slots,
        exams_asked=sorted(set(stated)),
        rows=rows,
        filled={name: bool(column[row]) for name, column in students.filled.items()},
        identity=(
            bytes(students.identity[row]).decode(),
            students.identity_type.word(row),
            birth if birth > -(2**31) else None,
            sex or None,
        ),
    )


def _known(value: Any) -> int | None:
    return int(value) if value >= 0 else None


def _rows(table: Any) -> list[dict[str, Any]]:
    columns = {}
    for name in table.__dataclass_fields__:
        value = getattr(table, name)
        columns[name] = [value.word(i) for i in range(len(value.codes))] if isinstance(value, Coded) else value.tolist()
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plan(tables: RecordTables, plan: int) -> tuple[list[Module], list[Slot]]:
    plans, courses = tables.plans, tables.courses
    mine = [i for i, where in enumerate(plans.module_plan) if where == plan]
    modules = [
        Module(
            plans.module_code[i],
            plans.module_name[i],
            int(plans.module_credits[i]),
            mine.index(plans.module_overflow[i]) if plans.module_overflow[i] in mine else None,
        )
        for i in mine
    ]
    slots = [
        Slot(
            course=int(course),
            code=courses.code[course],
            name=courses.name[course],
            module=mine.index(plans.slot_module[i]) if plans.slot_module[i] in mine else None,
            credits=int(plans.slot_credits[i]),
            kind=Kind(plans.slot_kind[i]),
            assessment=Assessment(plans.slot_assessment[i]),
            core=bool(plans.slot_core[i]),
            degree=bool(plans.slot_degree[i]),
        )
        for i, course in enumerate(plans.slot_course)
        if plans.slot_plan[i] == plan
    ]
    return modules, sorted(slots, key=lambda slot: slot.code)


def _total(plans: Plans, plan: int) -> int | None:
    if plan < 0:
        return None
    if plans.total_credits[plan] >= 0:
        return int(plans.total_credits[plan])
    asked = sum(int(c) for c, where in zip(plans.module_credits, plans.module_plan, strict=True) if where == plan)
    return asked or None


def _take(tables: RecordTables, frame: Frame, plan: int, slots: list[Slot], row: dict[str, Any]) -> None:
    """Put one attempt where it counts, if anywhere."""
    own = [slot for slot in slots if slot.course == row["course"]]
    stood_for = []
    plans = tables.plans
    for where, taken, target in zip(
        plans.substitution_plan, plans.substitution_taken, plans.substitution_counts_as, strict=True
    ):
        if taken == row["course"] and where in (-1, plan):
            stood_for += [slot for slot in slots if slot.course == target]
    place = own or sorted(stood_for, key=lambda slot: slot.code)
    if not place:
        return
    mark, way = Mark(row["mark"]), Obtained(row["obtained"])
    if mark is Mark.NUMBER and row["score"] < 0:
        place[0].blank = True
        return
    if not own:
        way = Obtained.SUBSTITUTE
    elif mark is Mark.EXEMPT and way is Obtained.FIRST:
        way = Obtained.EXEMPTION
    score = row["score"] if mark is Mark.NUMBER else None
    passed = score >= frame.school.scale().pass_score if score is not None else mark in PASSING_MARKS
    place[0].attempts.append(Result(mark, score, way, _known(row["term"]), passed))


def standing(slot: Slot, attempt: str, frame: Frame) -> tuple[Result | None, bool]:
    """The attempt a rule looks at, and whether it stands for sure: attempts without a date cannot be put in order."""
    if not slot.attempts:
        return None, True
    numbers = frame.school.scale().numbers

    def worth(one: Result) -> tuple[Any, ...]:
        number = one.score if one.score is not None else numbers.get(one.mark, 0)
        return one.passed, number, -one.way, one.mark

    if attempt == "best":
        return max(slot.attempts, key=worth), True
    sure = len(slot.attempts) == 1 or all(one.term is not None for one in slot.attempts)

    def moment(one: Result) -> int:
        return (one.term if one.term is not None else -1) * 8 + one.way

    wanted = (max if attempt == "last" else min)(moment(one) for one in slot.attempts)
    return max((one for one in slot.attempts if moment(one) == wanted), key=worth), sure


def numbered(result: Result, number: int) -> Result:
    """The same result as if it had been given by a number."""
    return replace(result, mark=Mark.NUMBER, score=number)
