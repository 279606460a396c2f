"""审查: everybody at once, whoever changed, chunk by chunk or one by one, the outcome is the same; what is not done is not seen."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from biye.audit.actions import run_audit as running
from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.core.pipeline import audit_tables
from biye.audit.core.storing import judged_of
from biye.audit.models.override import Override
from biye.audit.models.run import Outcome, Rules, Run
from biye.audit.queries import facts as fact_queries
from biye.audit.queries.facts import explained_by
from biye.audit.queries.outcomes import stored_outcomes
from biye.audit.queries.rules import read_rules
from biye.foundation.actor import Actor
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.columns import reading
from biye.machinery.columns.core.selecting import Who
from biye.machinery.columns.reading import here
from biye.machinery.jobs.progress import Stopped
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.course import Course
from biye.records.models.facts import ChsiPhoto, FactChange, Result
from biye.records.models.student import Student
from biye.records.queries.columns import load_tables
from biye.seasons.models.season import Season
from tests.app.audit.invented import add_result, school

AT = datetime(2022, 6, 15, 12, tzinfo=UTC)
NOW = datetime(2022, 6, 15, 12, 30, tzinfo=UTC)
CLERK = Actor(7, "王老师", "college")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rules() -> Rules:
    """The first founding notice in force."""
    season = Season.objects.create(stem="2022-autumn", label="2022年秋季", term=4045, opened_at=NOW)
    return adopt_rules(season.id, Path(settings.SCHOOL_FOLDER), by=CLERK, at=NOW)


def audit(rules: Rules, *, now: datetime = NOW, **more: object) -> Run:
    return run_audit(rules.id, by=CLERK, at=AT, now=now, **more)  # type: ignore[arg-type]


def outcomes(run: Run) -> list[tuple[object, ...]]:
    rows = Outcome.objects.filter(run_id=run.id).order_by("student_id").values_list()
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row[1:]) for row in rows]


def test_everybody_gets_what_they_get_alone(rules: Rules) -> None:
    students = school(50)
    run = audit(rules)
    programme, loaded = read_rules(rules).programme, read_rules(rules)
    found = judged_of(
        programme, stored_outcomes(run, [one.id for one in students], len(programme.rules), len(programme.books))
    )
    for row, student in enumerate(students):
        tables = load_tables(here(), explained_by(programme), Who(among=(student.id,)))
        alone = audit_tables(programme, loaded.frame(AT), tables).judged
        for name in ("verdict", "have", "need", "detail", "routes"):
            assert np.array_equal(getattr(found, name)[:, row], getattr(alone, name)[:, 0]), (student, name)
        assert found.candidate[row] == alone.candidate[0]
        assert {book: given[row] for book, given in found.conclusions.items()} == {
            book: given[0] for book, given in alone.conclusions.items()
        }


def test_a_run_says_what_it_rests_on_and_leaves_one_entry(rules: Rules) -> None:
    school(30)
    run = Run.objects.get(id=audit(rules).id)
    assert (run.state, run.students, run.audited, run.snapshot_at) == ("done", 30, 30, NOW)
    assert (run.rules_digest, len(run.digest)) == (read_rules(rules).rulebook_hash, 64)
    entry = Entry.objects.filter(action="run_audit").get()
    assert (entry.subject, entry.after["digest"]) == (f"run:{run.id}", run.digest)


def test_counts_are_those_of_the_outcomes(rules: Rules) -> None:
    school(80)
    run = audit(rules)
    candidates = Outcome.objects.filter(run_id=run.id, candidate=Truth.TRUE)
    programme = read_rules(rules).programme
    assert run.counts["students"] == 80
    assert run.counts["candidates"] == candidates.count()
    assert (
        run.counts["to_clean_up"]
        == Outcome.objects.filter(run_id=run.id, inside=Truth.TRUE, candidate=Truth.FALSE).count()
    )
    for number, rule in enumerate(programme.rules):
        counted = run.counts["rules"][rule.id]
        assert counted["not_met"] == sum(one.not_met >> number & 1 for one in candidates)
        assert sum(counted.values()) == run.counts["candidates"]
        by_centre = [centre["rules"][rule.id]["unknown"] for centre in run.counts["centres"].values()]
        assert sum(by_centre) == counted["unknown"] == sum(one.unknown >> number & 1 for one in candidates)


@pytest.mark.parametrize("way", ["again", "chunks", "segments", "children"])
def test_how_the_work_is_cut_never_shows(way: str, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    school(50)
    first = audit(rules)
    if way == "chunks":
        monkeypatch.setattr(running, "CHUNK", 7)
    if way == "segments":
        monkeypatch.setattr(fact_queries, "CELLS", 150)
    if way == "children":
        monkeypatch.setattr(reading, "FEW", 0)
    second = audit(rules)
    assert (second.digest, second.counts, outcomes(second)) == (first.digest, first.counts, outcomes(first))


def test_other_facts_give_another_digest(rules: Rules) -> None:
    students = school(20)
    first = audit(rules)
    one, other = students[3], students[4]
    for column in ("entry", "status", "covered"):
        mine, theirs = getattr(one, column), getattr(other, column)
        Student.objects.filter(id=one.id).update(**{column: theirs})
        Student.objects.filter(id=other.id).update(**{column: mine})
    second = audit(rules)
    assert (first.digest == second.digest) == (outcomes(first) == outcomes(second))


def changes(students: list[Student]) -> Iterator[Student]:
    """Facts of some change as an import would change them; the database is told who."""
    chance = random.Random(5)  # noqa: S311
    courses = list(Course.objects.all())
    for student in chance.sample(students, 9):
        Result.objects.filter(student=student).delete()
        add_result(student, courses[0], chance)
        ChsiPhoto.objects.filter(student=student).update(at_chsi=False)
        yield student


@pytest.mark.parametrize("seed", [1, 2])
def test_auditing_only_whoever_changed_gives_what_auditing_everybody_does(seed: int, rules: Rules) -> None:
    students = school(70, seed)
    base = audit(rules)
    touched = [student.id for student in changes(students)]
    gone, new = (
        students[0],
        Student.objects.create(student_no="2021000001", name="新来", entry=4040, level="专升本", status="在籍"),
    )
    touched += [gone.id, new.id]
    Student.objects.filter(id=gone.id).delete()
    later = NOW + timedelta(minutes=1)
    FactChange.objects.bulk_create([FactChange(student_id=one, at=later) for one in touched])
    part = audit(rules, now=later, base_id=base.id)
    whole = audit(rules, now=later)
    assert part.audited == len(set(touched)) - 1
    assert (part.students, part.digest, part.counts) == (whole.students, whole.digest, whole.counts)
    assert outcomes(part) == outcomes(whole)
    assert outcomes(part) != outcomes(base)


def test_nobody_changed_and_nobody_is_judged_anew(rules: Rules) -> None:
    school(10)
    base = audit(rules)
    part = audit(rules, base_id=base.id)
    assert (part.audited, part.digest, part.counts, outcomes(part)) == (0, base.digest, base.counts, outcomes(base))


@pytest.mark.parametrize(
    ("at", "audited"),
    [
        (AT + timedelta(hours=3), 0),  # the same day in China, nothing closes
        (AT + timedelta(hours=4), 12),  # midnight: the day's deadlines close
        (AT - timedelta(hours=8), 0),  # noon, when the photo's time is over, as it is later
        (AT - timedelta(hours=8, minutes=1), 12),  # a minute before
    ],
)
def test_a_moment_that_rules_can_tell_apart_has_everybody_judged(at: datetime, audited: int, rules: Rules) -> None:
    school(12)
    base = audit(rules)
    run = run_audit(rules.id, by=CLERK, at=at, now=NOW, base_id=base.id)
    assert run.audited == audited
    assert run.digest == run_audit(rules.id, by=CLERK, at=at, now=NOW).digest


def override(rules: Rules, student: Student, verdict: Verdict, expires_at: datetime | None = None) -> None:
    Override.objects.create(
        season=rules.season,
        student=student,
        rule="credits",
        verdict=verdict,
        reason="核实",
        evidence="成绩单",
        expires_at=expires_at,
        given_at=NOW,
        given_by_name="王老师",
    )


@pytest.mark.parametrize(("hours", "holds"), [(-1, False), (0, False), (1, True), (None, True)])
def test_an_override_holds_until_it_expires(hours: int | None, holds: bool, rules: Rules) -> None:
    students = school(5)
    before = {one.student_id: one for one in Outcome.objects.filter(run_id=audit(rules).id)}[students[2].id]
    other = Verdict.NOT_MET if not before.not_met & 1 else Verdict.MET
    override(rules, students[2], other, None if hours is None else AT + timedelta(hours=hours))
    after = {one.student_id: one for one in Outcome.objects.filter(run_id=audit(rules).id)}[students[2].id]
    assert (after.overridden, after.not_met & 1) == (
        (1, int(other == Verdict.NOT_MET)) if holds else (0, before.not_met & 1)
    )


def test_an_override_that_expired_is_noticed_by_an_audit_of_what_changed(rules: Rules) -> None:
    students = school(8)
    override(rules, students[2], Verdict.MET, AT + timedelta(hours=1))
    base = audit(rules)
    later = AT + timedelta(hours=2)
    part = run_audit(rules.id, by=CLERK, at=later, now=NOW, base_id=base.id)
    whole = run_audit(rules.id, by=CLERK, at=later, now=NOW)
    assert (part.audited, part.digest, outcomes(part)) == (1, whole.digest, outcomes(whole))


def test_a_run_that_is_stopped_leaves_no_outcome(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 4)
    school(30)

    def stop(done: int, total: int, message: str) -> None:
        if done >= 12:
            raise Stopped

    with pytest.raises(Stopped):
        audit(rules, progress=stop)
    assert (Run.objects.get().state, Outcome.objects.count()) == ("failed", 0)
    assert audit(rules).state == "done"


def test_what_cannot_be_stored_fails_the_run(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    school(10)
    monkeypatch.setattr(Outcome._meta, "db_table", "audit_outcome_away")
    with pytest.raises(Exception, match="audit_outcome_away"):
        audit(rules)
    monkeypatch.undo()
    assert (Run.objects.get().state, Outcome.objects.count()) == ("failed", 0)


def test_rules_taken_into_force_twice_are_one_version(rules: Rules) -> None:
    again = adopt_rules(rules.season_id, Path(settings.SCHOOL_FOLDER), by=CLERK, at=NOW)
    assert (again.id, Rules.objects.count()) == (rules.id, 1)
