"""照片工作台、成批上传、全体比对、办理: each within its own students, and true to what was found."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from biye.accounts.core.asker import Asker
from biye.foundation.errors import Refused
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.queue import perform
from biye.machinery.ledger.models.entry import Entry
from biye.photos.actions import handling
from biye.photos.actions.deciding import decide_photo
from biye.photos.actions.receiving import MOST_ARCHIVE_BYTES, receive_photos, take_in
from biye.photos.actions.uploading import upload_photo
from biye.photos.core.answers import Answer
from biye.photos.core.states import Review, State
from biye.photos.exports import retake_page
from biye.photos.models.photo import Photo
from biye.photos.queries.cohorts import suspicions
from biye.photos.queries.desk import Queue, desk_photo, how_many_wait, next_waiting, previous_waiting
from biye.photos.queries.retakes import retakes
from biye.photos.queries.specifications import specification_of, stems
from biye.photos.queries.student_photos import photos_of, picture_of
from biye.photos.queries.trying import try_making, try_photo
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests import photo_files
from tests.app.photos.people import AT, LATER, NUMBERS, STEM, World, populate

GOOD, OTHER = photo_files.good(0), photo_files.good(4)
BAD = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)
GRADUATION, ENROLMENT = Photo.Purpose.GRADUATION, Photo.Purpose.ENROLMENT


@pytest.fixture
def world(db: None) -> World:
    return populate()


def upload(world: World, student_no: str, data: bytes = GOOD, purpose: str = GRADUATION) -> Photo:
    name = f"{world.students[student_no].identity_number}.JPG"
    return upload_photo(student_no, purpose=purpose, name=name, data=data, stem=STEM, by=world.college, at=AT)


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return buffer.getvalue()


class TestDesk:
    def test_what_waits_is_shown_to_those_who_may_decide_it(self, world: World) -> None:
        first, second = upload(world, "S2"), upload(world, "S3", BAD)
        assert how_many_wait(world.college) == 2
        assert next_waiting(world.college) == first.pk
        assert next_waiting(world.college, after=first.pk) == second.pk
        assert next_waiting(world.college, after=second.pk) == first.pk
        assert next_waiting(world.college, Queue(answer="fail")) == second.pk
        assert next_waiting(world.college, Queue(centre_id=world.students["S3"].centre_id)) == second.pk
        assert previous_waiting(world.college, Queue(), second.pk) == first.pk
        assert previous_waiting(world.college, Queue(), first.pk) is None
        assert (how_many_wait(world.centre), how_many_wait(world.student)) == (1, 0)

    def test_what_is_decided_waits_no_more(self, world: World) -> None:
        photo = upload(world, "S2")
        answers = dict.fromkeys(specification_of(STEM).questions, True)
        decide_photo(photo.pk, answers=answers, sha256=photo.sha256, by=world.centre, at=LATER)
        assert next_waiting(world.college) is None
        found = desk_photo(world.college, photo.pk)
        assert found is not None
        assert found.standing is not None
        assert (found.standing.by, found.standing.sha256, found.standing.wrong) == ("河东老师", photo.sha256, ())

    def test_the_desk_asks_the_fixed_questions_first_then_what_is_open(self, world: World) -> None:
        photo = upload(world, "S3", BAD)
        found = desk_photo(world.college, photo.pk)
        assert found is not None
        fixed = list(specification_of(STEM).questions)
        names = [asked.name for asked in found.questions]
        assert names[: len(fixed)] == fixed
        assert (names[len(fixed)], found.questions[len(fixed)].is_failed) == ("background_colour", True)
        assert "RGB(220，40，41)" in found.questions[len(fixed)].sentence
        assert found.needs_reason
        assert [strip.name for strip in found.strips] == ["eyes", "ears", "neck"]
        assert (found.remarks[0].check, found.remarks[-1].answer) == ("background_colour", Answer.PASS)
        assert desk_photo(world.centre, photo.pk) is None
        assert desk_photo(world.student, photo.pk) is None

    def test_whether_it_is_one_person_is_asked_where_there_are_two_photos(self, world: World) -> None:
        photo = upload(world, "S2")
        upload(world, "S2", purpose=ENROLMENT)
        found = desk_photo(world.college, photo.pk)
        assert found is not None
        assert "same_person" in {asked.name for asked in found.questions}
        assert found.photos.advice is not None

    def test_a_no_to_what_was_measured_is_said_in_words(self, world: World) -> None:
        photo = upload(world, "S3", BAD)
        found = desk_photo(world.college, photo.pk)
        assert found is not None
        answers = {asked.name: not asked.is_failed for asked in found.questions}
        decide_photo(photo.pk, answers=answers, sha256=photo.sha256, by=world.college, at=LATER)
        found = desk_photo(world.college, photo.pk)
        assert found is not None
        assert found.standing is not None
        assert (found.standing.is_accepted, found.standing.wrong) == (False, ("背景颜色",))
        (retake,) = [one for one in retakes(world.college) if one.student_no == "S3"]
        assert retake.reasons == ("不符合：背景颜色",)

    def test_the_retake_list_says_who_and_why(self, world: World) -> None:
        ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="学信照片不通过")
        ChsiPhoto.objects.create(student=world.students["S4"], at_chsi=True, comparison="通过")
        upload(world, "S2")
        upload(world, "S3", BAD)
        listed = {one.student_no: one for one in retakes(world.college)}
        assert set(listed) == {"S1", "S3"}
        assert listed["S1"].reasons == ("比对不通过",)
        assert listed["S3"].reasons[0].startswith("背景约为 RGB(220，40，41)")
        assert [one.student_no for one in retakes(world.centre)] == ["S1"]
        assert [one.student_no for one in retakes(world.college, centre_id=world.students["S3"].centre_id)] == ["S3"]
        only = Student.objects.filter(student_no="S3").values("pk")
        assert [one.student_no for one in retakes(world.college, among=only)] == ["S3"]
        assert retakes(world.student) == []
        page = retake_page(world.other_centre, AT)
        assert [row[1] for row in page.rows] == ["S3"]
        assert [row[-1] for row in page.rows] == ["河西老师 2022-06-01 09:00"]

    def test_the_retake_list_takes_as_many_queries_for_many(
        self, world: World, django_assert_num_queries: object
    ) -> None:
        retakes(world.college)
        Student.objects.bulk_create(Student(student_no=f"T{n}", name="学生") for n in range(200))
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert len(retakes(world.college)) == 204


class TestStudentPhotos:
    def test_both_photos_stand_side_by_side(self, world: World) -> None:
        upload(world, "S1", purpose=ENROLMENT)
        upload(world, "S1", BAD)
        found = photos_of(world.student, "S1")
        assert found is not None
        assert found.enrolment is not None
        assert found.graduation is not None
        assert found.graduation.answer == "fail"
        assert found.advice is not None
        assert (found.advice.chinese, found.state) == ("像同一人", State.UNKNOWN)
        assert {remark.check for remark in found.graduation.remarks} == {
            *specification_of(STEM).limits,
            *specification_of(STEM).questions,
        }

    def test_chsi_s_answer_is_shown_whatever_our_own_says(self, world: World) -> None:
        ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="学信照片不通过")
        found = photos_of(world.centre, "S1")
        assert found is not None
        assert (found.state, found.comparison) == (State.INCONSISTENT, "学信照片不通过")

    @pytest.mark.parametrize("who", ["other_student", "other_centre"])
    def test_nobody_sees_beyond_their_own(self, world: World, who: str) -> None:
        photo = upload(world, "S1")
        assert picture_of(world.student, photo.pk) == photo
        assert photos_of(getattr(world, who), "S1") is None
        assert picture_of(getattr(world, who), photo.pk) is None


class TestTrying:
    def test_a_picture_is_tried_and_nothing_is_kept(self, world: World) -> None:
        tried = try_photo(world.student, BAD, "IMG_1.jpg", STEM)
        assert tried is not None
        assert tried.answer is Answer.FAIL
        assert "file_name" not in {remark.check for remark in tried.remarks}
        assert (tried.missing, tried.refused, tried.unframed) == ((), (), ())
        assert not Photo.objects.exists()
        assert not Entry.objects.exists()

    def test_a_standard_photo_may_be_taken_away(self, world: World) -> None:
        made = try_making(world.student, BAD, "IMG_1.jpg", STEM)
        assert made is not None
        assert made.made.examination.finding("background_colour").answer is Answer.PASS
        assert not Photo.objects.exists()

    def test_specifications_of_the_school_are_known(self) -> None:
        assert stems() == ["2022-autumn"]


class TestReceiving:
    def test_an_archive_is_taken_in_by_identity_number(self, world: World) -> None:
        content = archive(
            **{
                f"photos/{NUMBERS[1]}.JPG": GOOD,
                f"photos/{NUMBERS[2].lower()}.jpg": OTHER,
                "photos/张三.JPG": GOOD,
                "photos/notes.txt": b"x",
                "__MACOSX/._x": b"x",
                f"again/{NUMBERS[0]}.JPG": GOOD,
            }
        )
        received = list(take_in(content, purpose=GRADUATION, stem=STEM, by=world.college, at=AT))
        became = {one.shown: (one.student_no, [reason.code for reason in one.reasons]) for one in received}
        assert became["440***********0014.jpg"] == ("S2", [])
        assert became["340***********001X.jpg"] == ("S3", [])
        assert became["110***********002X.jpg"] == ("S1、S4", ["several_records"])
        assert sum(one.reasons != () and one.reasons[0].code == "nobody" for one in received) == 2
        assert len(received) == 5

    @pytest.mark.parametrize(
        ("kept", "name"),
        [
            (NUMBERS[2], f"{NUMBERS[2]}.JPG"),
            (NUMBERS[2], "340524800101001.JPG"),
            (NUMBERS[2], "３４０５２４１９８００１０１００１ｘ .jpg"),
            ("军1234567号", "军1234567号.JPG"),
            ("军1234567号", "军字第1234567号.JPG"),
        ],
    )
    def test_every_way_of_writing_a_number_finds_its_student(self, world: World, kept: str, name: str) -> None:
        Student.objects.filter(student_no="S3").update(identity_number=kept)
        (one,) = take_in(archive(**{name: GOOD}), purpose=ENROLMENT, stem=STEM, by=world.college, at=AT)
        assert (one.student_no, one.reasons) == ("S3", ())

    def test_two_files_of_one_number_are_both_left(self, world: World) -> None:
        content = archive(**{f"a/{NUMBERS[1]}.JPG": GOOD, f"b/{NUMBERS[1]}.JPG": OTHER})
        received = list(take_in(content, purpose=GRADUATION, stem=STEM, by=world.college, at=AT))
        assert [one.reasons[0].code for one in received] == ["several_files", "several_files"]

    def test_others_students_are_nobody(self, world: World) -> None:
        content = archive(**{f"{NUMBERS[2]}.JPG": GOOD})
        (one,) = take_in(content, purpose=GRADUATION, stem=STEM, by=world.centre, at=AT)
        assert [reason.code for reason in one.reasons] == ["nobody"]

    def test_beginning_again_doubles_nothing(self, world: World) -> None:
        content = archive(**{f"{NUMBERS[1]}.JPG": GOOD, f"{NUMBERS[2]}.JPG": OTHER})
        begun = take_in(content, purpose=GRADUATION, stem=STEM, by=world.college, at=AT)
        next(begun)
        begun.close()
        list(take_in(content, purpose=GRADUATION, stem=STEM, by=world.college, at=LATER))
        assert Photo.objects.count() == 2

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"not a zip", "archive_broken"),
            (archive(), "no_photos_inside"),
            (archive(**{"__MACOSX/._x": b""}), "no_photos_inside"),
        ],
    )
    def test_what_is_no_archive_of_photos_is_refused(self, world: World, content: bytes, code: str) -> None:
        with pytest.raises(Refused) as refused:
            receive_photos(content, purpose=GRADUATION, stem=STEM, by=world.centre, at=AT)
        assert [reason.code for reason in refused.value.reasons] == [code]
        assert not Job.objects.exists()

    def test_an_archive_that_unfolds_too_far_is_refused(self, world: World) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("x.JPG", bytes(40_000_000))
        with pytest.raises(Refused) as refused:
            receive_photos(buffer.getvalue(), purpose=GRADUATION, stem=STEM, by=world.centre, at=AT)
        assert [reason.code for reason in refused.value.reasons] == ["archive_broken"]

    def test_too_large_an_archive_is_not_opened(self, world: World) -> None:
        with pytest.raises(Refused) as refused:
            receive_photos(bytes(MOST_ARCHIVE_BYTES + 1), purpose=GRADUATION, stem=STEM, by=world.centre, at=AT)
        assert [reason.code for reason in refused.value.reasons] == ["archive_too_large"]

    def test_a_student_hands_in_no_archive(self, world: World) -> None:
        with pytest.raises(Refused) as refused:
            receive_photos(archive(a=GOOD), purpose=GRADUATION, stem=STEM, by=world.student, at=AT)
        assert [reason.code for reason in refused.value.reasons] == ["no_permission"]

    @pytest.mark.django_db(transaction=True)
    def test_the_job_leaves_a_report_and_no_archive(self) -> None:
        world = populate()
        content = archive(**{f"{NUMBERS[1]}.JPG": BAD, "nobody.JPG": GOOD})
        job = receive_photos(content, purpose=GRADUATION, stem=STEM, by=world.centre, at=AT)
        assert DBTaskResult.objects.count() == 1
        archive_name = job.arguments["archive"]
        perform.func(job.id)
        job.refresh_from_db()
        assert job.state == Job.State.DONE
        assert (job.result["taken"], job.result["left"], job.result["answers"]) == (1, 1, ["不合格", "未收"])
        assert job.result["centres"] == [["河东", [1, 0]], ["（没有对应的学生）", [0, 1]]]
        assert [row[0] for row in job.result["not_taken"]] == ["nobody.jpg"]
        with job.file.open() as stream:
            book = load_workbook(io.BytesIO(stream.read()))
        rows = {row[0]: row for row in book["照片"].iter_rows(min_row=2, values_only=True)}
        assert rows["440***********0014.jpg"][1:6] == ("S2", "周敏", "河东", "不合格", "背景颜色")
        assert rows["nobody.jpg"][4] == "未收"
        assert not default_storage.exists(archive_name)


class TestCohort:
    def test_one_file_under_two_people_is_found_and_two_records_of_one_are_not(self, world: World) -> None:
        for student_no in ("S1", "S4", "S2"):
            upload(world, student_no)
        upload(world, "S3", photo_files.encoded(photo_files.portrait().pixels[:, :240] // 255 * 255))
        found = suspicions(world.college, STEM)
        assert found is not None
        pairs = {(one.one, one.other): one.is_same_file for one in found.repeated}
        assert pairs == {("S1", "S2"): True, ("S2", "S4"): True}
        assert suspicions(world.centre, STEM) is None


class TestHandling:
    def test_a_paper_photo_is_received_then_confirmed(self, world: World) -> None:
        with pytest.raises(Refused) as early:
            handling.confirm_paper_photo("S1", by=world.centre, at=AT)
        assert [reason.code for reason in early.value.reasons] == ["not_received"]
        handling.receive_paper_photo("S1", by=world.centre, at=AT)
        row = handling.confirm_paper_photo("S1", by=world.centre, at=LATER)
        assert (row.paper_received_at, row.paper_received_by_name, row.paper_confirmed_at) == (AT, "河东老师", LATER)
        with pytest.raises(Refused) as twice:
            handling.receive_paper_photo("S1", by=world.centre, at=LATER)
        assert [reason.code for reason in twice.value.reasons] == ["already_received"]

    def test_a_review_is_opened_and_closed_with_reasons(self, world: World) -> None:
        ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="学信照片不通过")
        states = []
        for change in (
            lambda: handling.open_review("S1", reason="整容证明", by=world.centre, at=AT),
            lambda: handling.close_review("S1", is_passed=False, reason="材料不足", by=world.college, at=AT),
            lambda: handling.open_review("S1", reason="补交户口簿", by=world.centre, at=LATER),
            lambda: handling.close_review("S1", is_passed=True, reason="同意备案", by=world.college, at=LATER),
        ):
            change()
            found = photos_of(world.student, "S1")
            assert found is not None
            states.append(found.state)
        assert states == [State.IN_REVIEW, State.INCONSISTENT, State.IN_REVIEW, State.REVIEWED]
        told = Entry.objects.filter(action__startswith="photo.review").values_list("reason", flat=True)
        assert sorted(told) == sorted(["整容证明", "材料不足", "补交户口簿", "同意备案"])

    @pytest.mark.parametrize(("reason", "code"), [(" ", "reason_missing"), ("材料", "review_is_not_open")])
    def test_a_review_that_is_not_open_is_not_closed(self, world: World, reason: str, code: str) -> None:
        with pytest.raises(Refused) as refused:
            handling.close_review("S1", is_passed=True, reason=reason, by=world.college, at=AT)
        assert [one.code for one in refused.value.reasons] == [code]

    def test_a_review_is_not_opened_twice(self, world: World) -> None:
        handling.open_review("S1", reason="一", by=world.centre, at=AT)
        with pytest.raises(Refused) as refused:
            handling.open_review("S1", reason="二", by=world.centre, at=AT)
        assert [one.code for one in refused.value.reasons] == ["review_is_open"]

    @pytest.mark.parametrize(("who", "code"), [("student", "no_permission"), ("other_centre", "no_such_student")])
    def test_nobody_handles_beyond_their_own(self, world: World, who: str, code: str) -> None:
        asker: Asker = getattr(world, who)
        with pytest.raises(Refused) as refused:
            handling.start_capture("S1", by=asker, at=AT)
        assert [one.code for one in refused.value.reasons] == [code]
        assert Review.OPEN.chinese == "复核中"
