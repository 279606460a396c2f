"""One road for one and for many: how a population is cut, repeated or put in order never shows in a result."""

from dataclasses import fields, replace

import numpy as np
import pytest

from biye.audit.core.engine import Judged, Override, Programme
from biye.audit.core.pipeline import audit_tables
from biye.audit.core.variants import Edit, one_student, variants
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import CHILD_TABLES, RecordTables, take_rows
from tests.unit.audit.institution import frame
from tests.unit.explain.telling import invented_season

SEEDS = range(12)


def told(judged: Judged, rows: slice | list[int] = slice(None)) -> dict[str, object]:
    """Everything an audit says of some students, as plain values."""
    plain: dict[str, object] = {book: column[rows].tolist() for book, column in judged.conclusions.items()}
    for column in fields(Judged):
        if column.name != "conclusions":
            plain[column.name] = getattr(judged, column.name)[..., rows].tolist()
    return plain


def unranked(programme: Programme, judged: Judged, row: int) -> list[list[int]]:
    """Verdict, have and need of one student under the rules that look at nobody else."""
    rules = [number for number in range(len(programme.rules)) if number not in programme.ranked]
    return [part[rules, row].tolist() for part in (judged.verdict, judged.have, judged.need)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("chunk", [1, 2, 5, 6, 100])
def test_the_size_of_chunks_never_shows(seed: int, chunk: int) -> None:
    season = invented_season(seed)
    again = audit_tables(season.loaded.programme, frame("2022-06-10 09:00"), season.tables, chunk=chunk)
    assert told(again.judged) == told(season.explainer.judged)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_never_shows(seed: int) -> None:
    season = invented_season(seed)
    order = np.random.default_rng(seed)
    shuffled = {
        name: take_rows(table, order.permutation(len(table.student)))
        for name in CHILD_TABLES
        if (table := getattr(season.tables, name)) is not None
    }
    again = audit_tables(season.loaded.programme, frame("2022-06-10 09:00"), replace(season.tables, **shuffled))
    assert told(again.judged) == told(season.explainer.judged)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_student_alone_is_judged_as_among_the_others(seed: int) -> None:
    season = invented_season(seed)
    programme = season.loaded.programme
    for row in range(len(season.tables.students)):
        alone = audit_tables(programme, frame("2022-06-10 09:00"), one_student(season.tables, row))
        assert unranked(programme, alone.judged, 0) == unranked(programme, season.explainer.judged, row)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_variant_in_which_nothing_changes_is_the_student(seed: int) -> None:
    season = invented_season(seed)
    programme = season.loaded.programme
    for row in range(len(season.tables.students)):
        same = variants(programme, frame("2022-06-10 09:00"), one_student(season.tables, row), [Edit(), Edit()])
        for column in (0, 1):
            assert unranked(programme, same, column) == unranked(programme, season.explainer.judged, row)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_variant_is_a_student_with_one_more_result(seed: int) -> None:
    season = invented_season(seed)
    programme, alone = season.loaded.programme, one_student(season.tables, 0)
    courses = range(len(alone.courses.code))
    edits = [Edit({course: 9_000}) for course in courses]
    together = variants(programme, frame("2022-06-10 09:00"), alone, edits)
    for column, edit in enumerate(edits):
        singly = variants(programme, frame("2022-06-10 09:00"), alone, [edit])
        assert unranked(programme, together, column) == unranked(programme, singly, 0)


def test_a_decision_of_a_person_stands_in_every_chunk() -> None:
    season = invented_season(3)
    rows = np.array([1, 4])
    decided = (Override(0, rows, Verdict.MET),)
    for chunk in (1, 3, 100):
        found = audit_tables(
            season.loaded.programme, frame("2022-06-10 09:00"), season.tables, chunk=chunk, overrides=decided
        )
        assert found.judged.verdict[0, rows].tolist() == [Verdict.MET, Verdict.MET]
        assert (
            np.delete(found.judged.verdict[0], rows).tolist()
            == np.delete(season.explainer.judged.verdict[0], rows).tolist()
        )


def test_progress_counts_students_to_the_end() -> None:
    season = invented_season(5)
    heard: list[tuple[int, int]] = []
    audit_tables(
        season.loaded.programme,
        frame("2022-06-10 09:00"),
        season.tables,
        chunk=4,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(4, 6), (6, 6)]


def test_nobody_at_all() -> None:
    season = invented_season(5)
    nobody = _nobody(season.tables)
    found = audit_tables(season.loaded.programme, frame("2022-06-10 09:00"), nobody)
    assert (len(found), found.judged.verdict.shape) == (0, (len(season.loaded.programme.rules), 0))


def _nobody(tables: RecordTables) -> RecordTables:
    none = np.empty(0, np.intp)
    children = {name: take_rows(getattr(tables, name), none) for name in CHILD_TABLES}
    return replace(tables, students=take_rows(tables.students, none), **children)
