"""每个页面, on a phone and on an office's screen: no axe violation, nothing wider than the screen, no script error."""

from collections.abc import Callable

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.axe import overflow, violations
from tests.pages.people import People, populate

type SignIn = Callable[[Page, AbstractBaseUser], None]

PAGES = {
    "nobody": ("/account/login/",),
    "student": ("/my/", "/account/password/"),
    "centre": ("/messages/",),
    "college": (
        "/college/seasons/",
        "/college/imports/",
        "/college/accounts/",
        "/college/accounts/new/",
        "/college/accounts/logins/",
        "/college/accounts/permissions/",
        "/college/ledger/",
        "/messages/",
        "/nowhere/",
    ),
}
CASES = [(who, address) for who, addresses in PAGES.items() for address in addresses]


@pytest.fixture
def school(transactional_db: None) -> People:
    return populate()


def look(page: Page, site: str, address: str) -> tuple[list[str], int]:
    page.goto(site + address)
    return violations(page), overflow(page)


@pytest.mark.parametrize(("who", "address"), CASES)
def test_on_a_phone(
    who: str, address: str, school: People, live_server: LiveServer, phone: Page, sign_in: SignIn
) -> None:
    user = school.items()["nobody" if who == "nobody" else who]
    if user is not None:
        sign_in(phone, user)
    assert look(phone, live_server.url, address) == ([], 0)


@pytest.mark.parametrize(("who", "address"), CASES)
def test_on_a_desk(
    who: str, address: str, school: People, live_server: LiveServer, desk: Page, sign_in: SignIn
) -> None:
    user = school.items()["nobody" if who == "nobody" else who]
    if user is not None:
        sign_in(desk, user)
    assert look(desk, live_server.url, address) == ([], 0)
