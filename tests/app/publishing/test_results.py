"""审查结果: lists, filters, reasons by centre, differences and overrides over one audited school."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from biye.audit.actions.overrides import give_override, withdraw_override
from biye.audit.actions.rules import approve_rules, draft_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.core.engine import UNDECIDED
from biye.audit.models.override import Override
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.differences import changed_students, difference
from biye.audit.queries.results import (
    Filter,
    by_conclusion,
    cleaning_up,
    conclusion_labels,
    heat,
    how_many,
    latest_run,
    results,
    summary,
)
from biye.foundation.errors import Refused
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.student import Student
from biye.seasons.core.trouble import SchoolRefused
from tests.audited_school import LATER, NOW, OFFICER, AuditedSchool, audited_school

pytestmark = pytest.mark.django_db(transaction=True)
CREDITS = 0  # number of the rule `credits`


@pytest.fixture
def school(tmp_path: Path) -> AuditedSchool:
    return audited_school(tmp_path)


def everybody(school: AuditedSchool, chosen: Filter, size: int = 7) -> list[str]:
    """学号 of all pages together."""
    found, after = [], ""
    while True:
        page = results(OFFICER, school.run, chosen, after, size)
        found += [row.student_no for row in page.rows]
        after = page.after
        if not after:
            return found


def test_pages_put_together_are_everybody_once_in_order(school: AuditedSchool) -> None:
    expected = sorted(Student.objects.values_list("student_no", flat=True))
    assert everybody(school, Filter()) == expected
    assert how_many(OFFICER, school.run) == len(expected)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_filter_by_verdict_finds_who_has_it(school: AuditedSchool, verdict: Verdict) -> None:
    masks = {Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown", Verdict.NOT_REQUIRED: "not_required"}
    expected = []
    for outcome in Outcome.objects.select_related("student"):
        held = [kind for kind, mask in masks.items() if getattr(outcome, mask) >> CREDITS & 1] or [Verdict.MET]
        expected += [outcome.student.student_no] if held == [verdict] else []
    assert everybody(school, Filter(rule=CREDITS, verdict=verdict)) == sorted(expected)


def test_filters_narrow_together(school: AuditedSchool) -> None:
    student = Student.objects.filter(level="专升本").order_by("student_no")[0]
    chosen = Filter(level="专升本", centre_id=student.centre_id, words=student.student_no[:6])
    expected = Student.objects.filter(
        level="专升本", centre_id=student.centre_id, student_no__startswith=student.student_no[:6]
    )
    assert everybody(school, chosen) == sorted(expected.values_list("student_no", flat=True))
    assert everybody(school, Filter(words=student.name)) == sorted(
        Student.objects.filter(name__contains=student.name).values_list("student_no", flat=True)
    )


def test_the_number_of_queries_does_not_grow(
    school: AuditedSchool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 50):
        with django_assert_num_queries(1):
            results(OFFICER, school.run, Filter(in_season=True), "", size)
    with django_assert_num_queries(1):
        heat(OFFICER, school.run)
    with django_assert_num_queries(1):
        summary(OFFICER, school.run)


def test_a_teacher_sees_only_the_own_centre(school: AuditedSchool) -> None:
    teacher = school.teacher()
    own = set(Student.objects.filter(centre_id=teacher.centre_id).values_list("student_no", flat=True))
    assert 0 < len(own) < Student.objects.count()
    assert {row.student_no for row in results(teacher, school.run, size=1000).rows} == own
    assert [row.centre_id for row in heat(teacher, school.run)] == [teacher.centre_id]
    assert how_many(teacher, school.run, Filter(centre_id=school.teacher(1).centre_id)) == 0


def test_counts_agree_with_the_rows_they_count(school: AuditedSchool) -> None:
    rows = Outcome.objects.exclude(candidate=Truth.FALSE).select_related("student")
    assert by_conclusion(OFFICER, school.run) == Counter(row.conclusion for row in rows)
    for line in heat(OFFICER, school.run):
        own = [row for row in rows if row.student.centre_id == line.centre_id]
        assert line.students == len(own)
        assert line.not_met[CREDITS] == sum(row.not_met >> CREDITS & 1 for row in own)
        assert line.unknown[CREDITS] == sum(row.unknown >> CREDITS & 1 for row in own)
        assert line.anything_unknown == sum(row.unknown != 0 for row in own)
    whole = summary(OFFICER, school.run)
    assert (whole.candidates, whole.undecided) == (len(rows), sum(row.conclusion < 0 for row in rows))
    assert whole.favourable == sum(row.conclusion in (0, 1) for row in rows)


def test_whoever_cannot_graduate_by_status_is_listed(school: AuditedSchool) -> None:
    listed = {line.status: line.students for line in cleaning_up(OFFICER, school.run)}
    expected = Counter(Student.objects.exclude(status="在籍").values_list("status", flat=True))
    assert listed
    assert listed == expected


def test_a_run_that_is_not_done_shows_nothing(school: AuditedSchool) -> None:
    Run.objects.update(state=Run.State.RUNNING)
    run = Run.objects.get()
    assert (latest_run(OFFICER, school.season_id), results(OFFICER, run).rows) == (None, ())


def override_of(school: AuditedSchool, **changes: object) -> tuple[Student, Override]:
    outcome = Outcome.objects.filter(candidate=Truth.TRUE, not_met=1, conclusion=2)[0]
    student = Student.objects.get(pk=outcome.student_id)
    said = {"reason": "学分已补登", "evidence": "成绩更正单 2022-17", "expires_at": None, "by": OFFICER, "at": LATER}
    given = give_override(school.season_id, student.student_no, "credits", Verdict.MET, **(said | changes))  # type: ignore[arg-type]
    return student, given


def test_an_override_changes_one_verdict_of_one_student_until_it_is_withdrawn(school: AuditedSchool) -> None:
    student, given = override_of(school)
    again = school.audit_again(LATER)
    found = difference(OFFICER, school.run, again)
    assert found is not None
    assert (again.audited, found.changed, found.better, found.worse) == (1, 1, 1, 0)
    rows, after = changed_students(OFFICER, school.run, again, found.flips[0].key)
    assert (len(rows), after, rows[0].student_no) == (1, "", student.student_no)
    assert rows[0].moved == (("学分", Verdict.NOT_MET, Verdict.MET),)
    row = results(OFFICER, again, Filter(words=student.student_no)).rows[0]
    assert row.is_overridden
    withdraw_override(given.pk, reason="更正单作废", by=OFFICER, at=LATER + timedelta(minutes=1))
    back = run_audit(school.rules.pk, by=OFFICER.actor, at=LATER, now=LATER + timedelta(minutes=2), base_id=again.pk)
    restored = difference(OFFICER, school.run, back)
    assert restored is not None
    assert restored.changed == 0
    assert list(Entry.objects.filter(action__startswith="override").values_list("action", "reason")) == [
        ("override.given", "学分已补登"),
        ("override.withdrawn", "更正单作废"),
    ]


def test_an_override_says_everything_that_is_missing_at_once(school: AuditedSchool) -> None:
    with pytest.raises(Refused) as refused:
        override_of(school, reason=" ", evidence="", expires_at=NOW, by=school.teacher())
    codes = {reason.code for reason in refused.value.reasons}
    assert codes >= {"no_permission", "reason_missing", "evidence_missing", "expiry_past"}
    assert Override.objects.count() == 0


@pytest.mark.parametrize(("minutes", "holds"), [(1, True), (0, False), (-1, False)])
def test_an_override_holds_until_just_before_it_expires(school: AuditedSchool, minutes: int, holds: bool) -> None:
    student, _ = override_of(school, at=NOW, expires_at=LATER)
    again = run_audit(school.rules.pk, by=OFFICER.actor, at=LATER - timedelta(minutes=minutes), now=LATER)
    assert results(OFFICER, again, Filter(words=student.student_no)).rows[0].is_overridden is holds


def test_a_rehearsed_limit_shows_who_flips_and_why(school: AuditedSchool) -> None:
    files = dict(school.rules.files)
    name = "rulebooks/graduation.yaml"
    assert "min: plan " in files[name]
    files[name] = files[name].replace("min: plan ", "min: 60.0 ")
    draft = draft_rules(school.season_id, files, note="试算：总学分 60", by=OFFICER.actor, at=LATER)
    rehearsal = run_audit(draft.pk, by=OFFICER.actor, at=NOW, now=NOW, purpose=Run.Purpose.REHEARSAL)
    found = difference(OFFICER, school.run, rehearsal)
    assert found is not None
    short = Outcome.objects.filter(run=school.run, not_met__gt=0).exclude(candidate=Truth.FALSE)
    assert 0 < found.better <= short.count()
    assert found.worse == 0
    moved = {(one.label, one.was, one.now) for one in found.moved}
    assert ("学分", Verdict.NOT_MET, Verdict.MET) in moved
    assert latest_run(OFFICER, school.season_id) == school.run
    assert conclusion_labels(rehearsal)[UNDECIDED] == "待定"
    with pytest.raises(SchoolRefused, match="cases"):
        approve_rules(draft.pk, reason="试一试", by=OFFICER.actor, at=LATER)
