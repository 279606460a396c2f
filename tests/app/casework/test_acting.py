"""办理: scope, clocks, locks and rivals hold for one case and for many; the doubled click opens one case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biye.casework.actions.acting import act, act_on, act_on_many, open_many
from biye.casework.core.transitions import Clock, Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.queries.cases import (
    QueueFilter,
    case_by_id,
    case_of,
    cases_of,
    next_in_queue,
    queue,
    queue_counts,
    queue_ids,
)
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Refused
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from tests.app.casework.school import CLOSES, NOW, OFFICER, SECOND, a_season, self_of, students, teacher_of

pytestmark = pytest.mark.django_db
SHOWN = (Guard.SHOWN_UNCHANGED,)
SECOND_ASKED = ("deferral", "pre_confirmation")


def codes(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def at_college(student_no: str, kind: Kind = Kind.DEFERRAL, state: State = State.AT_COLLEGE) -> Case:
    found = Case.objects.filter(student__student_no=student_no, kind=kind).first()
    if found is None:
        from biye.records.models.student import Student
        from biye.seasons.models.season import Season

        found = Case.objects.create(
            season=Season.objects.get(),
            student=Student.objects.get(student_no=student_no),
            kind=kind,
            state=state,
            opened_at=NOW,
            changed_at=NOW,
        )
    return found


@pytest.mark.parametrize(
    ("late", "expected"),
    [(timedelta(minutes=-1), []), (timedelta(0), ["too_late"]), (timedelta(minutes=1), ["too_late"])],
)
def test_the_closing_moment_itself_is_too_late(late: timedelta, expected: list[str]) -> None:
    season, (student,) = a_season(), students("20200001")

    def sign() -> Case:
        return act(
            season_id=season.pk, student_no="20200001", kind=Kind.SIGN_OFF, event=Event.SIGN,
            by=self_of(student), at=CLOSES + late, holds=SHOWN,
        )  # fmt: skip

    if expected:
        assert codes(sign) == expected
        assert not Case.objects.exists()
    else:
        assert (sign().state, Case.objects.get().office) == ("signed", "records")


def test_nobody_acts_on_a_student_who_is_not_theirs() -> None:
    season, (mine,), (theirs,) = a_season(), students("20200001"), students("20200002", centre="河西")
    case = at_college("20200001", Kind.SIGN_OFF, State.OPEN)
    holds = (Guard.SHOWN_UNCHANGED, Guard.WITNESS_PRESENT)

    def on_site(number: str) -> Case:
        return act(
            season_id=season.pk, student_no=number, kind=Kind.SIGN_OFF, event=Event.SIGN_ON_SITE,
            by=teacher_of(theirs), at=NOW, holds=holds,
        )  # fmt: skip

    assert codes(lambda: on_site("20200001")) == ["no_such_student"]
    assert codes(lambda: act_on(case.pk, Event.SIGN_ON_SITE, by=teacher_of(theirs), at=NOW)) == ["no_such_case"]
    assert act_on_many([case.pk], Event.SIGN_ON_SITE, by=teacher_of(theirs), at=NOW, holds=holds).moved == ()
    assert case_by_id(teacher_of(theirs), case.pk) is None
    assert on_site("20200002").state == "signed_on_site"
    assert act_on(case.pk, Event.SIGN_ON_SITE, by=teacher_of(mine), at=NOW, holds=holds).state == "signed_on_site"


def test_an_open_application_stands_against_signing_and_against_another_one() -> None:
    season, (student,) = a_season(), students("20200001")
    at_college("20200001", Kind.DEFERRAL)

    def sign() -> Case:
        return act(
            season_id=season.pk, student_no="20200001", kind=Kind.SIGN_OFF, event=Event.SIGN,
            by=self_of(student), at=NOW, holds=SHOWN,
        )  # fmt: skip

    assert codes(sign) == ["choice_settled"]
    rival = at_college("20200001", Kind.COMPLETION, State.OPEN)
    given = (Guard.ROUTE_OPEN, Guard.EFFECTS_ACCEPTED, Guard.FORM_COMPLETE)
    assert codes(lambda: act_on(rival.pk, Event.SUBMIT, by=self_of(student), at=NOW, holds=given)) == [
        "no_rival_choice"
    ]
    Case.objects.filter(kind=Kind.DEFERRAL).update(state=State.REJECTED)
    assert sign().state == "signed"
    assert act_on(rival.pk, Event.SUBMIT, by=self_of(student), at=NOW, holds=given).state == "submitted"


def test_a_locked_student_stays_as_is() -> None:
    a_season()
    students("20200001")
    case = at_college("20200001", Kind.DEFERRAL, State.APPROVED)
    lock = at_college("20200001", Kind.PRE_CONFIRMATION, State.LOCKED)
    assert codes(lambda: act_on(case.pk, Event.TAKE_BACK, by=OFFICER, at=NOW, reason="误批")) == ["not_frozen"]
    Case.objects.filter(pk=lock.pk).update(state=State.OPEN)
    assert act_on(case.pk, Event.TAKE_BACK, by=OFFICER, at=NOW, reason="误批").state == "at_college"


def test_where_two_people_are_asked_for_one_checks_and_another_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    from biye.casework.actions import acting
    from biye.seasons.queries.seasons import season_file

    asked = season_file("2022-autumn").model_copy(update={"second_person": SECOND_ASKED})
    monkeypatch.setattr(acting, "season_file", lambda stem: asked)
    a_season()
    students("20200001")
    case = at_college("20200001")
    assert codes(lambda: act_on(case.pk, Event.APPROVE, by=OFFICER, at=NOW)) == ["second_person"]
    assert act_on(case.pk, Event.CHECK, by=OFFICER, at=NOW).state == "checked"
    assert codes(lambda: act_on(case.pk, Event.APPROVE, by=OFFICER, at=NOW)) == ["second_person"]
    assert act_on(case.pk, Event.TAKE_BACK, by=OFFICER, at=NOW, reason="再看").state == "at_college"
    assert codes(lambda: act_on(case.pk, Event.APPROVE, by=SECOND, at=NOW)) == ["second_person"]
    act_on(case.pk, Event.CHECK, by=OFFICER, at=NOW)
    assert act_on(case.pk, Event.APPROVE, by=SECOND, at=NOW).state == "approved"


def test_many_at_once_are_each_a_step_and_an_entry_and_the_others_say_why() -> None:
    season = a_season()
    people = students(*(f"2020{n:04}" for n in range(30)))
    cases = [at_college(one.student_no, state=State.AT_COLLEGE) for one in people]
    act_on(cases[0].pk, Event.RETURN, by=OFFICER, at=NOW, reason="缺签字")
    with CaptureQueriesContext(connection) as few:
        done = act_on_many([case.pk for case in cases[:10]], Event.APPROVE, by=OFFICER, at=NOW)
    with CaptureQueriesContext(connection) as more:
        act_on_many([case.pk for case in cases[10:]], Event.APPROVE, by=OFFICER, at=NOW)
    assert len(few) == len(more)
    assert done.moved == tuple(sorted(case.pk for case in cases[1:10]))
    assert [(pk, [one.code for one in reasons]) for pk, reasons in done.refused] == [
        (cases[0].pk, ["not_possible_now"])
    ]
    entries = Entry.objects.exclude(action="tell")
    assert (Step.objects.count(), entries.count(), list(breaks())) == (30, 30, [])
    assert Case.objects.filter(state=State.APPROVED, steps=1).count() == 29
    back = act_on_many(done.moved, Event.TAKE_BACK, by=OFFICER, at=NOW, reason="撤销成批同意")
    assert back.moved == done.moved
    assert queue_counts(OFFICER, season.pk) == {
        (Kind.DEFERRAL, State.APPROVED, ""): 20,
        (Kind.DEFERRAL, State.AT_COLLEGE, ""): 9,
        (Kind.DEFERRAL, State.RETURNED, ""): 1,
    }


def test_the_system_settles_what_silence_decides_only_after_the_moment() -> None:
    season = a_season()
    people = students("20200001", "20200002")
    assert open_many(season.pk, Kind.SIGN_OFF, [one.pk for one in people], at=NOW) == 2
    assert open_many(season.pk, Kind.SIGN_OFF, [one.pk for one in people], at=NOW) == 0
    ids = queue_ids(OFFICER, season.pk)
    early = act_on_many(ids, Event.SETTLE, by=SYSTEM, at=CLOSES - timedelta(minutes=1))
    assert [reasons[0].code for _, reasons in early.refused] == ["too_early", "too_early"]
    assert act_on_many(ids, Event.SETTLE, by=SYSTEM, at=CLOSES).moved == ids
    assert act_on_many(ids, Event.SETTLE, by=SYSTEM, at=CLOSES).moved == ()
    assert set(Case.objects.values_list("state", flat=True)) == {"deemed"}


def test_a_decided_objection_is_over_and_a_new_one_is_a_new_case() -> None:
    season, (student,) = a_season(), students("20200001")

    def object_to(about: str) -> Case:
        return act(
            season_id=season.pk, student_no="20200001", kind=Kind.OBJECTION, event=Event.SUBMIT, about=about,
            by=self_of(student), at=NOW, holds=(Guard.FORM_COMPLETE,), form={"text": "成绩有误"},
        )  # fmt: skip

    first = object_to("course:C1")
    assert codes(lambda: object_to("course:C1")) == ["not_possible_now"]
    assert object_to("course:C2").pk != first.pk
    act_on(first.pk, Event.REJECT, by=OFFICER, at=NOW, reason="已核对试卷")
    assert object_to("course:C1").pk != first.pk
    assert len(cases_of(self_of(student), season.pk, "20200001")) == 3


def test_a_queue_goes_by_who_has_waited_longest_and_leads_to_the_next() -> None:
    season = a_season()
    people = students("20200001", "20200002", "20200003")
    cases = [at_college(one.student_no) for one in people]
    for hours, case in zip((3, 1, 2), cases, strict=True):
        Case.objects.filter(pk=case.pk).update(changed_at=NOW + timedelta(hours=hours))
    chosen = QueueFilter(kinds=(Kind.DEFERRAL,), states=(State.AT_COLLEGE,))
    found = queue(OFFICER, season.pk, chosen, count=2)
    assert ([row.student_no for row in found.rows], found.total) == (["20200002", "20200003"], 3)
    assert next_in_queue(OFFICER, season.pk, chosen, cases[1].pk) == cases[2].pk
    assert next_in_queue(OFFICER, season.pk, chosen, cases[0].pk) == cases[1].pk
    assert next_in_queue(OFFICER, season.pk, QueueFilter(text="20200001"), cases[0].pk) is None
    view = case_of(teacher_of(people[0]), season.pk, "20200001", Kind.DEFERRAL)
    assert view is not None
    assert (view.may, view.closing) == ((), {Clock.WINDOW: CLOSES, Clock.PAPER: CLOSES})
