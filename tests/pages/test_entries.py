"""代录修改与异议: a centre enters what its own students bring on paper, and nobody else's."""

import pytest
from pytest_django import Settings

from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.records.models.student import Student
from tests.pages.matters import EVIDENCE, IN_TIME, TOO_LATE, page
from tests.pages.people import play_at, signed_in
from tests.pages.season import STEM, World

ENTRIES = f"/centre/seasons/{STEM}/students/20200001/entries/"
RENAMED = {"new": "林小晓", "cause": "changed", "changed_on": "2021-03-01"}


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, IN_TIME)


def test_every_field_and_every_course_may_be_entered_upon(world: World) -> None:
    shown = page(signed_in(world.people.centre), ENTRIES)
    for part in (
        "correction/?field=%E5%A7%93%E5%90%8D",
        "objection/?line=course&amp;key=A3",
        "999***********1234",
        "会计学",
    ):
        assert part in shown, part


def test_a_correction_on_paper_is_received_as_it_is_entered(world: World) -> None:
    teacher = signed_in(world.people.centre)
    teacher.post(f"{ENTRIES}correction/?field=姓名", RENAMED | {"checked": EVIDENCE})
    case = Case.objects.get(kind=Kind.CORRECTION)
    assert (case.state, case.form["new"], case.history.get().actor_name) == (State.PAPER_RECEIVED, "林小晓", "李老师")
    assert "按纸质材料代录" in page(signed_in(world.people.student), f"/my/corrections/{case.pk}/")


def test_without_the_originals_in_hand_it_waits(world: World) -> None:
    teacher = signed_in(world.people.centre)
    teacher.post(f"{ENTRIES}correction/?field=姓名", RENAMED | {"checked": EVIDENCE[:1]})
    assert "请逐件核对原件后勾选：身份证、户口簿" in page(teacher, "/messages/")
    assert Case.objects.get().state == State.OPEN


def test_an_objection_on_paper_goes_straight_to_its_office(world: World) -> None:
    teacher = signed_in(world.people.centre)
    teacher.post(f"{ENTRIES}objection/?line=course&key=A3", {"wanted": "85", "text": "成绩单上有"})
    case = Case.objects.get(kind=Kind.OBJECTION)
    assert (case.state, case.office) == (State.AT_COLLEGE, "support")


def test_after_the_deadline_it_is_kept_and_not_entered(world: World, settings: Settings) -> None:
    play_at(settings, TOO_LATE)
    teacher = signed_in(world.people.centre)
    teacher.post(f"{ENTRIES}objection/?line=course&key=A3", {"wanted": "85", "text": "成绩单上有"})
    assert ("已过截止时间" in page(teacher, "/messages/"), Case.objects.get().state) == (True, State.OPEN)


@pytest.mark.parametrize("address", ["", "correction/?field=姓名", "objection/?line=course&key=A3"])
def test_another_centres_student_is_not_there(world: World, address: str) -> None:
    assert Student.objects.filter(student_no="20200001").exists()
    found = {
        who: signed_in(user).get(f"{ENTRIES}{address}").status_code
        for who, user in (
            ("centre", world.people.centre),
            ("other centre", world.people.other_centre),
            ("college", world.people.college),
        )
    }
    assert found == {"centre": 200, "other centre": 404, "college": 404}


@pytest.mark.parametrize(
    "address", ["correction/?field=班级", "objection/?line=planet", "objection/?line=course&key=X"]
)
def test_what_is_no_field_or_line_is_not_there(world: World, address: str) -> None:
    assert signed_in(world.people.centre).get(f"{ENTRIES}{address}").status_code == 404
