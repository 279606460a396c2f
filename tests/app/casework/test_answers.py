"""答复: every kind of answer has its words, and the student reads them with the reason."""

from string import Formatter

import pytest

from biye.casework.actions.acting import act_on
from biye.casework.core.answer_words import ANSWERS
from biye.casework.core.transitions import TABLE
from biye.casework.core.words import Event, Kind, State, Who
from biye.casework.models.case import Case
from biye.casework.models.message import Message
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Refused
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.pages.matters import IN_TIME, asker
from tests.pages.people import populate
from tests.pages.season import STEM

pytestmark = pytest.mark.django_db


def a_case(state: State) -> Case:
    people = populate()
    season = open_season(stem=STEM, by=SYSTEM, at=IN_TIME)
    student = Student.objects.get(student_no="20200001")
    assert people.centre.seats.get().centre == student.centre
    return Case.objects.create(
        season_id=season,
        student=student,
        kind=Kind.OBJECTION,
        about="course:A3",
        form={"label": "会计学（A3）"},
        state=state,
        opened_at=IN_TIME,
        changed_at=IN_TIME,
    )


def test_every_answer_of_the_table_has_its_words() -> None:
    """What staff do to a correction or an objection is said to the student; forwarding a correction is the centre's own."""
    kinds = (Kind.CORRECTION, Kind.OBJECTION)
    staff = {(row.kind, row.event) for row in TABLE if row.kind in kinds and row.who in (Who.CENTRE, Who.COLLEGE)}
    silent = {(Kind.CORRECTION, Event.FORWARD), (Kind.CORRECTION, Event.TAKE_BACK)}
    assert staff - silent == set(ANSWERS)
    asked = {name for words in ANSWERS.values() for word in words for _, name, _, _ in Formatter().parse(word) if name}
    assert asked == {"about", "who", "reason"}


def test_the_student_reads_the_answer_with_its_reason() -> None:
    case = a_case(State.SUBMITTED)
    teacher = asker(case.student.centre.seats.get().user)  # type: ignore[union-attr]
    act_on(case.pk, Event.REJECT, by=teacher, at=IN_TIME, reason="没有参加这次考试")
    message = Message.objects.get()
    assert (message.student_id, message.title, message.text, message.task) == (
        case.student_id,
        "异议不成立：会计学（A3）",
        "答复：没有参加这次考试",
        "objection",
    )


def test_what_was_refused_is_told_to_nobody() -> None:
    case = a_case(State.SUBMITTED)
    teacher = asker(case.student.centre.seats.get().user)  # type: ignore[union-attr]
    with pytest.raises(Refused):
        act_on(case.pk, Event.REJECT, by=teacher, at=IN_TIME)
    assert Message.objects.count() == 0
