"""照片学生名单: states counted and listed alike, each seat its own students, as many queries for many as for few."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from biye.foundation.codes import Part
from biye.photos.actions import handling
from biye.photos.actions.deciding import decide_photo
from biye.photos.actions.uploading import upload_photo
from biye.photos.core.states import State
from biye.photos.models.photo import Photo
from biye.photos.queries.specifications import specification_of
from biye.photos.queries.student_photos import photos_of
from biye.photos.queries.students import Chosen, how_many, listed, states_by_centre
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from tests import photo_files
from tests.app.photos.people import AT, LATER, STEM, World, populate

BAD = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)


@pytest.fixture
def world(db: None) -> World:
    return populate()


def upload(world: World, student_no: str, data: bytes) -> Photo:
    name = f"{world.students[student_no].identity_number}.JPG"
    graduation = Photo.Purpose.GRADUATION
    return upload_photo(student_no, purpose=graduation, name=name, data=data, stem=STEM, by=world.college, at=AT)


def numbers(world: World, chosen: Chosen) -> list[str]:
    found = listed(world.college, chosen).rows
    assert len(found) == how_many(world.college, chosen)
    return [row.student_no for row in found]


def test_states_are_counted_by_centre(world: World) -> None:
    ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="通过")
    handling.start_capture("S2", by=world.centre, at=AT)
    Student.objects.filter(student_no="S4").update(covered=1 << Part.PHOTOS)
    found = {one.centre: (one.students, one.states) for one in states_by_centre(world.college)}
    assert found == {
        "河东": (2, Counter({State.CONSISTENT: 1, State.CAPTURING: 1})),
        "河西": (2, Counter({State.UNKNOWN: 1, State.NOT_CAPTURED: 1})),
    }
    assert [one.centre for one in states_by_centre(world.centre)] == ["河东"]
    assert states_by_centre(world.student) == []
    only = Student.objects.filter(student_no="S1").values("pk")
    assert [(one.centre, one.students) for one in states_by_centre(world.college, only)] == [("河东", 1)]


def test_a_state_lists_whom_it_counts(world: World) -> None:
    ChsiPhoto.objects.create(student=world.students["S1"], at_chsi=True, comparison="学信照片不通过")
    ChsiPhoto.objects.create(student=world.students["S2"], at_chsi=True, comparison="可能同一人")
    handling.start_capture("S3", by=world.college, at=AT)
    for state in State:
        counted = sum(one.states[state] for one in states_by_centre(world.college))
        rows = listed(world.college, Chosen(state=state)).rows
        assert ({row.state for row in rows} - {state}, len(rows)) == (set(), counted)
    assert numbers(world, Chosen(state=State.INCONSISTENT)) == ["S1"]


@pytest.mark.parametrize(
    ("compared_at", "state"),
    [
        (None, State.REVIEWED),
        (AT - timedelta(minutes=1), State.REVIEWED),
        (AT, State.REVIEWED),
        (AT + timedelta(minutes=1), State.INCONSISTENT),
    ],
)
def test_a_later_comparison_overtakes_the_review_in_counts_lists_and_pages(
    world: World, compared_at: datetime | None, state: State
) -> None:
    student = world.students["S1"]
    ChsiPhoto.objects.create(student=student, at_chsi=True, comparison="学信照片不通过", compared_at=compared_at)
    handling.open_review("S1", reason="户口簿", by=world.centre, at=AT)
    handling.close_review("S1", is_passed=True, reason="同意备案", by=world.college, at=AT)
    page = photos_of(world.college, "S1")
    assert page is not None
    assert page.state is state
    assert [row.student_no for row in listed(world.college, Chosen(state=state)).rows] == ["S1"]
    assert sum(one.states[state] for one in states_by_centre(world.college)) == 1


def test_the_list_is_narrowed_by_words_photo_paper_and_centre(world: World) -> None:
    good, _ = upload(world, "S1", photo_files.good(0)), upload(world, "S3", BAD)
    assert numbers(world, Chosen(photo="waiting")) == ["S1", "S3"]
    answers = dict.fromkeys(specification_of(STEM).questions, True)
    decide_photo(good.pk, answers=answers, sha256=good.sha256, by=world.college, at=LATER)
    handling.receive_paper_photo("S1", by=world.centre, at=AT)
    handling.receive_paper_photo("S2", by=world.centre, at=AT)
    handling.confirm_paper_photo("S2", by=world.centre, at=AT)
    narrowed = {
        "accepted": Chosen(photo="accepted"),
        "refused": Chosen(photo="refused"),
        "none": Chosen(photo="none"),
        "waiting": Chosen(photo="waiting"),
        "no paper": Chosen(paper="missing"),
        "paper": Chosen(paper="received"),
        "confirmed": Chosen(paper="confirmed"),
        "words": Chosen(words="吴"),
        "centre": Chosen(centre_id=world.students["S1"].centre_id),
    }
    assert {name: numbers(world, chosen) for name, chosen in narrowed.items()} == {
        "accepted": ["S1"],
        "refused": ["S3"],
        "none": ["S2", "S4"],
        "waiting": ["S3"],
        "no paper": ["S3", "S4"],
        "paper": ["S1"],
        "confirmed": ["S2"],
        "words": ["S3"],
        "centre": ["S1", "S2"],
    }


def test_each_seat_lists_its_own(world: World) -> None:
    assert [row.student_no for row in listed(world.centre, Chosen()).rows] == ["S1", "S2"]
    assert (listed(world.student, Chosen()).rows, how_many(world.student, Chosen())) == ((), 0)


def test_pages_follow_each_other(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Student.objects.bulk_create(Student(student_no=f"T{n:03}", name="学生") for n in range(60))
    with django_assert_num_queries(2):
        first = listed(world.college, Chosen())
    second = listed(world.college, Chosen(), after=first.after)
    assert (len(first.rows), len(second.rows), second.after) == (50, 14, "")
    with django_assert_num_queries(1):
        states_by_centre(world.college)
