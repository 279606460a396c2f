"""到期结转: silence becomes what the notice says, once, with its proof; whoever was not told is not deemed to agree."""

from datetime import UTC, timedelta

import pytest
from pytest_django import Settings

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.audit.models.publication import PublishedConclusion
from biye.casework.actions.acting import act
from biye.casework.actions.lapsing import Lapsed, lapse_changed
from biye.casework.actions.settling import settle
from biye.casework.actions.telling import Note, tell
from biye.casework.core.lapse_words import SIGN_TITLE
from biye.casework.core.settling import due
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.models.message import Message
from biye.casework.models.settlement import Settlement
from biye.casework.queries.settlements import due_entries, settlements
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Refused
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.student import Student
from biye.seasons.core.folder import SHIPPED
from biye.seasons.queries.seasons import season_file
from tests.app.casework.school import CLOSES, NOW, OFFICER, self_of, teacher_of
from tests.pages.people import populate
from tests.pages.season import World, audited_season

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = CLOSES + timedelta(minutes=5)


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.SCHOOL_FOLDER = SHIPPED / "tju-online"
    return audited_season(populate())


def a_case(world: World, student_no: str, kind: Kind, state: State) -> Case:
    student = Student.objects.get(student_no=student_no)
    return Case.objects.create(
        season_id=world.season_id, student=student, kind=kind, state=state, opened_at=NOW, changed_at=NOW
    )


def states(kind: Kind) -> dict[str, str]:
    return dict(Case.objects.filter(kind=kind).values_list("student__student_no", "state"))


def test_what_a_moment_settles_is_said_by_the_calendar() -> None:
    online = season_file("2022-autumn")
    assert {name: [(one.kind, one.after) for one in due(online, name)] for name in online.calendar} == {
        "check": [],
        "sign_off": [(Kind.RECORD_CHECK, State.DEEMED), (Kind.SIGN_OFF, State.DEEMED)],
        "correction_paper": [(Kind.CORRECTION, State.VOID)],
        "chsi_check": [],
        "paper": [(Kind.COMPLETION, State.VOID), (Kind.DEFERRAL, State.VOID)],
        "photo": [],
        "notice": [],
    }


@pytest.mark.parametrize("early", [timedelta(seconds=1), timedelta(days=3)])
def test_nothing_is_settled_before_the_moment(world: World, early: timedelta) -> None:
    with pytest.raises(Refused) as refused:
        settle(world.season_id, "sign_off", by=SYSTEM, at=CLOSES - early)
    assert [reason.code for reason in refused.value.reasons] == ["deadline_to_come"]
    assert (Settlement.objects.count(), Case.objects.count()) == (0, 0)


def test_silence_is_deemed_with_its_proof_and_never_counts_against_who_acted(world: World) -> None:
    silent, signed, disputed = Student.objects.order_by("student_no")[:2], "20200001", "20200002"
    student = Student.objects.get(student_no=signed)
    act(
        season_id=world.season_id, student_no=signed, kind=Kind.SIGN_OFF, event=Event.SIGN,
        by=self_of(student), at=NOW, holds=(Guard.SHOWN_UNCHANGED,),
    )  # fmt: skip
    a_case(world, disputed, Kind.RECORD_CHECK, State.DISPUTED)
    tell(
        season_id=world.season_id,
        notes=[Note(silent[1].pk, "请签字确认", "", task="sign_off", deadline=CLOSES)],
        by=SYSTEM,
        at=NOW,
    )
    settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER)
    assert states(Kind.SIGN_OFF) == {"20200001": "signed", "20200002": "deemed"}
    assert states(Kind.RECORD_CHECK) == {"20200001": "deemed", "20200002": "disputed"}
    step = Step.objects.get(case__kind=Kind.SIGN_OFF, case__student__student_no="20200002")
    assert (step.event, step.actor_name, step.at) == ("settle", SYSTEM.name, AFTER)
    proof = step.detail
    assert (proof["entry"], proof["until"], proof["publication"], len(proof["published"])) == (
        "sign_off",
        CLOSES.astimezone(UTC).isoformat(),
        world.publication.number,
        64,
    )
    assert [(told["at"], told["seen"]) for told in proof["told"]] == [(NOW.astimezone(UTC).isoformat(), None)]
    assert list(breaks()) == []


def test_settling_twice_or_late_changes_nothing(world: World) -> None:
    first = settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER)
    before = (states(Kind.SIGN_OFF), states(Kind.RECORD_CHECK), Step.objects.count(), Entry.objects.count())
    again = settle(world.season_id, "sign_off", by=OFFICER.actor, at=AFTER + timedelta(days=9))
    assert (again.pk, again.counts, again.finished_at) == (first.pk, first.counts, AFTER)
    assert (states(Kind.SIGN_OFF), states(Kind.RECORD_CHECK), Step.objects.count(), Entry.objects.count()) == before


def test_after_a_crash_the_rest_is_settled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from biye.casework.actions import settling

    monkeypatch.setattr(settling, "MANY", 1)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER, progress=stop)
    half = Settlement.objects.get()
    assert (half.finished_at, sum(half.counts.values())) == (None, 1)
    heard: list[tuple[int, int]] = []
    whole = settle(
        world.season_id, "sign_off", by=SYSTEM, at=AFTER, progress=lambda done, total: heard.append((done, total))
    )
    assert whole.counts == {"record_check": 2, "sign_off": 2}
    assert heard[-1] == (len(heard), len(heard))
    assert set(states(Kind.SIGN_OFF).values()) | set(states(Kind.RECORD_CHECK).values()) == {"deemed"}


def test_an_application_without_its_paper_is_void_and_one_with_it_stays(world: World) -> None:
    a_case(world, "20200001", Kind.DEFERRAL, State.SUBMITTED)
    a_case(world, "20200002", Kind.DEFERRAL, State.PAPER_RECEIVED)
    settle(world.season_id, "paper", by=SYSTEM, at=AFTER)
    assert states(Kind.DEFERRAL) == {"20200001": "void", "20200002": "paper_received"}


def test_nobody_is_deemed_to_agree_to_what_was_not_published(world: World) -> None:
    world.publication.state = world.publication.State.WITHDRAWN
    world.publication.save()
    done = settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER)
    assert (done.counts, Case.objects.count()) == ({}, 0)


def test_silence_about_another_conclusion_lapses_and_the_student_is_told(world: World) -> None:
    settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER)
    assert lapse_changed(world.season_id, at=AFTER) == Lapsed(0, 0, 0)
    kept = PublishedConclusion.objects.filter(publication=world.publication, student__student_no="20200001")
    kept.update(fingerprint="0" * 64)
    assert lapse_changed(world.season_id, at=AFTER) == Lapsed(1, 0, 0)
    assert states(Kind.SIGN_OFF) == {"20200001": "lapsed", "20200002": "deemed"}
    assert Message.objects.get(student__student_no="20200001").title == SIGN_TITLE
    assert settle(world.season_id, "sign_off", by=SYSTEM, at=AFTER).counts == {"record_check": 2, "sign_off": 3}
    assert states(Kind.SIGN_OFF) == {"20200001": "deemed", "20200002": "deemed"}


def test_the_office_sees_what_is_due_and_nobody_else_does(world: World) -> None:
    student = Student.objects.get(student_no="20200001")
    rows = settlements(OFFICER, world.season_id, AFTER)
    assert [(row.entry, row.is_past, row.finished_at) for row in rows] == [
        ("correction_paper", True, None),
        ("paper", True, None),
        ("sign_off", True, None),
    ]
    assert settlements(teacher_of(student), world.season_id, AFTER) == ()
    assert settlements(Asker(9, "", Role.STUDENT, 9, student_id=student.pk), world.season_id, AFTER) == ()
    assert due_entries(world.season_id, CLOSES - timedelta(seconds=1)) == ()
    assert set(due_entries(world.season_id, CLOSES)) == {"correction_paper", "paper", "sign_off"}
