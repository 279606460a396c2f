"""打包毕业照片: only of those who graduate, only what is in order, the very picture that was looked at; the rest named with why."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from biye.accounts.queries.seats import seats_of
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.models.entry import Entry
from biye.photos.actions.deciding import decide_photo
from biye.photos.actions.uploading import upload_photo
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import questions_of
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.people import AT, signed_in
from tests.pages.photos import GOOD, HERE, NUMBERS, PHOTOS, STEM, THERE
from tests.pages.season import World

ADDRESS = f"/college{PHOTOS}export/"
# What a telephone writes into a picture besides the picture.
PLACE = b"39.1N 117.2E"
TOLD = GOOD[:2] + b"\xff\xe1" + (len(PLACE) + 2).to_bytes(2, "big") + PLACE + GOOD[2:]


@pytest.fixture
def world(world: World) -> World:
    """周建国 (THERE) graduates, 林晓 (HERE) does not; both photos were looked at and found good."""
    officer = seats_of(world.people.college.pk)[0]
    for student_no, number in NUMBERS.items():
        Student.objects.filter(student_no=student_no).update(identity_number=number)
        name, purpose = f"{number}.JPG", Photo.Purpose.GRADUATION
        photo = upload_photo(student_no, purpose=purpose, name=name, data=TOLD, stem=STEM, by=officer, at=AT)
        answers = {asked.name: True for asked in questions_of(photo)}
        decide_photo(photo.pk, answers=answers, sha256=photo.sha256, by=officer, at=AT)
    return world


def packed(world: World, post: Post) -> dict[str, bytes]:
    client = signed_in(world.people.college)
    post(client, ADDRESS)
    job = Job.objects.get(kind="export_photos")
    if not job.file:
        return {}
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"/messages/{job.pk}/file/"))))
    return {name: archive.read(name) for name in archive.namelist()}


def case(world: World, student_no: str, kind: Kind, state: State) -> None:
    student = Student.objects.get(student_no=student_no)
    Case.objects.create(season_id=world.season_id, student=student, kind=kind, state=state, opened_at=AT, changed_at=AT)


def test_only_who_graduates_is_in_it_with_the_picture_that_was_looked_at(world: World, post: Post) -> None:
    files = packed(world, post)
    assert list(files) == [f"{NUMBERS[THERE]}.JPG"]
    (content,) = files.values()
    assert PLACE not in content
    seen, handed = (np.asarray(Image.open(io.BytesIO(data))) for data in (GOOD, content))
    assert np.array_equal(seen, handed)
    entry = Entry.objects.get(action="photo.exported")
    assert (entry.subject, entry.after) == (f"photos:{STEM}:concluded", {"photos": 1, "left_out": {}})
    page = signed_in(world.people.college).get(ADDRESS).content.decode()
    assert ("放入 1 张" in page, "林晓" in page) == (True, False)


def test_once_anybody_was_agreed_to_that_decides(world: World, post: Post) -> None:
    case(world, HERE, Kind.PRE_CONFIRMATION, State.APPROVED)
    assert list(packed(world, post)) == [f"{NUMBERS[HERE]}.JPG"]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.DEFERRAL, State.APPROVED),
        (Kind.WITHDRAWAL, State.SUBMITTED),
        (Kind.PRE_CONFIRMATION, State.REJECTED),
    ],
)
def test_who_is_deferred_leaves_or_was_refused_stays_out(world: World, post: Post, kind: Kind, state: State) -> None:
    case(world, THERE, kind, state)
    assert packed(world, post) == {}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: Photo.objects.all().delete(), "没有照片"),
        (lambda: ChsiPhoto.objects.update(specification=0), "照片没有审看合格"),
        (lambda: Student.objects.update(identity_number=""), "没有证件号码"),
        (lambda: ChsiPhoto.objects.update(at_chsi=True), "学信网已有照片"),
    ],
)
def test_who_graduates_and_is_not_in_it_is_named_with_the_reason(
    world: World, post: Post, change: object, why: str
) -> None:
    change()  # type: ignore[operator]
    assert packed(world, post) == {}
    page = signed_in(world.people.college).get(ADDRESS).content.decode()
    assert (f"{why} 1" in page, "周建国" in page) == (True, True)


def test_before_anybody_graduates_the_page_says_so(world: World, post: Post) -> None:
    page = signed_in(world.people.college).get(ADDRESS).content.decode()
    assert "只放入将要毕业的学生的照片" in page
    for user in (world.people.centre, world.people.student):
        assert signed_in(user).post(ADDRESS).status_code == 404
    assert not Job.objects.filter(kind="export_photos").exists()
