"""公布审查结论: prepared, looked at, released in one act; frozen; taken back with a reason."""

from pathlib import Path

import pytest

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.audit.actions.publications import prepare_publication, release_publication, withdraw_publication
from biye.audit.core.explain.document import explanation, fingerprint
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.models.run import Outcome
from biye.audit.queries.explained import explained, published, speaking
from biye.foundation.errors import Refused
from biye.foundation.verdicts import Truth
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.facts import FactChange, Result
from biye.records.models.student import Student
from tests.audited_school import LATER, NOW, OFFICER, AuditedSchool, audited_school

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(tmp_path: Path) -> AuditedSchool:
    return audited_school(tmp_path)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def released(school: AuditedSchool) -> Publication:
    prepared = prepare_publication(school.run.pk, by=OFFICER, at=NOW)
    return release_publication(prepared.pk, by=OFFICER, at=NOW)


def a_student() -> tuple[Student, Asker]:
    student = Student.objects.get(pk=Outcome.objects.filter(candidate=Truth.TRUE).order_by("student_id")[0].student_id)
    return student, Asker(9, student.name, Role.STUDENT, 9, student_id=student.pk)


def test_nobody_is_shown_anything_before_the_release_and_everybody_after_it(school: AuditedSchool) -> None:
    student, asker = a_student()
    prepared = prepare_publication(school.run.pk, by=OFFICER, at=NOW)
    assert published(asker, school.season_id, student.student_no) is None
    release_publication(prepared.pk, by=OFFICER, at=LATER)
    found = published(asker, school.season_id, student.student_no)
    assert found is not None
    assert explanation(found[1]) == explained(OFFICER, school.run, student.student_no)
    assert (found[0].number, found[0].released_at) == (1, LATER)


def test_everybody_within_the_scope_has_a_document_with_its_fingerprint(school: AuditedSchool) -> None:
    publication = released(school)
    concerned = Outcome.objects.exclude(candidate=Truth.FALSE, inside__in=(Truth.FALSE, Truth.UNKNOWN))
    assert publication.students == concerned.count() == PublishedConclusion.objects.count()
    assert all(kept.fingerprint == fingerprint(kept.document) for kept in PublishedConclusion.objects.all())


def test_a_student_sees_only_their_own_and_a_teacher_only_their_centre(school: AuditedSchool) -> None:
    released(school)
    student, asker = a_student()
    other = PublishedConclusion.objects.exclude(student=student).select_related("student")[0].student
    assert published(OFFICER, school.season_id, other.student_no) is not None
    assert published(asker, school.season_id, other.student_no) is None
    places = {place: school.teacher(place).centre_id for place in range(2)}
    seen = [published(school.teacher(place), school.season_id, other.student_no) for place in places]
    assert [found is not None for found in seen] == [centre == other.centre_id for centre in places.values()]


def test_what_was_published_keeps_its_words_when_the_facts_change(school: AuditedSchool) -> None:
    released(school)
    student, asker = a_student()
    before = published(asker, school.season_id, student.student_no)
    Result.objects.filter(student=student).delete()
    assert published(asker, school.season_id, student.student_no) == before


def test_changed_facts_stop_a_publication_until_they_are_audited(school: AuditedSchool) -> None:
    prepared = prepare_publication(school.run.pk, by=OFFICER, at=NOW)
    student, _ = a_student()
    FactChange.objects.create(student=student, at=LATER)
    with pytest.raises(Refused) as refused:
        release_publication(prepared.pk, by=OFFICER, at=LATER)
    assert codes(refused) == ["facts_changed_since"]
    again = school.audit_again()
    assert release_publication(prepare_publication(again.pk, by=OFFICER, at=LATER).pk, by=OFFICER, at=LATER).number == 2


def test_preparing_goes_on_where_it_was_killed(school: AuditedSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biye.audit.actions.publications.CHUNK", 10)

    def kill(done: int, total: int, message: str) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare_publication(school.run.pk, by=OFFICER, at=NOW, progress=kill)
    unfinished = Publication.objects.get()
    assert PublishedConclusion.objects.count() == 20
    with pytest.raises(Refused) as refused:
        release_publication(unfinished.pk, by=OFFICER, at=NOW)
    assert codes(refused) == ["not_prepared"]
    whole = prepare_publication(school.run.pk, by=OFFICER, at=NOW)
    assert (whole.pk, whole.students) == (unfinished.pk, PublishedConclusion.objects.count())
    assert release_publication(whole.pk, by=OFFICER, at=NOW).state == "released"


def test_the_same_run_has_the_same_digest_however_often_it_is_published(school: AuditedSchool) -> None:
    first, second = released(school), released(school)
    assert (first.number, second.number, first.digest) == (1, 2, second.digest)
    newest = speaking(school.season_id)
    assert newest is not None
    assert newest.pk == second.pk


def test_taken_back_the_one_before_speaks_again(school: AuditedSchool) -> None:
    first, second = released(school), released(school)
    with pytest.raises(Refused) as refused:
        withdraw_publication(second.pk, reason=" ", by=OFFICER, at=LATER)
    assert codes(refused) == ["reason_missing"]
    withdraw_publication(second.pk, reason="照片结果导入有误", by=OFFICER, at=LATER)
    newest = speaking(school.season_id)
    assert newest is not None
    assert newest.pk == first.pk
    with pytest.raises(Refused) as refused:
        withdraw_publication(second.pk, reason="再收一次", by=OFFICER, at=LATER)
    assert codes(refused) == ["not_released"]
    actions = list(Entry.objects.filter(action__startswith="publication").values_list("action", flat=True))
    assert actions == [*["publication.prepared", "publication.released"] * 2, "publication.withdrawn"]
    assert list(breaks()) == []


def test_only_the_college_publishes(school: AuditedSchool) -> None:
    teacher = school.teacher()
    with pytest.raises(Refused) as refused:
        prepare_publication(school.run.pk, by=teacher, at=NOW)
    assert codes(refused) == ["no_permission"]
    prepared = prepare_publication(school.run.pk, by=OFFICER, at=NOW)
    with pytest.raises(Refused) as refused:
        release_publication(prepared.pk, by=teacher, at=NOW)
    assert codes(refused) == ["no_permission"]
