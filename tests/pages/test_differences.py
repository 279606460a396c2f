"""差异页: who is concluded otherwise than before, both ways, through which rules; for re-audits and rehearsals."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from biye.audit.actions.overrides import give_override
from biye.audit.actions.rules import draft_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.differences import difference
from biye.foundation.verdicts import Truth, Verdict
from biye.records.models.student import Student
from tests.audited_school import LATER, NOW, OFFICER
from tests.pages.office import Office, open_office, text
from tests.pages.people import People

pytestmark = pytest.mark.django_db(transaction=True)
RULEBOOK = "rulebooks/graduation.yaml"


@pytest.fixture
def office(tmp_path: Path, people: People, settings: Settings) -> Office:
    return open_office(tmp_path, people, settings)


def rehearsed(office: Office, limit: str) -> Run:
    """Everybody by rules that ask for other credits."""
    files = dict(office.school.rules.files)
    files[RULEBOOK] = files[RULEBOOK].replace("min: plan ", f"min: {limit} ")
    draft = draft_rules(office.school.season_id, files, note=f"总学分 {limit}", by=OFFICER.actor, at=LATER)
    return run_audit(
        draft.pk, by=OFFICER.actor, at=NOW, now=NOW, purpose=Run.Purpose.REHEARSAL, base_id=office.school.run.pk
    )


def address(run: Run, asked: str = "") -> str:
    return f"/college/runs/{run.pk}/difference/{asked}"


def pardoned(office: Office) -> Student:
    """A student whose missing credits a person let pass, to be seen by the next audit."""
    outcome = Outcome.objects.filter(candidate=Truth.TRUE, not_met=1, conclusion=2).order_by("student_id")[0]
    student = Student.objects.get(pk=outcome.student_id)
    give_override(
        office.school.season_id,
        student.student_no,
        "credits",
        Verdict.MET,
        reason="学分已补登",
        evidence="成绩更正单 2022-17",
        expires_at=None,
        by=OFFICER,
        at=LATER,
    )
    return student


def test_a_re_audit_shows_who_flipped_and_through_which_rule(office: Office) -> None:
    student = pardoned(office)
    again = office.school.audit_again()
    page = text(office.officer.get(address(again)))
    assert "2022年6月13日 20:00 与 2022年6月13日 21:00 两次审查的差异</h1>" in page
    for chip in ("转为通过 1", "转为不通过 0", "结论有变 1"):
        assert f">{chip}</span>" in page
    assert student.student_no not in page
    found = difference(OFFICER, office.school.run, again)
    assert found is not None
    behind = text(office.officer.get(address(again, f"?flip={found.flips[0].key}")))
    assert f'<a href="/seasons/2022-autumn/students/{student.student_no}/">{student.student_no}</a>' in behind
    assert student.name in behind
    assert "本页 1 人" in behind


@pytest.mark.parametrize(("limit", "better", "worse"), [("10.0", True, False), ("900.0", False, True)])
def test_a_rehearsal_shows_the_flips_of_both_directions(office: Office, limit: str, better: bool, worse: bool) -> None:
    run = rehearsed(office, limit)
    found = difference(OFFICER, office.school.run, run)
    assert found is not None
    assert (found.better > 0, found.worse > 0) == (better, worse)
    page = text(office.officer.get(address(run)))
    assert "试算不影响任何人的结论。" in page
    assert f">转为通过 {found.better}</span>" in page
    assert f">转为不通过 {found.worse}</span>" in page
    for flip in found.flips:
        assert f"?flip={flip.key}#people" in page
    assert f'<span class="strong">{found.moved[0].label}</span>' in page


def test_students_behind_a_flip_come_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biye.audit.queries.differences.PAGE", 2)
    run = rehearsed(office, "900.0")
    found = difference(OFFICER, office.school.run, run)
    assert found is not None
    flip = max(found.flips, key=lambda one: one.students)
    assert flip.students > 2
    seen: list[str] = []
    after = ""
    for _ in range(flip.students):
        answer = office.officer.get(address(run, f"?flip={flip.key}&after={after}"))
        seen += [row.student_no for row in answer.context["rows"]]
        after = answer.context["after"]
        assert ('rel="next"' in text(answer)) is bool(after)
        if not after:
            break
    assert (len(seen), seen) == (flip.students, sorted(set(seen)))


def test_any_two_audits_of_the_season_can_be_compared(office: Office) -> None:
    first = office.school.run
    pardoned(office)
    again = office.school.audit_again()
    at = LATER + timedelta(minutes=1)
    last = run_audit(office.school.rules.pk, by=OFFICER.actor, at=at, now=at, base_id=again.pk)
    nothing = text(office.officer.get(address(last)))
    assert ">结论有变 0</span>" in nothing
    assert "没有人的结论改变" in nothing
    chosen = text(office.officer.get(address(last, f"?with={first.pk}")))
    assert ">结论有变 1</span>" in chosen
    assert "2022年6月13日 20:00 与 2022年6月13日 21:01 两次审查的差异</h1>" in chosen
    assert re.findall(r'<option value="(\d+)"( selected)?>', chosen) == [
        (str(again.pk), ""),
        (str(first.pk), " selected"),
    ]


def test_the_page_of_a_rehearsal_leads_to_its_difference(office: Office) -> None:
    run = rehearsed(office, "10.0")
    assert office.officer.get(f"/college/runs/{run.pk}/").headers["Location"] == address(run)


def test_a_difference_costs_a_constant_number_of_queries(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for limit in ("10.0", "900.0"):
        run = rehearsed(office, limit)
        found = difference(OFFICER, office.school.run, run)
        assert found is not None
        with django_assert_num_queries(14):
            office.officer.get(address(run, f"?flip={found.flips[0].key}"))


def test_what_cannot_be_compared_is_not_found(office: Office) -> None:
    first = office.school.run
    again = office.school.audit_again()
    assert office.officer.get(address(again)).status_code == 200
    assert office.officer.get(address(first)).status_code == 404
    assert office.officer.get(address(again, "?with=999999")).status_code == 404
    Run.objects.filter(pk=first.pk).update(state=Run.State.FAILED)
    assert office.officer.get(address(again)).status_code == 404


def test_a_teacher_of_a_centre_finds_no_differences(office: Office) -> None:
    again = office.school.audit_again()
    assert [office.officer.get(address(again)).status_code, office.teacher.get(address(again)).status_code] == [
        200,
        404,
    ]
