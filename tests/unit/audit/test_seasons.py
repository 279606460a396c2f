"""Whole seasons: conclusions, scope, routes and quotas agree with the plain second engine, and no order ever shows."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from biye.audit.core.engine import Override, Programme, judge
from biye.audit.core.pipeline import Audited, audit_tables
from biye.audit.core.rulebook import Rulebook
from biye.foundation.verdicts import Truth, Verdict
from biye.records.core.tables import CHILD_TABLES, RecordTables, take_rows
from tests import oracle
from tests.oracle_words import Three
from tests.unit.audit.institution import frame
from tests.unit.audit.populations import population
from tests.unit.audit.programmes import programme
from tests.unit.audit.test_oracle import few_open

FRAME = frame()
RANDOMS = st.randoms(use_true_random=True)
_THREE: dict[int, Three] = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


def seen(audited: Audited, row: int) -> dict[str, Any]:
    """Everything the engine says of one student, by name instead of by place."""
    judged, asked = audited.judged, audited.programme
    findings = {
        rule.id: (
            Verdict(judged.verdict[number, row]).name,
            int(judged.have[number, row]),
            int(judged.need[number, row]),
            int(judged.detail[number, row]),
        )
        for number, rule in enumerate(asked.rules)
    }
    conclusions = {name: given_text(book, int(judged.conclusions[name][row])) for name, book in asked.books.items()}
    routes = {route.id: _THREE[int(judged.routes[number, row])] for number, route in enumerate(asked.routes)}
    return {
        "findings": findings,
        "candidate": _THREE[int(judged.candidate[row])],
        "conclusions": conclusions,
        "routes": routes,
    }


def given_text(book: Rulebook, number: int) -> str | None:
    """The conclusion's own text."""
    return {-1: None, -2: "?"}.get(number) if number < 0 else book.conclusions[number].give


def everybody(audited: Audited) -> dict[str, dict[str, Any]]:
    """By student number."""
    return {name: seen(audited, row) for row, name in enumerate(audited.population.tables.students.student_no)}


@settings(max_examples=60, deadline=None)
@given(random=RANDOMS, students=st.integers(1, 8))
def test_the_oracle_agrees_on_whole_seasons(random: Random, students: int) -> None:
    tables = population(random, students, 4)
    few_open(tables, FRAME)
    asked = programme(random)
    decided = {
        (random.choice(asked.rules).id, random.randrange(students)): random.choice(list(Verdict)) for _ in range(2)
    }
    overrides = tuple(
        Override([rule.id for rule in asked.rules].index(rule), np.array([row]), verdict)
        for (rule, row), verdict in decided.items()
    )
    audited = audit_tables(asked, FRAME, tables, chunk=3, overrides=overrides)
    decisions = {place: verdict.name for place, verdict in decided.items()}
    # Where a selector turns on how an open result was obtained the engine may leave more open; take its word for it.
    for number, rule in enumerate(asked.rules):
        if "obtained=(<" in repr(rule.params):
            decisions |= {(rule.id, row): Verdict(audited.judged.verdict[number, row]).name for row in range(students)}
    for row, wanted in enumerate(oracle.judge_all(asked, FRAME, tables, decisions)):
        got = seen(audited, row)
        assert {name: finding[0] for name, finding in got["findings"].items()} == wanted.verdicts
        assert got["candidate"] == wanted.candidate
        assert got["conclusions"] == wanted.conclusions
        assert list(got["routes"].values()) == wanted.routes


@settings(max_examples=25, deadline=None)
@given(random=RANDOMS, students=st.integers(1, 12))
def test_order_and_chunks_never_show(random: Random, students: int) -> None:
    tables, asked = population(random, students, 6), programme(random)
    known = everybody(audit_tables(asked, FRAME, tables))
    for size in (1, 2, 5):
        assert everybody(audit_tables(asked, FRAME, tables, chunk=size)) == known
    assert everybody(audit_tables(asked, FRAME, reordered(random, tables))) == known
    assert everybody(audit_tables(asked, FRAME, rearranged(random, tables))) == known


@settings(max_examples=20, deadline=None)
@given(random=RANDOMS, students=st.integers(1, 6))
def test_a_population_beside_itself_is_twice_the_same(random: Random, students: int) -> None:
    tables, asked = population(random, students, 5), programme(random, ranked=False)
    once = audit_tables(asked, FRAME, tables)
    twice = audit_tables(asked, FRAME, doubled(tables))
    for row in range(students):
        assert seen(twice, row) == seen(twice, row + students) == seen(once, row)


@settings(max_examples=20, deadline=None)
@given(random=RANDOMS, students=st.integers(1, 8))
def test_rules_and_rows_may_stand_in_any_order(random: Random, students: int) -> None:
    tables, asked = population(random, students, 5), programme(random)
    shuffled = Programme(
        books={name: _shuffled(random, book) for name, book in asked.books.items()},
        scope=asked.scope,
        excluded_statuses=asked.excluded_statuses,
        routes=tuple(random.sample(asked.routes, len(asked.routes))),
    )
    assert everybody(audit_tables(shuffled, FRAME, tables)) == everybody(audit_tables(asked, FRAME, tables))


@settings(max_examples=10, deadline=None)
@given(random=RANDOMS)
def test_the_same_batch_gives_the_same_bytes(random: Random) -> None:
    asked = programme(random, ranked=False)
    population_ = audit_tables(asked, FRAME, population(random, 7, 5)).population
    first, second = (judge(asked, population_.batch(0, 7)) for _ in range(2))
    for name in ("verdict", "have", "need", "detail", "candidate", "routes"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


def reordered(random: Random, tables: RecordTables) -> RecordTables:
    """Students in another order."""
    n = len(tables.students)
    order = np.array(random.sample(range(n), n))
    place = np.argsort(order)
    children = {name: replace(getattr(tables, name)) for name in CHILD_TABLES}
    for table in children.values():
        table.student = place[table.student].astype(np.int32)
    students = take_rows(tables.students, order)
    students.key = np.arange(n, dtype=np.int64)
    return replace(tables, students=students, **children)


def rearranged(random: Random, tables: RecordTables) -> RecordTables:
    """The same students, but the courses, the rows of plans and the rows of every child table in another order."""
    count = len(tables.courses.code)
    order = random.sample(range(count), count)
    place = np.argsort(order).astype(np.int32)
    courses = replace(
        tables.courses, code=[tables.courses.code[i] for i in order], name=[tables.courses.name[i] for i in order]
    )
    plans = replace(tables.plans)
    slots = np.array(random.sample(range(len(plans.slot_plan)), len(plans.slot_plan)), np.intp)
    for name in ("plan", "course", "module", "credits", "kind", "assessment", "core", "degree"):
        setattr(plans, f"slot_{name}", getattr(plans, f"slot_{name}")[slots])
    plans.slot_course = place[plans.slot_course]
    swaps = np.array(random.sample(range(len(plans.substitution_plan)), len(plans.substitution_plan)), np.intp)
    plans.substitution_plan = plans.substitution_plan[swaps]
    plans.substitution_taken = place[plans.substitution_taken[swaps]]
    plans.substitution_counts_as = place[plans.substitution_counts_as[swaps]]
    asked = random.sample(range(len(plans.exam_subject)), len(plans.exam_subject))
    plans.exam_plan, plans.exam_subject = plans.exam_plan[asked], [plans.exam_subject[i] for i in asked]
    children = {}
    for name in CHILD_TABLES:
        table = getattr(tables, name)
        rows = np.array(random.sample(range(len(table.student)), len(table.student)), np.intp)
        children[name] = take_rows(table, rows)
    children["results"].course = place[children["results"].course]
    return replace(tables, courses=courses, plans=plans, **children)


def doubled(tables: RecordTables) -> RecordTables:
    """Everybody twice."""
    n = len(tables.students)
    children = {}
    for name in CHILD_TABLES:
        table = getattr(tables, name)
        rows = len(table.student)
        children[name] = take_rows(table, np.tile(np.arange(rows), 2))
        children[name].student = np.concatenate([table.student, table.student + np.int32(n)])
    students = take_rows(tables.students, np.tile(np.arange(n), 2))
    students.key = np.arange(2 * n, dtype=np.int64)
    return replace(tables, students=students, **children)


def _shuffled(random: Random, book: Rulebook) -> Rulebook:
    rules, rows = list(book.rules), list(book.conclusions)
    random.shuffle(rules)
    random.shuffle(rows)
    return book.model_copy(update={"rules": tuple(rules), "conclusions": tuple(rows)})
