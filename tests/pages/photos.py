"""照片页面的准备: a season that is open, students with identity numbers, and photos that were handed in."""

from dataclasses import dataclass

from django.test import Client

from biye.accounts.core.asker import Asker
from biye.accounts.queries.seats import seats_of
from biye.foundation.actor import SYSTEM
from biye.photos.actions.uploading import upload_photo
from biye.photos.models.photo import Photo
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests import photo_files
from tests.pages.people import AT, People, signed_in

STEM = "2022-autumn"
PHOTOS = f"/seasons/{STEM}/photos/"
HERE, THERE = "20200001", "20200002"
NUMBERS = {HERE: photo_files.NUMBER, THERE: "440524188001010014"}
GOOD, OTHER = photo_files.good(0), photo_files.good(4)
RED = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)


@dataclass(frozen=True, slots=True)
class Desk:
    """林晓 (HERE) belongs to the teacher, 周建国 (THERE) to the other centre."""

    people: People
    officer: Client
    teacher: Client
    far: Client
    student: Client


def open_desk(people: People) -> Desk:
    """The season is open; nobody has a photo yet."""
    open_season(stem=STEM, by=SYSTEM, at=AT)
    for student_no, number in NUMBERS.items():
        Student.objects.filter(student_no=student_no).update(identity_number=number)
    clients = (signed_in(user) for user in (people.college, people.centre, people.other_centre, people.student))
    return Desk(people, *clients)


def college(desk: Desk) -> Asker:
    """The officer as actions know her."""
    return seats_of(desk.people.college.pk)[0]


def hand_in(desk: Desk, student_no: str, data: bytes = GOOD, purpose: str = Photo.Purpose.GRADUATION) -> Photo:
    """One student's photo."""
    name = f"{NUMBERS[student_no]}.JPG"
    return upload_photo(student_no, purpose=purpose, name=name, data=data, stem=STEM, by=college(desk), at=AT)
