"""审查页: the state of the newest audit, the way to the next one, and what one run found."""

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from biye.audit.models.run import Run
from biye.audit.queries.results import summary
from biye.machinery.jobs.models.job import Job
from biye.records.models.facts import FactChange
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.audited_school import LATER, NOW, OFFICER
from tests.pages.conftest import Post
from tests.pages.office import Office, open_office, text
from tests.pages.people import People, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
AUDITS = "/college/seasons/2022-autumn/audit/"


@pytest.fixture
def office(tmp_path: Path, people: People, settings: Settings) -> Office:
    return open_office(tmp_path, people, settings)


def test_before_the_first_audit_the_page_says_how_to_begin(people: People) -> None:
    open_season(stem="2022-autumn", by=OFFICER.actor, at=NOW)
    page = text(signed_in(people.college).get(AUDITS))
    assert "这个批次还没有审查过。" in page
    assert "名变动学生" not in page


def test_whoever_changed_since_is_counted_and_only_they_are_audited_again(office: Office, post: Post) -> None:
    assert "之后没有数据变动。" in text(office.officer.get(AUDITS))
    for student in Student.objects.order_by("student_no")[5:8]:
        FactChange.objects.create(student=student, at=LATER)
    assert "重新审查 3 名变动学生" in text(office.officer.get(AUDITS))
    answer = post(office.officer, AUDITS, {"only_changed": "yes"})
    again = Run.objects.latest("id")
    assert answer.headers["Location"] == AUDITS
    assert (again.state, again.base_id, again.audited, again.students) == (
        "done",
        office.school.run.pk,
        3,
        Student.objects.count(),
    )
    assert again.digest == office.school.run.digest


def test_everybody_can_be_audited_again(office: Office, post: Post) -> None:
    post(office.officer, AUDITS)
    again = Run.objects.latest("id")
    assert (again.base_id, again.audited) == (None, Student.objects.count())
    assert Job.objects.get().state == "done"


def test_a_double_click_starts_one_audit_which_is_watched_and_can_be_cancelled(office: Office) -> None:
    for _ in range(2):
        office.officer.post(AUDITS)
    job = Job.objects.get()
    page = text(office.officer.get(AUDITS))
    assert f'hx-get="/messages/{job.pk}/?refresh=yes"' in page
    assert "审查全部学生" not in page
    office.officer.post(f"/messages/{job.pk}/cancel/")
    assert "审查全部学生" in text(office.officer.get(AUDITS))
    assert Job.objects.get().state == "cancelled"


def test_a_run_says_what_it_found_and_by_what(office: Office) -> None:
    run = office.school.run
    page = text(office.officer.get(f"/college/runs/{run.pk}/"))
    found = summary(OFFICER, run)
    assert sum(students for _, _, students in found.conclusions) == found.candidates
    for _, label, students in found.conclusions:
        assert f"{label}</a></th>" in page
        assert f'<span class="strong">{students}</span>' in page
    assert run.rules_digest[:12] in page
    assert run.digest[:12] in page
    assert run.engine_version in page


def test_every_conclusion_leads_to_the_students_who_got_it(office: Office) -> None:
    found = summary(OFFICER, office.school.run).conclusions
    assert len(found) > 1
    page, run = text(office.officer.get(AUDITS)), f"/college/runs/{office.school.run.pk}/"
    for number, label, students in found:
        address = f"/seasons/2022-autumn/students/?conclusion={number}"
        assert f'<a href="{address}">{students} 人</a>' in page
        assert f'<a href="{address}">{label}</a>' in text(office.officer.get(run))
        assert office.officer.get(address).context["count"] == students
    office.school.audit_again()
    assert "?conclusion=" not in text(office.officer.get(run))


def test_a_run_that_was_not_finished_shows_no_conclusions(office: Office) -> None:
    Run.objects.update(state=Run.State.FAILED)
    page = text(office.officer.get(f"/college/runs/{office.school.run.pk}/"))
    assert "没有留下任何结果" in page
    assert "学分审核通过" not in page


def test_pages_ask_the_database_a_constant_number_of_times(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.officer.get(AUDITS)  # read the rules once
    for _ in range(2):
        with django_assert_num_queries(10):
            office.officer.get(AUDITS)
        with django_assert_num_queries(8):
            office.officer.get(f"/college/runs/{office.school.run.pk}/")
        office.school.audit_again()


def test_a_teacher_of_a_centre_finds_no_audits_and_starts_none(office: Office) -> None:
    run = f"/college/runs/{office.school.run.pk}/"
    assert (office.officer.get(AUDITS).status_code, office.officer.get(run).status_code) == (200, 200)
    statuses = [office.teacher.get(AUDITS), office.teacher.post(AUDITS), office.teacher.get(run)]
    assert [answer.status_code for answer in statuses] == [404, 404, 404]
    assert Job.objects.count() == 0


@pytest.mark.parametrize("address", ["/college/seasons/1999-spring/audit/", "/college/runs/999999/"])
def test_what_does_not_exist_is_not_found(office: Office, address: str) -> None:
    assert office.officer.get(address).status_code == 404
