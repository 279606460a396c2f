"""账户页: teachers, seats, passwords, a login for every student."""

from io import BytesIO

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from biye.accounts.actions.accounts import create_student_logins
from biye.accounts.models.user import Seat, User
from biye.foundation.actor import SYSTEM
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.people import AT, People, signed_in

NEW = {"username": "zhao", "name": "赵老师", "telephone": "022-1", "place": "centre:C1"}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_the_list_shows_everybody_in_a_constant_number_of_queries(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(people.college)
    with django_assert_num_queries(9):
        page = text(client.get("/college/accounts/"))
    assert [name in page for name in ("林晓", "周建国", "李老师", "王老师", "张老师")] == [True] * 5
    assert "学习中心老师 · 河东学习中心" in page


def test_filters_narrow_the_list(people: People) -> None:
    page = text(signed_in(people.college).get("/college/accounts/?role=centre&search=王"))
    assert ("王老师" in page, "李老师" in page) == (True, False)


def test_a_new_teacher_signs_in_with_the_password_shown_once(people: People) -> None:
    client = signed_in(people.college)
    page = text(client.post("/college/accounts/new/", NEW))
    made = User.objects.get(username="zhao")
    seat = made.seats.get()
    assert (made.has_initial_password, seat.role, str(seat.centre)) == (True, "centre", "河东学习中心")
    shown = page.split('<code class="h2">')[1].split("<")[0]
    assert authenticate(RequestFactory().post("/"), username="zhao", password=shown) == made
    assert shown not in text(client.get(f"/college/accounts/{made.pk}/"))
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.subject, entry.actor_id) == ("create_account", "account:zhao", people.college.pk)
    assert shown not in str(entry.after)


def test_a_taken_user_name_is_refused_in_words(people: People) -> None:
    client = signed_in(people.college)
    client.post("/college/accounts/new/", NEW)
    page = text(
        client.post(
            "/college/accounts/new/", NEW, headers={"Referer": "http://testserver/college/accounts/new/"}, follow=True
        )
    )
    assert "用户名「zhao」已有人使用" in page


@pytest.mark.parametrize(
    ("said", "seats"),
    [
        ({"student_no": "20200002"}, 2),
        ({"place": "centre:C2"}, 2),
        ({"place": "office:records"}, 2),
        ({"place": "centre:C1"}, 1),
        ({"student_no": "nobody"}, 1),
        ({"student_no": "20200002", "place": "centre:C2"}, 1),
        ({}, 1),
    ],
)
def test_seats_are_given_one_at_a_time_and_once(people: People, said: dict[str, str], seats: int) -> None:
    signed_in(people.college).post(f"/college/accounts/{people.centre.pk}/seats/", said)
    assert people.centre.seats.count() == seats


def test_a_seat_taken_away_closes_the_portal(people: People) -> None:
    seat = people.centre.seats.get()
    signed_in(people.college).post(f"/college/accounts/{people.centre.pk}/seats/{seat.pk}/")
    assert signed_in(people.centre).get("/centre/").headers["Location"] == "/account/inactive/"


def test_a_seat_of_another_account_is_not_there(people: People) -> None:
    seat = people.other_centre.seats.get()
    answer = signed_in(people.college).post(f"/college/accounts/{people.centre.pk}/seats/{seat.pk}/")
    assert (answer.status_code, Seat.objects.filter(pk=seat.pk).exists()) == (404, True)


def test_nobody_locks_the_college_out(people: People) -> None:
    client = signed_in(people.college)
    client.post(f"/college/accounts/{people.college.pk}/active/")
    client.post(f"/college/accounts/{people.college.pk}/seats/{people.college.seats.get().pk}/")
    people.college.refresh_from_db()
    assert (people.college.is_active, people.college.seats.count()) == (True, 1)


def test_every_student_without_an_account_gets_one_and_a_slip(people: People, post: Post) -> None:
    for number in range(120):
        Student.objects.create(student_no=f"3{number:03d}", name=f"学生{number}")
    client = signed_in(people.college)
    answer = post(client, "/college/accounts/logins/", {"centre_code": ""})
    job = Job.objects.get()
    assert (answer.headers["Location"], job.state, job.result) == (f"/messages/{job.pk}/", "done", {"made": 120})
    assert Seat.objects.filter(role="student", student__student_no__startswith="3").count() == 120
    sheet = b"".join(client.get(f"/messages/{job.pk}/file/").streaming_content)
    assert sheet.startswith(b"PK")
    password = _first_password(sheet)
    assert authenticate(RequestFactory().post("/"), username="3000", password=password) is not None


def test_a_job_and_its_file_are_there_for_whoever_started_it(people: People, post: Post) -> None:
    Student.objects.create(student_no="3000", name="学生")
    post(signed_in(people.college), "/college/accounts/logins/", {"centre_code": ""})
    job = Job.objects.get()
    other = User.objects.create(username="second", name="二")
    Seat.objects.create(user=other, role="college", office="support")
    statuses = []
    for user in (people.college, other, people.centre):
        for part in ("", "file/"):
            answer = signed_in(user).get(f"/messages/{job.pk}/{part}")
            b"".join(answer)  # a file is closed once it is read to its end
            statuses.append(answer.status_code)
    assert statuses == [200, 200, 404, 404, 404, 404]


def test_passwords_that_a_crash_swallowed_are_made_anew_and_no_others(people: People) -> None:
    Student.objects.create(student_no="3000", name="学生")
    first = [one for made in create_student_logins(student_nos=["3000"], by=SYSTEM, at=AT) for one in made]
    again = [one for made in create_student_logins(student_nos=["3000", "20200001"], by=SYSTEM, at=AT) for one in made]
    assert [one.username for one in again] == ["3000"]
    assert authenticate(RequestFactory().post("/"), username="3000", password=first[0].password) is None
    assert authenticate(RequestFactory().post("/"), username="3000", password=again[0].password) is not None


def _first_password(sheet: bytes) -> str:
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["用户名（学号）", "姓名", "初始密码"]
    return str(rows[1][2])
