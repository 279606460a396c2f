"""人群类别: representative students for everything a season's files distinguish, so that conclusions can be proved complete.

One student stands for everybody whom no selector of the season tells apart: each level × mode × intake on, just below
and just above every term named × … . Whoever the scope or the status leaves out is not among them.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np

from biye.audit.core.engine import Programme
from biye.audit.core.limits import Limit
from biye.audit.core.references import walk
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Truth
from biye.records.core.tables import NO_DAY, Coded, Students, take_rows
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People, belongs

ELSE = "其他"


def classes_in_scope(programme: Programme, frame: Frame) -> Students:
    """Representatives of every kind of candidate."""
    school = frame.school
    people, limits = _selectors(programme), _limit_words(programme)
    statuses = {*school.statuses.get("active", ()), *_words(people, "status")} - set(programme.excluded_statuses)
    axes = (
        sorted(school.levels),
        _axis(_words(people, "mode") | limits & set(school.modes), school.modes),
        _axis(_words(people, "centre") | limits - set(school.modes) - set(school.levels), ()),
        _axis(_words(people, "major"), ()),
        _axis(_words(people, "plan"), ()),
        sorted(statuses) if _words(people, "status") else sorted(statuses)[:1],
        _entries(people, programme, frame),
        [False, True] if any(one.outside_system is not None for one in people) else [False],
    )
    students = _students(list(product(*axes)))
    scope = programme.scope or People()
    return take_rows(students, belongs(scope, students, frame) == Truth.TRUE)


def distinct(students: Students, selectors: Iterable[People], frame: Frame) -> Students:
    """One representative for each way these selectors, and the level, tell students apart."""
    seen = np.stack(
        [students.level.codes, *(belongs(people, students, frame).astype(np.int32) for people in selectors)]
    )
    _, first = np.unique(seen, axis=1, return_index=True)
    return take_rows(students, np.sort(first))


def describe(students: Students, row: int) -> str:
    """A representative as a person would say it: 专升本 2018春."""
    plan = Coded(students.plan, list(students.plan_codes))
    columns = (students.mode, students.centre, students.major, plan, students.status)
    words = [students.level.word(row), show_term(int(students.entry[row]))]
    words += [column.word(row) for column in columns if len(column.words) > 1]
    if students.outside_system[row]:
        words.append("不在系统中")
    return " ".join(word for word in words if word)


def _selectors(programme: Programme) -> list[People]:
    found = [programme.scope, *(route.for_ for route in programme.routes)]
    everything = (*programme.books.values(), *(one for one in found if one is not None))
    return [part for whole in everything for _, part in walk(whole) if isinstance(part, People)]


def _limits(programme: Programme) -> Iterator[Limit]:
    found = (part for rule in programme.rules for _, part in walk(rule.params))
    return (limit for limit in found if isinstance(limit, Limit))


def _limit_words(programme: Programme) -> set[str]:
    """Words that limits are tabled by, intakes apart."""
    return {
        word
        for limit in _limits(programme)
        if isinstance(limit.root, dict) and not limit.terms()
        for word in limit.root
    }


def _words(people: list[People], key: str) -> set[str]:
    return {word for one in people for word in getattr(one, key)}


def _axis(named: set[str], known: tuple[str, ...]) -> list[str]:
    """Every word that is named and one that is not; a single one where nothing is named."""
    others = sorted(set(known) - named) or ([] if known else [ELSE])
    return sorted(named) + others[:1]


def _entries(people: list[People], programme: Programme, frame: Frame) -> list[int]:
    """Intakes on and around every term that anything turns on."""
    turns = {frame.season_term, *(term for limit in _limits(programme) for term in limit.terms())}
    for one in people:
        if one.entry is not None:
            turns.update((*one.entry.terms, *one.entry.bounds()))
        if one.within_study_limit is not None:
            turns.update(frame.season_term - level.max_terms for level in frame.school.levels.values())
    return sorted({term + step for term in turns for step in (-1, 0, 1)} - {frame.season_term + 1})


def _students(rows: list[tuple[str, str, str, str, str, str, int, bool]]) -> Students:
    n = len(rows)
    level, mode, centre, major, plan, status, entry, outside = zip(*rows, strict=True) if rows else [()] * 8
    followed = Coded.of(list(plan))
    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[""] * n,
        name=[""] * n,
        level=Coded.of(list(level)),
        mode=Coded.of(list(mode)),
        centre=Coded.of(list(centre)),
        status=Coded.of(list(status)),
        major=Coded.of(list(major)),
        entry=np.array(entry, np.int16),
        plan=followed.codes,
        suspended_terms=np.zeros(n, np.int16),
        birth_day=np.full(n, NO_DAY, np.int32),
        sex=np.zeros(n, np.int8),
        identity_type=Coded.empty(n),
        identity=np.zeros(n, "S18"),
        outside_system=np.array(outside, bool),
        covered=np.zeros(n, np.int32),
        plan_codes=tuple(followed.words),
    )
