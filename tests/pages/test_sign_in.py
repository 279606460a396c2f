"""登录、身份与密码."""

import pytest
from django.test import Client
from django.urls import reverse

from biye.accounts.actions.accounts import create_teacher, reset_password, stop_account
from biye.accounts.actions.seats import give_seat
from biye.accounts.core.roles import Role
from biye.foundation.actor import SYSTEM
from biye.machinery.ledger.models.entry import Entry
from tests.pages.people import AT, PASSWORD, People, signed_in

LOGIN = "/account/login/"


def enter(client: Client, username: str, password: str, **more: str) -> str:
    """Where the sign-in form leads; "" when it stays."""
    answer = client.post(LOGIN, {"login": username, "password": password, **more})
    return answer.headers.get("Location", "")


def test_each_role_lands_in_its_own_portal(people: People) -> None:
    landed = {}
    for name, user in people.items().items():
        if user is not None:
            landed[name] = signed_in(user).get("/").headers["Location"]
    assert landed == {
        "student": "/my/",
        "other student": "/my/",
        "centre": "/centre/",
        "other centre": "/centre/",
        "college": "/college/",
    }


def test_signing_in_leads_back_to_the_page_asked_for(people: People) -> None:
    client = Client()
    asked = client.get("/college/accounts/")
    assert asked.headers["Location"] == f"{LOGIN}?next=/college/accounts/"
    assert enter(client, "college", PASSWORD, next="/college/accounts/") == "/college/accounts/"


def test_signing_in_never_leads_to_another_site(people: People) -> None:
    assert enter(Client(), "college", PASSWORD, next="https://evil.example/") == "/"


def test_a_wrong_password_says_so_in_chinese_and_leaves_nobody_in(people: People) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": "college", "password": "wrong"})
    assert "用户名和/或密码" in answer.content.decode() or "不正确" in answer.content.decode()
    assert client.get("/college/accounts/").status_code == 302


def test_too_many_wrong_passwords_lock_this_door_for_this_account_only(people: People) -> None:
    client = Client(headers={"x-forwarded-for": "198.51.100.7"})
    answers = [client.post(LOGIN, {"login": "centre", "password": "wrong"}) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 7 + [429]
    assert "密码错误次数过多" in answers[-1].content.decode()
    assert enter(client, "centre", PASSWORD) == ""
    assert enter(client, "college", PASSWORD) == "/"


def test_an_initial_password_opens_only_the_page_that_changes_it(people: People) -> None:
    made = create_teacher(username="newcomer", name="新老师", centre_code="C1", by=SYSTEM, at=AT)
    client = Client()
    assert enter(client, "newcomer", made.password) == "/"
    assert client.get("/centre/").headers["Location"] == reverse("account_change_password")
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": made.password, "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/centre/"
    last = Entry.objects.latest("id")
    assert (last.action, last.subject, last.actor_id) == ("change_password", "account:newcomer", made.user_id)


def test_a_reset_password_ends_the_old_one(people: People) -> None:
    made = reset_password(user_id=people.centre.pk, by=SYSTEM, at=AT)
    assert enter(Client(), "centre", PASSWORD) == ""
    assert enter(Client(), "centre", made.password) == "/"


def test_a_stopped_account_is_out_at_once_and_cannot_come_back(people: People) -> None:
    client = Client()
    assert enter(client, "centre", PASSWORD) == "/"
    assert client.get("/centre/").status_code == 200
    stop_account(user_id=people.centre.pk, by=SYSTEM, at=AT)
    assert client.get("/centre/").headers["Location"] == f"{LOGIN}?next=/centre/"
    assert enter(Client(), "centre", PASSWORD) == ""


def test_somebody_with_two_seats_chooses_and_may_change(people: People) -> None:
    second = give_seat(user_id=people.centre.pk, role=Role.STUDENT, student_no="20200002", by=SYSTEM, at=AT)
    client = signed_in(people.centre)
    assert client.get("/centre/").headers["Location"] == f"{reverse('choose_seat')}?next=%2Fcentre%2F"
    page = client.get(reverse("choose_seat")).content.decode()
    assert [title in page for title in ("学习中心老师 · 河东学习中心", "学生 · 专升本 20200002")] == [True, True]
    client.post(reverse("choose_seat"), {"seat": second, "next": "/"})
    assert client.get("/").headers["Location"] == "/my/"


def test_nobody_takes_a_seat_of_somebody_else(people: People) -> None:
    foreign = people.college.seats.get().pk
    client = signed_in(people.centre)
    client.post(reverse("choose_seat"), {"seat": foreign})
    assert client.get("/").headers["Location"] == "/centre/"


@pytest.mark.parametrize("address", ["/college/nowhere/", "/nowhere/"])
def test_an_address_that_is_nowhere_says_so_in_chinese(people: People, address: str) -> None:
    answer = signed_in(people.college).get(address)
    assert answer.status_code == 404
