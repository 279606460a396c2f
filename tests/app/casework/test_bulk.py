"""成批办理: killed and begun again it goes on where it stopped; taken back, it touches nothing that moved since."""

import pytest

from biye.casework.actions import bulk
from biye.casework.actions.acting import act_on
from biye.casework.actions.bulk import begin_bulk, carry_out, undo_bulk
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, Step
from biye.foundation.errors import Refused
from biye.machinery.jobs.models.job import Job
from tests.app.casework.school import NOW, OFFICER, a_season, students, teacher_of

pytestmark = pytest.mark.django_db


class Killed(Exception):
    """The worker is gone."""


def on_the_desk(many: int) -> tuple[int, list[int]]:
    season, people = a_season(), students(*(f"2020{number:04}" for number in range(many)))
    cases = [
        Case.objects.create(
            season=season, student=one, kind=Kind.DEFERRAL, state=State.AT_COLLEGE, opened_at=NOW, changed_at=NOW
        )
        for one in people
    ]
    return season.pk, [case.pk for case in cases]


def test_killed_in_the_middle_and_begun_again_every_case_moves_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    monkeypatch.setattr(bulk, "CHUNK", 2)
    season_id, cases = on_the_desk(5)
    act = begin_bulk(season_id, cases, Event.APPROVE, by=OFFICER, at=NOW)
    assert (Job.objects.get().kind, Case.objects.filter(state=State.APPROVED).count()) == ("bulk_act", 0)

    def killed(done: int, total: int) -> None:
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        carry_out(act.pk, by=OFFICER, at=NOW, progress=killed)
    assert (BulkAct.objects.get().moved, BulkAct.objects.get().is_done) == (cases[:4], False)
    carry_out(act.pk, by=OFFICER, at=NOW)
    done = BulkAct.objects.get()
    assert (done.moved, done.refused, done.is_done) == (cases, [], True)
    assert Step.objects.count() == 5


def test_undoing_leaves_alone_what_somebody_has_touched_since() -> None:
    season_id, cases = on_the_desk(3)
    act = begin_bulk(season_id, cases, Event.APPROVE, by=OFFICER, at=NOW)
    act_on(cases[0], Event.TAKE_BACK, by=OFFICER, at=NOW, reason="再看")
    act_on(cases[0], Event.APPROVE, by=OFFICER, at=NOW)
    assert undo_bulk(act.pk, reason="批错了", by=OFFICER, at=NOW).undone == cases[1:]
    assert dict(Case.objects.values_list("pk", "state")) == {
        cases[0]: "approved", cases[1]: "at_college", cases[2]: "at_college"
    }  # fmt: skip


def test_what_cannot_be_undone_and_what_is_nobodys_says_so() -> None:
    season_id, cases = on_the_desk(1)
    with pytest.raises(Refused) as nothing:
        begin_bulk(season_id, [], Event.APPROVE, by=OFFICER, at=NOW)
    act = begin_bulk(season_id, cases, Event.RETURN, by=OFFICER, at=NOW, reason="缺签字")
    with pytest.raises(Refused) as final:
        undo_bulk(act.pk, reason="退错了", by=OFFICER, at=NOW)
    with pytest.raises(Refused) as silent:
        undo_bulk(act.pk, reason=" ", by=OFFICER, at=NOW)
    codes = [one.value.reasons[0].code for one in (nothing, final, silent)]
    assert codes == ["nothing_chosen", "not_undoable", "reason_given"]
    far = teacher_of(students("20209999", centre="河西")[0])
    theirs = begin_bulk(season_id, cases, Event.FORWARD, by=far, at=NOW)
    assert (theirs.moved, theirs.refused) == ([], [[cases[0], ["no_such_case"]]])
