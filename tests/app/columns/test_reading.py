"""列读取: however tables are read, for one or for all, they say what the database says."""

from datetime import date, datetime

import numpy as np
import pytest
from django.db import connection

from biye.foundation.identity import pack
from biye.foundation.moments import day_number, minute_of
from biye.machinery.columns import reading
from biye.machinery.columns.core.selecting import EVERYBODY, NONE, Numbers, Who
from biye.machinery.columns.reading import Snapshot, here, snapshot
from biye.records.core.tables import NO_DAY, RecordTables
from biye.records.models.facts import Certificate, ChsiPhoto, Fee, Flag, PastConclusion, Result, Sanction, UnifiedExam
from biye.records.models.student import Student
from biye.records.queries.columns import CHILDREN, Wanted, load_tables
from tests.app.audit.invented import school

EVERYTHING = Wanted(
    frozenset(CHILDREN), identity=True, terms=True, names=True, filled=frozenset({"ethnicity", "birth_date", "plan"})
)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["here", "few", "everybody"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The three ways by which rows come: Django's connection, one of its own, several at once."""
    if request.param == "everybody":
        monkeypatch.setattr(reading, "FEW", 0)
    return request.param


def read(way: str, who: Who = EVERYBODY) -> RecordTables:
    if way == "here":
        return load_tables(here(), EVERYTHING, who)
    with snapshot(students=1) as facts:
        return load_tables(facts, EVERYTHING, who)


def day(value: date | None) -> int:
    return NO_DAY if value is None else day_number(value)


def minute(value: datetime | None) -> int:
    return -1 if value is None else minute_of(value)


def truth(value: bool | None) -> int:
    return -1 if value is None else int(value)


def said(tables: RecordTables) -> dict[str, object]:
    """Tables as plain rows, students by 学号, in an order of their own."""
    students, courses = tables.students, tables.courses
    no = students.student_no
    results, exams, photos = tables.results, tables.exams, tables.photos
    return {
        "students": [
            (
                no[n],
                students.name[n],
                *(getattr(students, name).word(n) or "" for name in ("level", "mode", "centre", "status", "major")),
                students.identity_type.word(n) or "",
                students.identity[n],
                *(
                    int(getattr(students, name)[n])
                    for name in ("entry", "suspended_terms", "birth_day", "sex", "covered")
                ),
                tables.plans.code[students.plan[n]] if students.plan[n] >= 0 else "",
                bool(students.outside_system[n]),
                tuple(bool(students.filled[name][n]) for name in sorted(students.filled)),
            )
            for n in range(len(students))
        ],
        "results": sorted(
            (no[s], courses.code[c], *rest)
            for s, c, *rest in zip(
                *(getattr(results, x).tolist() for x in ("student", "course", "score", "mark", "obtained", "term")),
                strict=True,
            )
        ),
        "exams": sorted(
            (no[s], exams.subject.word(n) or "", int(exams.outcome[n]), int(exams.score[n]), exams.reason.word(n) or "")
            for n, s in enumerate(exams.student.tolist())
        ),
        "photos": sorted(
            (
                no[s],
                photos.comparison.word(n) or "",
                *(int(getattr(photos, x)[n]) for x in ("at_chsi", "at_chsi_since", "compared", "specification")),
            )
            for n, s in enumerate(photos.student.tolist())
        ),
        "others": sorted(
            [
                (
                    no[s],
                    tables.certificates.kind.word(n),
                    int(tables.certificates.score[n]),
                    int(tables.certificates.obtained[n]),
                )
                for n, s in enumerate(tables.certificates.student.tolist())
            ]
            + [
                (
                    no[s],
                    tables.fees.kind.word(n),
                    *(int(getattr(tables.fees, x)[n]) for x in ("year", "due", "paid", "posted")),
                )
                for n, s in enumerate(tables.fees.student.tolist())
            ]
            + [
                (
                    no[s],
                    tables.sanctions.kind.word(n),
                    int(tables.sanctions.imposed[n]),
                    int(tables.sanctions.lifted[n]),
                )
                for n, s in enumerate(tables.sanctions.student.tolist())
            ]
            + [
                (no[s], tables.flags.flag.word(n), int(tables.flags.cleared[n]))
                for n, s in enumerate(tables.flags.student.tolist())
            ]
            + [
                (
                    no[s],
                    tables.history.conclusion.word(n),
                    tables.history.outcome.word(n),
                    int(tables.history.season[n]),
                )
                for n, s in enumerate(tables.history.student.tolist())
            ],
            key=str,
        ),
    }


def kept(students: list[Student]) -> dict[str, object]:
    """The same rows by the ORM."""
    chosen = {"student__in": students}
    return {
        "students": [
            (
                one.student_no,
                one.name,
                one.level,
                one.mode,
                one.centre.name if one.centre else "",
                one.status,
                one.major,
                one.identity_type,
                pack(one.identity_number),
                one.entry,
                one.suspended_terms,
                day(one.birth_date),
                one.sex,
                one.covered,
                one.plan.code if one.plan else "",
                one.is_outside_system,
                (one.birth_date is not None, one.ethnicity != "", one.plan is not None),
            )
            for one in Student.objects.filter(id__in=[s.id for s in students]).order_by("id")
        ],
        "results": sorted(
            (one.student.student_no, one.course.code, one.score, one.mark, one.obtained, one.term)
            for one in Result.objects.filter(**chosen).select_related("student", "course")
        ),
        "exams": sorted(
            (one.student.student_no, one.subject, one.outcome, one.score, one.reason)
            for one in UnifiedExam.objects.filter(**chosen).select_related("student")
        ),
        "photos": sorted(
            (
                one.student.student_no,
                one.comparison,
                truth(one.at_chsi),
                minute(one.at_chsi_since),
                minute(one.compared_at),
                one.specification,
            )
            for one in ChsiPhoto.objects.filter(**chosen).select_related("student")
        ),
        "others": sorted(
            [(x.student.student_no, x.kind, x.score, day(x.obtained_on)) for x in Certificate.objects.filter(**chosen)]
            + [
                (x.student.student_no, x.kind, x.year, x.due, -1 if x.paid is None else x.paid, day(x.posted_on))
                for x in Fee.objects.filter(**chosen)
            ]
            + [
                (x.student.student_no, x.kind, day(x.imposed_on), day(x.lifted_on))
                for x in Sanction.objects.filter(**chosen)
            ]
            + [(x.student.student_no, x.flag, truth(x.is_cleared)) for x in Flag.objects.filter(**chosen)]
            + [
                (x.student.student_no, x.conclusion, x.outcome or None, x.season)
                for x in PastConclusion.objects.filter(**chosen)
            ],
            key=str,
        ),
    }


def test_everybody_is_read_as_the_database_has_it(way: str) -> None:
    students = school(60)
    assert said(read(way)) == kept(students)


def test_a_few_are_read_without_the_others(way: str) -> None:
    students = school(40)
    some = [students[3], students[17], students[30]]
    assert said(read(way, Who(among=tuple(one.id for one in some)))) == kept(some)


def test_nobody_is_read_from_an_empty_database(way: str) -> None:
    tables = read(way)
    assert (len(tables.students), len(tables.results.student), tables.plans.code) == (0, 0, [])


@pytest.mark.parametrize("few", [0, reading.FEW])
def test_every_table_is_read_as_it_was_when_the_snapshot_began(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FEW", few)
    students = school(20)
    before = kept(students)
    with snapshot(students=1) as facts:
        Result.objects.all().delete()
        UnifiedExam.objects.update(outcome=1, reason="改")
        Student.objects.update(level="改")
        seen = load_tables(facts, EVERYTHING, EVERYBODY)
    assert said(seen) == before
    assert {one.level for one in Student.objects.all()} == {"改"}


def test_one_student_takes_as_many_queries_as_ten() -> None:
    students = school(12)
    assert _queries_of(students[:1]) == _queries_of(students[:10])


def _queries_of(students: list[Student]) -> int:
    """How often the database is asked, where every question goes through Django's own connection."""
    asked = 0

    class Counting:
        inner = here().readers[0]

        def many(self, queries: list[str], numbers: Numbers) -> list[list[tuple[object, ...]]]:
            nonlocal asked
            asked += len(queries)
            return self.inner.many(queries, numbers)

        def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[object, ...]]:
            nonlocal asked
            asked += 1
            return self.inner.rows(sql, numbers)

        def __getattr__(self, name: str) -> object:
            return getattr(self.inner, name)

    load_tables(Snapshot([Counting()]), EVERYTHING, Who(among=tuple(one.id for one in students)))  # type: ignore[list-item]
    return asked


def test_a_reader_that_fails_says_so_to_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FEW", 0)
    school(3)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_flag RENAME TO records_flag_away")
    try:
        with pytest.raises(Exception, match="records_flag"):
            read("everybody")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_flag_away RENAME TO records_flag")


def test_numbers_at_the_ends_of_their_range_come_through(way: str) -> None:
    [student] = school(1)
    Fee.objects.all().delete()
    Fee.objects.create(student=student, kind="学费", year=-1, due=(1 << 52) - 1, paid=0, posted_on=date(1, 1, 1))
    fees = read(way).fees
    assert [int(column[0]) for column in (fees.year, fees.due, fees.paid, fees.posted)] == [
        -1,
        (1 << 52) - 1,
        0,
        day_number(date(1, 1, 1)),
    ]
    assert fees.due.dtype == np.int64
