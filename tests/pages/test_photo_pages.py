"""照片页面: counts and lists, batches that come in, one student's photos and what is done about them, the whole compared."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from biye.machinery.jobs.models.job import Job
from biye.photos.models.handling import PhotoHandling
from biye.photos.models.photo import Photo
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests import photo_files
from tests.pages.conftest import Post
from tests.pages.people import People, signed_in
from tests.pages.photos import GOOD, HERE, NUMBERS, OTHER, PHOTOS, RED, STEM, THERE, Desk, hand_in, open_desk
from tests.pages.season import World

STUDENT = f"{PHOTOS}students/{HERE}/"
GRADUATION = {"purpose": "graduation", "stem": STEM}


@pytest.fixture
def desk(people: People) -> Desk:
    return open_desk(people)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sheet(desk: Desk, job: Job) -> list[tuple[object, ...]]:
    content = b"".join(desk.officer.get(f"/messages/{job.pk}/file/"))
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_the_overview_counts_by_centre_and_leads_to_the_lists(desk: Desk) -> None:
    ChsiPhoto.objects.create(student=Student.objects.get(student_no=HERE), at_chsi=True, comparison="学信照片不通过")
    page = desk.officer.get(PHOTOS).content.decode()
    assert "比对不通过 1" in page
    assert 'aria-label="河东学习中心比对不通过 1 人"' in page
    own = desk.teacher.get(PHOTOS).content.decode()
    assert ("滨海学习中心" in page, "滨海学习中心" in own) == (True, False)
    assert "比对不通过 0" in desk.far.get(PHOTOS).content.decode()
    assert desk.student.get(PHOTOS).status_code == 404


def test_only_candidates_are_counted_once_the_season_was_audited(world: World) -> None:
    page = signed_in(world.people.college).get(PHOTOS).content.decode()
    assert "预毕业学生 2 人" in page.replace("\n", "")


def test_a_list_says_how_far_each_photo_is(desk: Desk) -> None:
    hand_in(desk, HERE, RED)
    page = desk.officer.get(f"{PHOTOS}students/?photo=refused").content.decode()
    assert ("林晓" in page, "周建国" in page) == (True, False)
    assert "周建国" in desk.officer.get(f"{PHOTOS}students/?state=unknown&photo=none").content.decode()
    assert "没有符合条件的学生" in desk.far.get(f"{PHOTOS}students/?words=林").content.decode()
    assert desk.officer.get(f"{PHOTOS}students/?state=nonsense&centre=x&photo=y").status_code == 200


def test_lists_cost_a_constant_number_of_queries(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Student.objects.bulk_create(Student(student_no=f"T{n:03}", name="学生") for n in range(60))
    hand_in(desk, HERE)
    for address, queries in ((PHOTOS, 7), (f"{PHOTOS}students/", 10), (STUDENT, 10)):
        desk.officer.get(address)
        with django_assert_num_queries(queries):
            desk.officer.get(address)


def test_the_retake_list_is_a_sheet_of_one_s_own_students(desk: Desk, post: Post) -> None:
    hand_in(desk, HERE, RED)
    post(desk.officer, f"{PHOTOS}retakes/")
    rows = sheet(desk, Job.objects.get())
    assert sorted((row[1], str(row[5])[:7], str(row[6])[:3]) for row in rows[1:]) == [
        (HERE, "背景约为 RG", "张老师"),
        (THERE, "没有照片（待核", "张老师"),
    ]
    assert desk.student.post(f"{PHOTOS}retakes/").status_code == 404


def test_files_and_a_folder_come_in_as_one_batch_with_a_report(desk: Desk, post: Post) -> None:
    sent = {
        **GRADUATION,
        "photos": [file(f"{NUMBERS[HERE]}.JPG", GOOD), file("张三.JPG", OTHER)],
        "folder": [file(f"{NUMBERS[THERE]}.jpg", RED), file("Thumbs.db", b"x")],
    }
    answer = post(desk.officer, f"{PHOTOS}upload/", sent)
    job = Job.objects.get()
    assert (job.state, answer.headers["Location"]) == ("done", f"/photos/uploads/{job.pk}/")
    page = desk.officer.get(f"/photos/uploads/{job.pk}/").content.decode()
    for part in ("收下 2 张，未收 1 个文件", "河东学习中心", "滨海学习中心", "张三.jpg", "名单中没有与文件名"):
        assert part in page
    assert {photo.student.student_no: photo.answer for photo in Photo.objects.all()} == {HERE: "pass", THERE: "fail"}
    assert desk.teacher.get(f"/photos/uploads/{job.pk}/").status_code == 404


def test_an_archive_comes_in_and_one_s_own_students_only(desk: Desk, post: Post) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for number in NUMBERS.values():
            packed.writestr(f"照片/{number}.JPG", GOOD)
    post(desk.teacher, f"{PHOTOS}upload/", {**GRADUATION, "photos": [file("照片.ZIP", buffer.getvalue())]})
    assert [photo.student.student_no for photo in Photo.objects.all()] == [HERE]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "没有选择照片"),
        (("a.zip",), "压缩包不能打开"),
        (("a.zip", "b.JPG"), "压缩包要单独上传"),
    ],
)
def test_a_batch_that_is_none_is_refused_in_words(desk: Desk, names: tuple[str, ...], said: str) -> None:
    sent = {**GRADUATION, "photos": [file(name, b"not a zip") for name in names]}
    back = {"Referer": f"http://testserver{PHOTOS}upload/"}
    answer = desk.teacher.post(f"{PHOTOS}upload/", sent, follow=True, headers=back)
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_two_files_of_one_number_are_both_left(desk: Desk, post: Post) -> None:
    name = f"{NUMBERS[HERE]}.JPG"
    post(desk.officer, f"{PHOTOS}upload/", {**GRADUATION, "photos": [file(name, GOOD), file(name, RED)]})
    job = Job.objects.get()
    assert (job.result or {})["left"] == 2
    assert "有几个文件" in desk.officer.get(f"/photos/uploads/{job.pk}/").content.decode()


def test_one_student_s_photos_with_findings_and_chsi_s_word_above_all(desk: Desk) -> None:
    hand_in(desk, HERE, GOOD, Photo.Purpose.ENROLMENT)
    hand_in(desk, HERE, RED)
    ChsiPhoto.objects.filter(student__student_no=HERE).update(at_chsi=True, comparison="学信照片通过")
    page = desk.teacher.get(STUDENT).content.decode()
    for part in ("比对通过", "学信照片通过", "背景约为 RGB", "本校比对参考：像同一人", "制作标准照"):
        assert part in page
    assert desk.far.get(STUDENT).status_code == 404


def test_a_photo_comes_in_for_one_student_is_made_standard_and_the_original_taken_back(desk: Desk) -> None:
    desk.teacher.post(f"{STUDENT}upload/", {**GRADUATION, "photo": file("IMG_001.jpg", RED)})
    source = Photo.objects.get()
    page = desk.teacher.post(f"{STUDENT}standardise/", follow=True).content.decode()
    assert ("背景换为 RGB(100，197，255)" in page, "以往的毕业照片" in page) == (True, True)
    made = Photo.objects.get(made_from=source)
    assert made.is_current
    desk.teacher.post(f"{STUDENT}restore/", {"photo": source.pk, "reason": "用原片"})
    source.refresh_from_db()
    assert source.is_current


def test_a_picture_that_cannot_be_made_standard_says_why(desk: Desk) -> None:
    hand_in(desk, HERE, photo_files.altered(photo_files.moved(0, -100))(0))
    back = {"Referer": f"http://testserver{STUDENT}"}
    page = desk.teacher.post(f"{STUDENT}standardise/", follow=True, headers=back).content.decode()
    assert "头顶超出画面，无法补出。请重拍" in page
    assert Photo.objects.count() == 1


def test_the_way_of_a_photo_is_written_down_step_by_step(desk: Desk) -> None:
    for act in ("capture", "paper", "paper_confirmed"):
        desk.teacher.post(f"{STUDENT}handle/", {"act": act})
    desk.teacher.post(f"{STUDENT}review/", {"act": "open", "reason": "整容证明"})
    page = desk.officer.post(f"{STUDENT}review/", {"act": "passed", "reason": "省厅同意备案"}, follow=True)
    assert "复核通过：省厅同意备案" in page.content.decode()
    row = PhotoHandling.objects.get()
    assert all((row.capturing_since, row.paper_received_at, row.paper_confirmed_at, row.review == "passed"))


def test_nobody_s_page_does_what_it_may_not(desk: Desk) -> None:
    photo = hand_in(desk, HERE)
    for part, sent in (
        ("upload/", {**GRADUATION, "photo": file("x.jpg", GOOD)}),
        ("standardise/", {}),
        ("restore/", {"photo": photo.pk, "reason": "x"}),
        ("handle/", {"act": "capture"}),
        ("review/", {"act": "open", "reason": "x"}),
    ):
        assert desk.far.post(f"{STUDENT}{part}", sent).status_code == 404
    for part, sent in (("restore/", {"photo": photo.pk}), ("handle/", {"act": "x"}), ("review/", {"act": "x"})):
        assert desk.teacher.post(f"{STUDENT}{part}", sent).status_code == 404
    assert (Photo.objects.count(), PhotoHandling.objects.count()) == (1, 0)


def test_paper_photos_are_received_by_the_pile(desk: Desk) -> None:
    assert "登记收到" in desk.teacher.get(f"{PHOTOS}paper/").content.decode()
    PhotoHandling.objects.create(student=Student.objects.get(student_no=HERE))
    page = desk.teacher.post(f"{PHOTOS}paper/", {"numbers": f"{HERE}\n{HERE}\n{THERE} 无此人"}, follow=True)
    said = page.content.decode()
    assert "已登记收到 1 名学生的纸质照片" in said
    assert "没有这些学号，或不在您的查看范围内：20200002、无此人" in said
    again = desk.teacher.post(f"{PHOTOS}paper/", {"numbers": HERE}, follow=True).content.decode()
    assert "早已登记过，没有改动：20200001" in again
    assert PhotoHandling.objects.get().paper_received_by_name == "李老师"


def test_everybody_is_compared_with_everybody_and_shown_side_by_side(desk: Desk, post: Post) -> None:
    for student_no in (HERE, THERE):
        hand_in(desk, student_no)
    address = f"/college{PHOTOS}comparison/"
    assert "还没有比对过" in desk.officer.get(address).content.decode()
    post(desk.officer, address)
    job = Job.objects.get()
    assert ((job.result or {})["repeated"], job.state) == (1, "done")
    page = desk.officer.get(address).content.decode()
    for part in ("同一个文件", "林晓", "周建国", "没有发现放错的"):
        assert part in page
    assert desk.teacher.get(address).status_code == 404
