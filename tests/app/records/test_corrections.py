"""更正: one column, one attempt, one subject, one fee; seen by the next audit, told to the ledger, and no import's any more."""

from datetime import UTC, date, datetime

import pytest

from biye.foundation.actor import SYSTEM
from biye.foundation.codes import Mark, Outcome
from biye.foundation.errors import Refused
from biye.machinery.ledger.models.entry import Entry
from biye.records.actions.corrections import correct_exam, correct_fee, correct_record, correct_result
from biye.records.actions.personal import save_personal
from biye.records.models.course import Course
from biye.records.models.facts import FactChange, Fee, Result, UnifiedExam
from biye.records.models.personal import PersonalInfo
from biye.records.models.student import Student

AT = datetime(2022, 6, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def student() -> Student:
    return Student.objects.create(student_no="1", name="林晓", sex=1, identity_number="340524198001010011", batch_id=7)


def test_a_column_is_written_and_told(student: Student) -> None:
    done = correct_record(student.pk, "name", "林小晓", seen="林晓", by=SYSTEM, at=AT, reason="证明齐全")
    student.refresh_from_db()
    assert (done.is_changed, student.name, student.batch_id) == (True, "林小晓", None)
    assert FactChange.objects.get().student_id == student.pk
    entry = Entry.objects.get()
    assert (entry.action, entry.before, entry.after, entry.reason) == (
        "record.corrected",
        {"name": "林晓"},
        {"name": "林小晓"},
        "证明齐全",
    )


def test_identity_numbers_are_masked_in_the_ledger(student: Student) -> None:
    seen = student.identity_number
    correct_record(student.pk, "identity_number", "34052419800101001X", seen=seen, by=SYSTEM, at=AT)
    assert Entry.objects.get().after == {"identity_number": "340***********001X"}


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(student: Student) -> None:
    with pytest.raises(Refused) as refused:
        correct_record(student.pk, "birth_date", date(1980, 1, 1), seen=date(1979, 1, 1), by=SYSTEM, at=AT)
    assert (refused.value.reasons[0].code, refused.value.reasons[0].details) == (
        "record_changed_meanwhile",
        {"now": "（空）"},
    )
    assert (Entry.objects.count(), FactChange.objects.count()) == (0, 0)


def test_what_says_so_already_is_no_change(student: Student) -> None:
    assert correct_record(student.pk, "sex", 1, seen=2, by=SYSTEM, at=AT).is_changed is False


def test_a_column_that_no_decision_changes_is_a_mistake_of_ours(student: Student) -> None:
    with pytest.raises(ValueError, match="student_no"):
        correct_record(student.pk, "student_no", "2", seen="1", by=SYSTEM, at=AT)


def test_an_attempt_is_corrected_or_added(student: Student) -> None:
    course = Course.objects.create(code="A1", name="大学语文")
    Result.objects.create(student=student, course=course, term=4043, obtained=0, score=5500, batch_id=7)
    said = {"obtained": 0, "mark": Mark.NUMBER, "by": SYSTEM, "at": AT}
    first = correct_result(student.pk, course.pk, term=4043, score=6000, **said)  # type: ignore[arg-type]
    second = correct_result(student.pk, course.pk, term=4042, score=7000, **said)  # type: ignore[arg-type]
    assert (first.before, second.before) == ({"score": 5500, "mark": 0}, None)
    assert sorted(Result.objects.values_list("term", "score", "batch_id")) == [(4042, 7000, None), (4043, 6000, None)]


def test_an_exam_is_corrected_or_added(student: Student) -> None:
    for outcome, score in ((Outcome.NOT_PASSED, 5000), (Outcome.PASSED, 6000)):
        correct_exam(student.pk, "大学英语B", outcome=outcome, score=score, by=SYSTEM, at=AT)
    exam = UnifiedExam.objects.get()
    assert (exam.outcome, exam.score) == (Outcome.PASSED, 6000)
    assert Entry.objects.latest("id").before == {"subject": "大学英语B", "outcome": 0, "score": 5000, "reason": ""}


def test_a_fee_is_the_students_own(student: Student) -> None:
    other = Student.objects.create(student_no="2", name="周建国")
    fee = Fee.objects.create(student=other, kind="学费", year=2021, due=100)
    with pytest.raises(Refused) as refused:
        correct_fee(student.pk, fee.pk, paid=100, by=SYSTEM, at=AT)
    assert refused.value.reasons[0].code == "no_such_fee"
    assert correct_fee(other.pk, fee.pk, paid=100, by=SYSTEM, at=AT).before is None


def test_own_words_are_kept_entry_by_entry(student: Student) -> None:
    save_personal(student.pk, {"通讯地址": "天津市", "联系电话": "022-1"}, by=SYSTEM, at=AT)
    save_personal(student.pk, {"联系电话": "022-2", "通讯地址": "天津市"}, by=SYSTEM, at=AT)
    save_personal(student.pk, {"通讯地址": ""}, by=SYSTEM, at=AT)
    student.refresh_from_db()
    assert (PersonalInfo.objects.get().said, student.telephone) == ({"联系电话": "022-2"}, "022-2")
    assert [entry.after for entry in Entry.objects.order_by("id")] == [
        {"通讯地址": "天津市", "联系电话": "022-1"},
        {"联系电话": "022-2"},
        {"通讯地址": None},
    ]


def test_nothing_said_leaves_no_trace(student: Student) -> None:
    save_personal(student.pk, {"通讯地址": ""}, by=SYSTEM, at=AT)
    assert Entry.objects.count() == 0


def test_none_is_no_telephone_number(student: Student) -> None:
    Student.objects.update(telephone="022-1")
    save_personal(student.pk, {"联系电话": "无"}, by=SYSTEM, at=AT)
    student.refresh_from_db()
    assert student.telephone == ""
