"""编造一所学校的学生: from a school's own rules, so that every branch of them is lived in; the same seed, the same students."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.limits import OWN
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.plans import PlanGrid, plan_grid
from biye.audit.core.references import walk
from biye.audit.core.rulebook import Rule
from biye.audit.core.sample.attempts import passed
from biye.audit.core.sample.cohort import Cohort, invented, representative, set_status
from biye.audit.core.sample.draft import Draft, Trouble, tables
from biye.audit.core.sample.plans import ELECTIVE, Course, Module, Outline, laid_out, outlines
from biye.audit.core.sample.short_of_credits import lift
from biye.audit.core.sample.standing import fill, is_leading, rules_of
from biye.audit.core.sample.troubles import TROUBLES
from biye.audit.core.selectors import Selector, ways
from biye.foundation.codes import Mark, Obtained
from biye.foundation.verdicts import Truth
from biye.records.core.tables import Bools, Coded, RecordTables
from biye.seasons.core.people import People, belongs

TROUBLED = 0.22  # share of students with something wrong in what decides
WORK_WELL = 0.7  # share of students whose grades satisfy any one rule over grades
WRONG_STATUS = 0.012
OUTSIDE_SYSTEM = 0.01
UNIFIED = ("大学英语B", "计算机应用基础")


@dataclass(slots=True)
class Invention:
    """编造的学校: its record tables, and what sheets say beside them."""

    loaded: LoadedSeason
    tables: RecordTables
    grid: PlanGrid
    cohort: Cohort
    blank: dict[str, set[int]]


def invent(loaded: LoadedSeason, n: int, seed: int) -> Invention:
    """`n` students of this season; the same season, number and seed give the same in every byte."""
    rng = np.random.default_rng([seed, n])
    frame = loaded.frame(max(loaded.season.closing.values()))
    cohort = invented(rng, loaded, frame, n)
    plans_of_levels = _outlines(loaded)
    plans, courses = laid_out(plans_of_levels)
    grid = plan_grid(plans, courses)
    students = cohort.students
    students.plan, students.plan_codes = _plans(rng, students.level, plans_of_levels), tuple(plans.code)
    majors = list(dict.fromkeys(outline.major for outline in plans_of_levels))
    by_plan = np.array([majors.index(outline.major) for outline in plans_of_levels], np.int32)
    students.major = Coded(by_plan[students.plan], majors)
    attempts = passed(rng, grid, students.plan, students.entry, _compulsory(loaded, grid))
    draft = Draft(loaded, frame, cohort, plans, courses, attempts, [], [], [], [])
    fill(rng, draft)
    for rule in rules_of(loaded, "grade.each", "grade.average", "grade.of"):
        rows = np.flatnonzero(rng.random(n) < WORK_WELL)
        lift(draft, rule, rows, rng.integers(0, 12, len(rows)))
    _set_apart(rng, draft)
    _spread(rng, draft)
    _outside_plan(rng, draft)
    return Invention(loaded, tables(draft), grid, cohort, draft.blank)


def _outlines(loaded: LoadedSeason) -> list[Outline]:
    """Plans of every level, with what the rules name and the unified exams they ask."""
    school = loaded.school
    shortest = min(level.min_terms for level in school.levels.values())
    long = [name for name, level in school.levels.items() if level.min_terms > shortest + 2]
    exams: dict[str, tuple[str, ...]] = {}
    for rule in rules_of(loaded, "exams.unified"):
        asked = UNIFIED if rule.params.subjects == ("plan",) else rule.params.subjects  # type: ignore[attr-defined]
        for level in school.levels:
            if rule.for_ is None or not rule.for_.level or level in rule.for_.level:
                exams[level] = tuple(dict.fromkeys((*exams.get(level, ()), *asked)))
    made = outlines(list(school.levels), long, exams, _named(loaded))
    for rule in rules_of(loaded, "credits.total"):
        made = [_long_enough(loaded, outline, rule) for outline in made]
    return made


def _long_enough(loaded: LoadedSeason, outline: Outline, rule: Rule) -> Outline:
    """The plan, with further courses where a rule asks for more credits than it has of that sort."""
    params: Any = rule.params
    plans, courses = laid_out([outline])
    grid = plan_grid(plans, courses)
    students = representative(loaded, outline.level)
    figure = int(params.min._figures(students, loaded.frame(max(loaded.season.closing.values())))[0])  # noqa: SLF001
    selected = ways(params.over, grid)[0] >> int(Obtained.FIRST) & 1 == 1
    lack = figure - int(grid.credits[0, selected].sum())
    if lack <= 0:
        return outline
    more = tuple(Course(f"专业拓展{number}", 40) for number in range(1, -(-lack // 40) + 1))
    return replace(outline, modules=(*outline.modules, Module("专业拓展", 40 * len(more), more)))


def _named(loaded: LoadedSeason) -> list[Module]:
    """Modules for whatever selectors name that the built-in plans do not have."""
    selectors = [part for rule in loaded.programme.rules for _, part in walk(rule.params) if isinstance(part, Selector)]
    modules = {word.replace("*", "一") for one in selectors for word in one.module}
    modules |= {str(rule.params.module) for rule in rules_of(loaded, "credits.module")}  # type: ignore[attr-defined]
    names = {word.replace("*", "") for one in selectors for word in one.name}
    codes = {word.replace("*", "1") for one in selectors for word in one.code}
    plain = outlines(["层次"], [], {}, [])
    known = {module.name for outline in plain for module in outline.modules}
    known |= {course.name for outline in plain for module in outline.modules for course in module.courses}
    extra = [
        Module(word, 40, tuple(Course(f"{word}课程{place}", 20, ELECTIVE) for place in "一二三四"))
        for word in sorted(modules - known)
    ]
    singles = [Course(word, 20) for word in sorted(names - known)]
    singles += [Course(f"指定课程{word}", 20, code=word) for word in sorted(codes)]
    if singles:
        extra.append(Module("指定课程", sum(course.credits for course in singles), tuple(singles)))
    return extra


def _plans(rng: np.random.Generator, level: Coded, made: list[Outline]) -> npt.NDArray[np.int32]:
    """A plan of each student's own level."""
    plan = np.zeros(len(level.codes), np.int32)
    for code, word in enumerate(level.words):
        mine = np.array([place for place, outline in enumerate(made) if outline.level == word], np.int32)
        rows = level.codes == code
        plan[rows] = mine[rng.integers(0, len(mine), int(rows.sum()))]
    return plan


def _compulsory(loaded: LoadedSeason, grid: PlanGrid) -> Bools:
    """Slots every student takes because a rule wants each of them passed (P+1, S)."""
    wanted = np.zeros(grid.valid.shape, bool)
    for rule in rules_of(loaded, "courses.passed", "courses.count", "grade.each"):
        params = rule.params
        if rule.rule == "courses.count" and params.min.root != OWN:  # type: ignore[attr-defined]
            continue
        if rule.rule == "grade.each" and params.missing != "not_met":  # type: ignore[attr-defined]
            continue
        wanted |= ways(getattr(params, "courses", None) or params.over, grid) >> int(Obtained.FIRST) & 1 == 1  # type: ignore[attr-defined]
    return wanted


def _set_apart(rng: np.random.Generator, draft: Draft) -> None:
    """Statuses that can not graduate, old students in no system, finished earlier records of the same people."""
    students, n = draft.students, len(draft.students)
    rows = rng.permutation(n)
    words = [
        (word, meaning) for meaning, words in draft.school.statuses.items() for word in words if meaning != "active"
    ]
    count = max(len(words), int(n * WRONG_STATUS)) if n >= 4 * len(words) else 0
    for place, row in enumerate(rows[:count].tolist()):
        set_status(students, [row], words[place % len(words)][0])
    finished = draft.school.statuses.get("finished", ("毕业",))[0]
    for now, before in draft.cohort.second_records:
        set_status(students, [before], finished)
        draft.cohort.ethnicity[before] = draft.cohort.ethnicity[now]
    students.outside_system[rows[count : count + max(1, int(n * OUTSIDE_SYSTEM))]] = True


def _spread(rng: np.random.Generator, draft: Draft) -> None:
    """Give each trouble of each rule to some of the students it concerns, at most one to each student."""
    students, n = draft.students, len(draft.students)
    active = students.status.among(list(draft.school.statuses["active"]))
    inside = belongs(draft.loaded.season.scope, students, draft.frame) == Truth.TRUE
    free = active & inside
    pairs = [
        (rule, trouble, concerned)
        for rule in draft.loaded.programme.rules
        if (concerned := _concerned(draft, rule)) is not None
        for trouble in TROUBLES.get(rule.rule, ())
    ]
    shares = _shares(draft, pairs, int(n * TROUBLED))
    for (rule, trouble, concerned), share in zip(pairs, shares, strict=True):
        candidates = np.flatnonzero(free & concerned)
        for row in rng.permutation(candidates)[:share].tolist():
            trouble(draft, row, rule)
            free[row] = False


def _concerned(draft: Draft, rule: Rule) -> Bools | None:
    students = draft.students
    people = rule.for_ or People()
    concerned = belongs(people, students, draft.frame) == Truth.TRUE
    return concerned if concerned.any() else None


def _shares(draft: Draft, pairs: list[tuple[Rule, Trouble, Bools]], troubled: int) -> list[int]:
    """At least one student for each trouble; most of the rest for the book that decides."""
    weights = [3.0 if is_leading(draft.loaded, rule) else 1.0 for rule, _, _ in pairs]
    total = sum(weights) or 1.0
    return [max(1, round(troubled * weight / total)) for weight in weights]


def _outside_plan(rng: np.random.Generator, draft: Draft) -> None:
    """A few results in courses of another plan, which count for nothing."""
    attempts, n = draft.attempts, len(draft.students)
    grid = attempts.grid
    for row in np.flatnonzero(rng.random(n) < 0.02).tolist():
        elsewhere = [
            int(course)
            for course in grid.course[(int(attempts.plan[row]) + 1) % len(draft.plans.code)]
            if course >= 0 and grid.slot_of[attempts.plan[row], course] < 0
        ]
        if elsewhere:
            term = int(draft.students.entry[row]) + 1
            attempts.beside.append((row, elsewhere[row % len(elsewhere)], 7600, Mark.NUMBER, Obtained.FIRST, term))
