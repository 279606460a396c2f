"""Invented schools: reproducible, without any problem of input, and every branch of the rules lived in."""

import textwrap
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biye.audit.core.founding import found_school
from biye.audit.core.loading import LoadedSeason, load_season
from biye.audit.core.pipeline import Audited, audit_tables
from biye.audit.core.sample.invention import Invention, invent
from biye.audit.core.sample.sheets import sheets
from biye.audit.core.sample.troubles import TROUBLES
from biye.audit.core.vocabulary import kinds
from biye.cli.sample import write
from biye.foundation.identity import valid
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.exchange.core.problems import Severity
from biye.records.core.sheets.folder import read_folder
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.tables import Coded, RecordTables
from biye.seasons.core.folder import school_folder, season_stems, shipped_schools
from tests.unit.rulebook import guide

SHIPPED = [(name, stem) for name in shipped_schools() for stem in season_stems(school_folder(name))]
# Kinds of rule nobody can fall short of by facts in sheets alone: the status leaves the scope, numbers that disagree are
# refused on the way in, and a rank is what the others make of it.
BEYOND_SHEETS = {"standing.status", "record.consistent", "rank.within"}


@cache
def invented(school: str, season: str) -> Invention:
    return invent(load_season(school, season), 1200, 7)


@cache
def audited(school: str, season: str) -> Audited:
    made = invented(school, season)
    closing = max(made.loaded.season.closing.values())
    return audit_tables(made.loaded.programme, made.loaded.frame(closing), made.tables)


def settings(loaded: LoadedSeason) -> SheetSettings:
    school = loaded.school
    statuses = [word for words in school.statuses.values() for word in words]
    return SheetSettings.of(school.sheets, level=list(school.levels), mode=school.modes, status=statuses)


def plain(table: Any) -> dict[str, Any]:
    """A table as lists, words in place of their codes."""
    return {column.name: _column(getattr(table, column.name)) for column in fields(table) if column.name != "filled"}


def _column(value: Any) -> Any:
    if isinstance(value, Coded):
        return [value.word(row) for row in range(len(value.codes))]
    return value.tolist() if isinstance(value, np.ndarray) else value


def compared(tables: RecordTables) -> dict[str, Any]:
    """Everything sheets can carry, whatever positions plans and courses have got."""
    students, results = plain(tables.students), plain(tables.results)
    students["plan"] = [tables.plans.code[plan] for plan in students["plan"]]
    results["course"] = [tables.courses.code[course] for course in results["course"]]
    del students["key"]
    by_table = {"students": students, "results": _sorted(results)}
    for name in ("exams", "certificates", "fees", "sanctions", "flags", "photos"):
        by_table[name] = _sorted(plain(getattr(tables, name)))
    return by_table


def _sorted(columns: dict[str, list[Any]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in zip(*columns.values(), strict=True))


@pytest.mark.parametrize(("school", "season"), SHIPPED)
def test_the_sheets_say_what_was_invented_and_nothing_is_wrong_with_them(
    school: str, season: str, tmp_path: Path
) -> None:
    made = invented(school, season)
    write(tmp_path, made)
    tables, problems = read_folder(tmp_path, school_sheets=settings(made.loaded))
    assert [one for one in problems if one.severity is not Severity.NOTE] == []
    assert compared(tables) == compared(made.tables)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    loaded = load_season("tju-online", "2022-autumn")
    for place, seed in (("one", 3), ("again", 3), ("other", 4)):
        (tmp_path / place).mkdir()
        write(tmp_path / place, invent(loaded, 150, seed))
    one, again, other = (
        {file.name: file.read_bytes() for file in (tmp_path / place).iterdir()} for place in ("one", "again", "other")
    )
    assert one == again
    assert set(one) == set(other)
    assert [name for name in one if one[name] == other[name]] == ["教学计划.xlsx"]


def test_every_kind_of_rule_can_go_wrong() -> None:
    assert set(kinds()) - BEYOND_SHEETS == set(TROUBLES)


@pytest.mark.parametrize(("school", "season"), SHIPPED)
def test_every_rule_is_met_and_not_met_and_unknown_for_somebody(school: str, season: str) -> None:
    found = audited(school, season)
    candidates = found.judged.candidate == Truth.TRUE
    for number, rule in enumerate(found.programme.rules):
        verdicts = {Verdict(int(code)).name for code in np.unique(found.judged.verdict[number, candidates])}
        wanted = {"MET", "NOT_MET", "UNKNOWN"} - ({"UNKNOWN"} if rule.rule in NEVER_UNKNOWN else set())
        assert wanted - verdicts == set(), rule.id


# Sheets of sanctions and flags speak for everybody, and an intake is always written.
NEVER_UNKNOWN = {"standing.discipline", "standing.flag", "standing.study_period"}


@pytest.mark.parametrize(("school", "season"), SHIPPED)
def test_every_conclusion_is_somebodys_and_some_are_open(school: str, season: str) -> None:
    found = audited(school, season)
    candidates = found.judged.candidate == Truth.TRUE
    for name, book in found.programme.books.items():
        given = set(found.judged.conclusions[name][candidates].tolist())
        assert set(range(len(book.conclusions))) - given == set()
    first = next(iter(found.programme.books))
    assert -1 in found.judged.conclusions[first][candidates]


@pytest.mark.parametrize(("school", "season"), SHIPPED)
def test_most_students_of_a_real_school_are_fine(school: str, season: str) -> None:
    found = audited(school, season)
    candidates = found.judged.candidate == Truth.TRUE
    name, book = next(iter(found.programme.books.items()))
    favourable = np.array([*(one.favourable for one in book.conclusions), False, False])
    share = favourable[found.judged.conclusions[name][candidates]].mean()
    assert 0.6 < share < 0.95
    assert 0.85 < candidates.mean() < 0.99


@pytest.mark.parametrize(("school", "season"), SHIPPED)
def test_students_outside_the_scope_are_of_every_status(school: str, season: str) -> None:
    made = invented(school, season)
    students, statuses = made.tables.students, made.loaded.school.statuses
    there = {students.status.word(row) for row in range(len(students))}
    meanings = {made.loaded.school.meaning(word or "") for word in there}
    assert meanings == set(statuses)
    assert students.outside_system.any()
    assert len(np.unique(students.entry)) > 5


def test_numbers_are_right_in_form_and_of_areas_never_given_out() -> None:
    students = invented("tju-online", "2022-autumn").tables.students
    resident = np.array([word == "居民身份证" for word in _column(students.identity_type)])
    numbers = students.identity[resident]
    assert valid(numbers).all()
    assert {number[:2] for number in numbers.tolist()} == {b"19"}
    assert set(_column(students.identity_type)) > {"居民身份证"}


def test_one_person_may_have_two_records() -> None:
    made = invented("tju-online", "2022-autumn")
    students = made.tables.students
    numbers, counts = np.unique(students.identity, return_counts=True)
    twice = numbers[counts > 1]
    assert len(twice) == len(made.cohort.second_records) > 0
    for now, before in made.cohort.second_records:
        assert (students.name[now], students.identity[now]) == (students.name[before], students.identity[before])
        assert students.status.word(before) == "毕业"
        assert students.entry[now] > students.entry[before]


def test_names_that_forms_stumble_over_are_among_them() -> None:
    names = invented("tju-online", "2022-autumn").tables.students.name
    assert {"周𬱖", "买买提·艾力", "阿卜杜热依木江·麦麦提托合提"} - set(names) == set()


@pytest.mark.parametrize("students", [1, 2, 13, 60])
def test_a_handful_of_students_will_do(students: int) -> None:
    made = invent(load_season("cslg-adult", "2021-summer"), students, 1)
    assert len(made.tables.students) == students
    assert len(set(made.tables.students.student_no)) == students
    assert next(iter(sheets(made))).name == "学生"


def test_a_school_nobody_has_seen_yet(tmp_path: Path) -> None:
    folder = found_school("某大学", tmp_path)
    loaded = load_season(folder, season_stems(folder)[0])
    made = invent(loaded, 200, 1)
    found = audit_tables(loaded.programme, loaded.frame(max(loaded.season.closing.values())), made.tables)
    assert (found.judged.candidate == Truth.TRUE).sum() > 100


def test_a_season_with_every_kind_of_rule(tmp_path: Path) -> None:
    """The guide's school with all of its examples in one rulebook."""
    examples = textwrap.indent("".join(guide.rules()), "  ")
    book = guide.files()["rulebooks/graduation.yaml"].replace("conclusions:\n", f"{examples}conclusions:\n")
    loaded = load_season(guide.write(tmp_path / "某大学", {"rulebooks/graduation.yaml": book}), "2031-autumn")
    made = invent(loaded, 1500, 5)
    (tmp_path / "表").mkdir()
    write(tmp_path / "表", made)
    tables, problems = read_folder(tmp_path / "表", school_sheets=settings(loaded))
    assert [one for one in problems if one.severity is not Severity.NOTE] == []
    assert compared(tables) == compared(made.tables)
    found = audit_tables(loaded.programme, loaded.frame(max(loaded.season.closing.values())), tables)
    candidates = found.judged.candidate == Truth.TRUE
    seen = {
        rule.id: {Verdict(int(code)).name for code in np.unique(found.judged.verdict[number, candidates])}
        for number, rule in enumerate(loaded.programme.rules)
        if rule.rule not in BEYOND_SHEETS
    }
    assert {rule: verdicts for rule, verdicts in seen.items() if not {"MET", "NOT_MET"} <= verdicts} == {}
