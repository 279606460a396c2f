"""从照片到审查: what is found and decided on a photo, and what CHSI answers, is what the next audit says; CHSI's word wins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.conf import LazySettings

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.run import Outcome, Rules, Run
from biye.audit.queries.rules import read_rules
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.foundation.terms import term
from biye.foundation.verdicts import Verdict
from biye.photos.actions import handling
from biye.photos.actions.deciding import decide_photo, withdraw_decision
from biye.photos.actions.restoring import restore_photo
from biye.photos.actions.uploading import standardise_photo, upload_photo
from biye.photos.core.states import State
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import questions_of
from biye.photos.queries.student_photos import photos_of
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from biye.seasons.core.folder import SHIPPED
from biye.seasons.models.season import Season
from biye.seasons.queries.imports import sheet_settings
from tests import photo_files
from tests.workbooks import text_file

SCHOOL, STEM = "cslg-adult", "2021-summer"
AT = moment("2021-06-01 09:00")
GOOD = photo_files.good(0)
RED = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)


@dataclass(slots=True)
class Office:
    """One school, one student, and a clock that goes on with everything that is done."""

    teacher: Asker
    rules: Rules
    at: datetime = AT
    run: Run | None = None

    def tick(self) -> datetime:
        self.at += timedelta(minutes=15)
        return self.at

    def upload(self, data: bytes) -> Photo:
        details = {"purpose": Photo.Purpose.GRADUATION, "name": photo_files.NAME, "stem": STEM}
        return upload_photo("S1", data=data, by=self.teacher, at=self.tick(), **details)

    def decide(self, photo: Photo, *wrong: str) -> None:
        answers = {asked.name: asked.name not in wrong for asked in questions_of(photo)}
        decide_photo(photo.pk, answers=answers, sha256=photo.sha256, reason="看过", by=self.teacher, at=self.tick())

    def bring_in(self, at_chsi: str, comparison: str) -> int:
        """CHSI's list, by way of the general import."""
        rows = (("学号", "姓名", "学信网是否有毕业照", "图像比对"), ("S1", "林晓", at_chsi, comparison))
        files = [("学信网照片.csv", text_file(rows))]
        batch = receive_import(files=files, choices={}, by=SYSTEM, at=self.tick())
        settings = sheet_settings()
        preview_import(batch.pk, settings=settings, by=SYSTEM, at=self.tick())
        accept_import(batch.pk, settings=settings, include_asked=True, by=SYSTEM, at=self.tick())
        return batch.pk

    def audit(self) -> dict[str, Verdict]:
        """The next audit, of whoever changed since the one before."""
        at = self.tick()
        self.run = run_audit(self.rules.pk, by=SYSTEM, at=at, now=at, base_id=self.run.pk if self.run else None)
        outcome = Outcome.objects.get(run=self.run)
        bits = {Verdict.NOT_MET: outcome.not_met, Verdict.UNKNOWN: outcome.unknown}
        rules = [rule.id for rule in read_rules(self.rules).programme.rules]
        return {
            name: next((one for one, bit in bits.items() if bit >> rules.index(name) & 1), Verdict.MET)
            for name in ("photo_specification", "photo_submitted")
        }

    def specification(self) -> Verdict:
        return self.audit()["photo_specification"]

    def state(self) -> State:
        found = photos_of(self.teacher, "S1")
        assert found is not None
        return found.state


@pytest.fixture
def office(transactional_db: None, settings: LazySettings) -> Office:
    settings.SCHOOL_FOLDER = SHIPPED / SCHOOL
    user = User.objects.create(username="wang", name="王老师")
    seat = Seat.objects.create(user=user, role=Role.COLLEGE)
    known = {"level": "专升本", "mode": "函授", "entry": term("2019春"), "status": "在籍"}
    Student.objects.create(student_no="S1", name="林晓", identity_number=photo_files.NUMBER, **known)
    season = Season.objects.create(stem=STEM, label="2021年夏季", term=4042, opened_at=AT)
    rules = adopt_rules(season.pk, SHIPPED / SCHOOL, by=SYSTEM, at=AT)
    return Office(Asker(user.pk, "王老师", Role.COLLEGE, seat.pk), rules)


def test_every_step_of_a_photo_is_what_the_next_audit_says(office: Office) -> None:
    assert office.specification() is Verdict.UNKNOWN
    bad = office.upload(RED)
    assert office.specification() is Verdict.NOT_MET
    made = standardise_photo(bad.pk, by=office.teacher, at=office.tick())
    assert office.specification() is Verdict.UNKNOWN
    office.decide(made)
    assert office.specification() is Verdict.MET
    withdraw_decision(made.pk, reason="看错", by=office.teacher, at=office.tick())
    assert office.specification() is Verdict.UNKNOWN
    office.decide(made, "jewellery")
    assert office.specification() is Verdict.NOT_MET
    office.decide(made)
    assert office.specification() is Verdict.MET
    restore_photo(bad.pk, reason="用原片", by=office.teacher, at=office.tick())
    assert office.specification() is Verdict.NOT_MET


def test_an_audit_of_those_who_changed_looks_at_the_student_of_a_decision(office: Office) -> None:
    photo = office.upload(GOOD)
    office.audit()
    office.audit()
    assert office.run is not None
    assert office.run.audited == 0
    office.decide(photo)
    office.audit()
    assert office.run.audited == 1


def test_chsi_s_list_comes_by_the_import_and_leaves_what_the_desk_decided(office: Office) -> None:
    office.decide(office.upload(GOOD))
    office.bring_in("否", "")
    assert office.audit() == {"photo_specification": Verdict.MET, "photo_submitted": Verdict.NOT_MET}
    office.bring_in("是", "通过")
    assert office.audit() == {"photo_specification": Verdict.MET, "photo_submitted": Verdict.MET}
    assert office.state() is State.CONSISTENT


def test_a_decision_after_chsi_s_list_leaves_the_list_s_answer(office: Office) -> None:
    office.bring_in("是", "不通过")
    office.decide(office.upload(GOOD))
    row = ChsiPhoto.objects.get()
    assert (row.at_chsi, row.comparison, row.specification) == (True, "不通过", Verdict.MET)


def test_chsi_s_word_wins_over_everything_known_here(office: Office) -> None:
    office.decide(office.upload(RED), "background_colour")
    office.bring_in("是", "通过")
    assert office.state() is State.CONSISTENT
    office.bring_in("是", "不通过")
    assert office.state() is State.INCONSISTENT
    handling.open_review("S1", reason="户口簿", by=office.teacher, at=office.tick())
    handling.close_review("S1", is_passed=True, reason="同意备案", by=office.teacher, at=office.tick())
    assert office.state() is State.REVIEWED
    office.bring_in("是", "通过")
    assert office.state() is State.CONSISTENT


@pytest.mark.parametrize("decided_before", [True, False])
def test_taking_an_import_back_leaves_what_the_desk_decided(office: Office, *, decided_before: bool) -> None:
    photo = office.upload(GOOD)
    decide = partial(office.decide, photo)
    if decided_before:
        decide()
    batch = office.bring_in("是", "通过")
    if not decided_before:
        decide()
    undo_import(batch, reason="导错了", by=SYSTEM, at=office.tick())
    row = ChsiPhoto.objects.get()
    assert (row.at_chsi, row.comparison, row.specification) == (None, "", Verdict.MET)
    assert office.specification() is Verdict.MET
