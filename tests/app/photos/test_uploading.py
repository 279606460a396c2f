"""上传、制作、审看照片: who may, what is kept, what the audit is told, and what is written down."""

import io
import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from PIL import Image

from biye.accounts.core.asker import Asker
from biye.foundation.codes import Part
from biye.foundation.errors import Refused
from biye.foundation.verdicts import Verdict
from biye.machinery.ledger.chain import breaks
from biye.machinery.ledger.models.entry import Entry
from biye.photos.actions.deciding import decide_photo, withdraw_decision
from biye.photos.actions.keeping import kept
from biye.photos.actions.restoring import restore_photo
from biye.photos.actions.uploading import standardise_photo, upload_photo
from biye.photos.core import carriers
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import questions_of
from biye.records.models.facts import ChsiPhoto, FactChange
from biye.records.models.student import Student
from tests import photo_files
from tests.app.photos.people import AT, LATER, STEM, World, populate

pytestmark = pytest.mark.django_db

GOOD = photo_files.good(0)
BAD = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)


@pytest.fixture
def world(db: None) -> World:
    return populate()


def upload(world: World, data: bytes = GOOD, *, by: Asker | None = None, student_no: str = "S1", **more: str) -> Photo:
    details = {"purpose": Photo.Purpose.GRADUATION, "name": photo_files.NAME, "stem": STEM} | more
    return upload_photo(student_no, data=data, by=by or world.centre, at=AT, **details)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def specification_fact(student_no: str = "S1") -> int:
    return ChsiPhoto.objects.get(student__student_no=student_no).specification


def accepting(photo: Photo) -> dict[str, bool]:
    return {asked.name: True for asked in questions_of(photo)}


def test_a_photo_is_kept_as_it_came_and_shown_drawn_anew(world: World) -> None:
    script = b"<script>alert(1)</script>"
    data = GOOD[:2] + b"\xff\xfe" + (len(script) + 2).to_bytes(2, "big") + script + GOOD[2:]
    photo = upload(world, data)
    assert kept(photo.source) == data
    shown = kept(photo.picture)
    assert script not in shown
    assert Image.open(io.BytesIO(shown)).size == (480, 640)
    assert photo.sha256 in photo.source.name
    assert (photo.answer, photo.uploaded_by_name, photo.is_current) == ("pass", "河东老师", True)


def test_a_passing_photo_waits_for_a_person_and_a_failing_one_does_not(world: World) -> None:
    upload(world)
    assert specification_fact() == Verdict.UNKNOWN
    upload(world, BAD)
    assert specification_fact() == Verdict.NOT_MET
    upload(world)
    assert specification_fact() == Verdict.UNKNOWN


def test_the_audit_looks_at_a_student_only_when_the_finding_changed(world: World) -> None:
    upload(world)
    upload(world)
    assert FactChange.objects.filter(student__student_no="S1").count() == 1
    upload(world, BAD)
    assert FactChange.objects.filter(student__student_no="S1").count() == 2


def test_a_finding_leaves_chsi_s_answer_as_it_was(world: World) -> None:
    ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="比对通过")
    upload(world, BAD)
    row = ChsiPhoto.objects.get(student=world.students["S1"])
    assert (row.at_chsi, row.comparison, row.specification) == (True, "比对通过", Verdict.NOT_MET)


@pytest.mark.parametrize(("covered", "at_chsi"), [(0, None), (1 << Part.PHOTOS, False)])
def test_a_first_finding_keeps_what_no_row_meant(world: World, covered: int, at_chsi: bool | None) -> None:
    Student.objects.filter(student_no="S1").update(covered=covered)
    upload(world)
    assert ChsiPhoto.objects.get(student=world.students["S1"]).at_chsi is at_chsi


def test_a_new_photo_takes_the_place_of_the_old_one_which_stays(world: World) -> None:
    first, second = upload(world), upload(world, BAD)
    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)
    assert kept(first.source) == GOOD


def test_likeness_to_the_enrolment_photo_is_noted_with_the_model(world: World) -> None:
    upload(world, purpose=Photo.Purpose.ENROLMENT)
    photo = upload(world, BAD)
    assert photo.likeness is not None
    assert photo.likeness > 900
    assert photo.likeness_model == carriers.LIKENESS.sha256


def test_a_file_named_after_somebody_else_fails_by_name(world: World) -> None:
    photo = upload(world, name="440524188001010014.JPG")
    found = {finding["check"]: finding["reason"] for finding in photo.findings}
    assert found["file_name"] == "nobody"


@pytest.mark.parametrize(
    ("who", "student_no", "code"),
    [
        ("student", "S1", "no_permission"),
        ("other_centre", "S1", "no_such_student"),
        ("centre", "S3", "no_such_student"),
        ("college", "S9", "no_such_student"),
    ],
)
def test_nobody_uploads_beyond_their_own_students(world: World, who: str, student_no: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        upload(world, by=getattr(world, who), student_no=student_no)
    assert codes(refused) == [code]
    assert not Photo.objects.exists()


def test_a_file_that_is_no_photo_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(Refused) as refused:
        upload(world, b"GIF89a")
    assert codes(refused) == ["not_a_photo"]
    assert not Photo.objects.exists()
    assert not Entry.objects.exists()


def test_without_model_files_the_photo_is_kept_and_left_open(
    world: World, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PHOTO_MODELS = Path(shutil.copytree(carriers.usual_folder(), tmp_path / "models"))
    (settings.PHOTO_MODELS / carriers.PERSON.name).write_bytes(b"altered")
    photo = upload(world)
    assert photo.answer == "review"
    assert {finding["reason"] for finding in photo.findings} >= {"no_models", "within", "by_person"}
    assert specification_fact() == Verdict.UNKNOWN
    with pytest.raises(Refused) as refused:
        standardise_photo(photo.pk, by=world.centre, at=AT)
    assert codes(refused) == ["model_altered"]


def test_a_standard_photo_is_made_beside_the_original_and_told_step_by_step(world: World) -> None:
    source = upload(world, BAD)
    made = standardise_photo(source.pk, by=world.centre, at=LATER)
    source.refresh_from_db()
    assert (made.made_from_id, made.answer, made.is_current, source.is_current) == (source.pk, "pass", True, False)
    assert [code for code, _ in made.operations][-3:] == ["background", "encoded", "stripped"]
    assert made.sha256 != source.sha256
    assert specification_fact() == Verdict.UNKNOWN
    entry = Entry.objects.get(action="photo.standardised")
    assert entry.before == {"sha256": source.sha256}
    assert entry.after["operations"] == made.operations


def test_a_picture_that_cannot_be_mended_stays_as_it_is(world: World) -> None:
    source = upload(world, photo_files.altered(photo_files.moved(0, -100))(0))
    with pytest.raises(Refused) as refused:
        standardise_photo(source.pk, by=world.centre, at=LATER)
    assert codes(refused) == ["head_cut"]
    assert Photo.objects.count() == 1


def test_another_centre_s_photo_is_not_there(world: World) -> None:
    photo = upload(world)
    with pytest.raises(Refused) as making:
        standardise_photo(photo.pk, by=world.other_centre, at=LATER)
    with pytest.raises(Refused) as deciding:
        decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.other_centre, at=LATER)
    assert [codes(making), codes(deciding)] == [["no_such_photo"], ["no_such_photo"]]


def test_a_person_accepts_and_the_audit_is_told(world: World) -> None:
    photo = upload(world)
    decision = decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.centre, at=LATER)
    assert (decision.is_accepted, decision.sha256, decision.decided_by_name) == (True, photo.sha256, "河东老师")
    assert specification_fact() == Verdict.MET
    withdraw_decision(photo.pk, reason="看错了人", by=world.centre, at=LATER)
    assert specification_fact() == Verdict.UNKNOWN


def test_one_no_refuses_and_a_later_decision_stands_in_its_place(world: World) -> None:
    photo = upload(world)
    answers = accepting(photo) | {"jewellery": False}
    decide_photo(photo.pk, answers=answers, sha256=photo.sha256, by=world.centre, at=AT)
    assert specification_fact() == Verdict.NOT_MET
    decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.college, at=LATER)
    assert specification_fact() == Verdict.MET
    assert PhotoDecision.objects.filter(is_standing=True).count() == 1


def test_a_decision_is_refused_with_every_reason_at_once(world: World) -> None:
    photo = upload(world, BAD)
    with pytest.raises(Refused) as refused:
        decide_photo(photo.pk, answers={"unheard_of": True}, sha256="0" * 64, by=world.centre, at=LATER)
    assert codes(refused) == ["photo_replaced", "question_unanswered", "no_such_question", "reason_missing"]


def test_a_decision_on_a_photo_replaced_meanwhile_is_refused(world: World) -> None:
    seen = upload(world)
    upload(world, BAD)
    with pytest.raises(Refused) as refused:
        decide_photo(seen.pk, answers=accepting(seen), sha256=seen.sha256, by=world.centre, at=LATER)
    assert codes(refused) == ["photo_replaced"]


def test_what_was_measured_as_failed_is_accepted_only_with_a_reason(world: World) -> None:
    photo = upload(world, BAD)
    decide_photo(
        photo.pk, answers=accepting(photo), sha256=photo.sha256, reason="红底经省厅同意", by=world.college, at=LATER
    )
    assert specification_fact() == Verdict.MET


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [("student", "r", "no_permission"), ("centre", " ", "reason_missing"), ("other_centre", "r", "no_such_decision")],
)
def test_a_decision_is_not_withdrawn_by_anyone(world: World, who: str, reason: str, code: str) -> None:
    photo = upload(world)
    decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.centre, at=AT)
    with pytest.raises(Refused) as refused:
        withdraw_decision(photo.pk, reason=reason, by=getattr(world, who), at=LATER)
    assert codes(refused) == [code]


def test_a_student_decides_nothing(world: World) -> None:
    photo = upload(world)
    with pytest.raises(Refused) as refused:
        decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.student, at=LATER)
    assert codes(refused) == ["no_permission"]


def test_every_change_is_in_the_ledger_whose_chain_holds(world: World) -> None:
    photo = upload(world)
    decide_photo(photo.pk, answers=accepting(photo), sha256=photo.sha256, by=world.centre, at=LATER)
    withdraw_decision(photo.pk, reason="复看", by=world.college, at=LATER)
    told = list(Entry.objects.order_by("id").values_list("action", "subject"))
    assert told == [
        ("photo.uploaded", "student:S1"),
        ("photo.decided", "student:S1"),
        ("photo.decision_withdrawn", "student:S1"),
    ]
    assert list(breaks()) == []


def test_the_same_bytes_are_stored_once(world: World) -> None:
    first = upload(world)
    second = upload(world, by=world.other_centre, student_no="S3")
    assert first.source.name == second.source.name
    assert default_storage.exists(first.source.name)


def test_an_earlier_photo_takes_its_place_again_with_what_was_decided_on_it(world: World) -> None:
    first = upload(world)
    decide_photo(first.pk, answers=accepting(first), sha256=first.sha256, by=world.centre, at=AT)
    upload(world, BAD)
    assert specification_fact() == Verdict.NOT_MET
    restore_photo(first.pk, reason="传错了", by=world.centre, at=LATER)
    first.refresh_from_db()
    assert (first.is_current, specification_fact()) == (True, Verdict.MET)
    assert Photo.objects.filter(is_current=True).count() == 1
    assert Entry.objects.latest("id").action == "photo.restored"


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("student", "r", "no_permission"),
        ("centre", " ", "reason_missing"),
        ("other_centre", "r", "no_such_photo"),
        ("centre", "r", "is_current_photo"),
    ],
)
def test_a_photo_is_not_restored_by_anyone_nor_for_nothing(world: World, who: str, reason: str, code: str) -> None:
    photo = upload(world)
    with pytest.raises(Refused) as refused:
        restore_photo(photo.pk, reason=reason, by=getattr(world, who), at=LATER)
    assert codes(refused) == [code]
