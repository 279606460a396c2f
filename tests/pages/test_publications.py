"""公布页: prepare, look, release in one act, take back with a reason."""

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.audit.core.explain.document import explanation
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.queries.differences import NOT_CANDIDATE
from biye.audit.queries.publications import samples
from biye.audit.queries.results import UNDECIDED_LABEL
from biye.foundation.verdicts import Truth
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import FactChange
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.audited_school import LATER, NOW, OFFICER
from tests.pages.conftest import Post
from tests.pages.office import Office, open_office, text
from tests.pages.people import People, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
LISTED = "/college/seasons/2022-autumn/publish/"


@pytest.fixture
def office(tmp_path: Path, people: People, settings: Settings) -> Office:
    return open_office(tmp_path, people, settings)


def prepared(office: Office, post: Post) -> str:
    """The address of a publication that waits for its release."""
    post(office.officer, LISTED)
    return f"/college/publications/{Publication.objects.latest('id').pk}/"


def shown_after(office: Office, post: Post, client: Client, address: str, **said: object) -> str:
    """Send a form; what the officer then sees on the list."""
    post(client, address, said)
    return text(office.officer.get(LISTED))


def test_without_an_audit_there_is_nothing_to_publish(people: People, post: Post) -> None:
    open_season(stem="2022-autumn", by=OFFICER.actor, at=NOW)
    college = signed_in(people.college)
    assert "还没有可以公布的审查" in text(college.get(LISTED))
    post(college, LISTED)
    assert (Publication.objects.count(), Job.objects.count()) == (0, 0)


def test_prepared_it_can_be_looked_at_word_for_word(office: Office, post: Post) -> None:
    page = prepared(office, post)
    kept = PublishedConclusion.objects.count()
    assert kept > 0
    overview = text(office.officer.get(page))
    assert "第 1 版 · 准备中" in overview
    assert f"向 {kept} 名学生公布</button>" in overview
    assert f'data-confirm="将向 {kept} 名学生公布审查结论' in overview
    student = PublishedConclusion.objects.select_related("student").order_by("student_id")[0].student
    looked = text(office.officer.get(f"{page}?student_no={student.student_no}"))
    assert student.name not in overview
    assert student.name in looked
    missing = text(office.officer.get(f"{page}?student_no=00000000"))
    assert "这一版里没有学号 00000000" in missing


def test_one_student_of_each_conclusion_is_a_click_away(office: Office, post: Post) -> None:
    page = prepared(office, post)
    publication = Publication.objects.get()
    found = samples(OFFICER, publication)
    told = [explanation(kept.document) for kept in PublishedConclusion.objects.order_by("student_id")]
    said = [one.conclusion or UNDECIDED_LABEL if one.candidate != Truth.FALSE else NOT_CANDIDATE for one in told]
    assert {one.label: one.students for one in found} == dict(Counter(said))
    assert [one.students for one in found] == sorted((one.students for one in found), reverse=True)
    overview = text(office.officer.get(page))
    for one in found:
        assert f'href="?student_no={one.student_no}#look"' in overview
        assert said[[each.student_no for each in told].index(one.student_no)] == one.label
    looked = text(office.officer.get(f"{page}?student_no={found[0].student_no}"))
    assert f'#look" aria-current="true">看 {found[0].student_no}</a>' in looked
    assert samples(office.school.teacher(), publication) == []


def test_while_documents_are_written_only_those_that_are_there_are_offered(office: Office, post: Post) -> None:
    prepared(office, post)
    publication = Publication.objects.get()
    everybody = samples(OFFICER, publication)
    first = publication.conclusions.order_by("student_id")[0]
    publication.conclusions.exclude(student_id=first.student_id).delete()
    assert [one.student_no for one in samples(OFFICER, publication)] == [first.student.student_no]
    assert len(everybody) > 1


def test_released_in_one_act_and_taken_back_with_a_reason(office: Office, post: Post) -> None:
    page = prepared(office, post)
    students = PublishedConclusion.objects.count()
    assert f"已向 {students} 名学生公布审查结论（第 1 版）。" in shown_after(
        office, post, office.officer, f"{page}release/"
    )
    released = text(office.officer.get(page))
    assert Publication.objects.get().digest[:12] in released
    assert "准备中" not in released
    assert "请写明理由。" in shown_after(office, post, office.officer, f"{page}withdraw/", reason=" ")
    assert Publication.objects.get().state == "released"
    assert "第 1 版已收回" in shown_after(office, post, office.officer, f"{page}withdraw/", reason="照片结果导入有误")
    assert "照片结果导入有误" in text(office.officer.get(page))
    found = Entry.objects.filter(action__startswith="publication").values_list("action", "reason")
    assert list(found) == [
        ("publication.prepared", ""),
        ("publication.released", ""),
        ("publication.withdrawn", "照片结果导入有误"),
    ]


def test_a_second_click_releases_nothing_and_says_so(office: Office, post: Post) -> None:
    page = prepared(office, post)
    post(office.officer, f"{page}release/")
    office.officer.get(LISTED)
    assert "已经公布、收回，不能公布。" in shown_after(office, post, office.officer, f"{page}release/")
    assert Entry.objects.filter(action="publication.released").count() == 1


def test_a_double_click_prepares_once(office: Office) -> None:
    for _ in range(2):
        office.officer.post(LISTED)
    job = Job.objects.get()
    page = text(office.officer.get(LISTED))
    assert f'hx-get="/messages/{job.pk}/?refresh=yes"' in page
    assert "准备下一版" not in page


def test_changed_facts_stop_the_release_in_words(office: Office, post: Post) -> None:
    page = prepared(office, post)
    FactChange.objects.create(student=Student.objects.order_by("student_no")[5], at=LATER)
    sentence = "审查之后有 1 名学生的数据有变动，请先重新审查，再准备公布。"
    assert sentence in shown_after(office, post, office.officer, f"{page}release/")
    assert "审查之后有 1 名学生的数据有变动，请先<a" in text(office.officer.get(LISTED))
    assert Publication.objects.get().state == "preparing"


def test_pages_cost_a_constant_number_of_queries(
    office: Office, post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        page = prepared(office, post)
        post(office.officer, f"{page}release/")
        office.officer.get(page)
        with django_assert_num_queries(10):
            office.officer.get(LISTED)
        with django_assert_num_queries(9):
            office.officer.get(page)


def test_a_teacher_of_a_centre_finds_no_publications_and_makes_none(office: Office, post: Post) -> None:
    page = prepared(office, post)
    assert [office.officer.get(address).status_code for address in (LISTED, page)] == [200, 200]
    assert [office.teacher.get(address).status_code for address in (LISTED, page)] == [404, 404]
    written = (LISTED, f"{page}release/", f"{page}withdraw/")
    assert [post(office.teacher, address, {"reason": "无"}).status_code for address in written] == [404, 404, 404]
    assert (Publication.objects.get().state, Job.objects.count()) == ("preparing", 1)
