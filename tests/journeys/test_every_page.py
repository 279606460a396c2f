"""每个页面, on a phone and on an office's screen: no axe violation, nothing wider than the screen, no script error."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys.axe import overflow, violations
from tests.pages.people import AT, play_at, populate
from tests.pages.season import World, audit_now, audited_season

type Check = Callable[[Page], object]
type SignIn = Callable[[Page, AbstractBaseUser], None]

SEASON = "/seasons/2022-autumn"
PAGES = {
    "nobody": ("/account/login/",),
    "student": (
        "/my/",
        "/my/conclusion/",
        "/my/conclusion/what-if/?course=A3",
        "/my/sign/",
        "/my/applications/deferral/",
        "/my/degree/",
        "/my/appraisal/",
        "/my/photo/",
        "/my/photo/try/",
        "/account/password/",
    ),
    "centre": ("/centre/", f"{SEASON}/students/", f"{SEASON}/students/20200001/", "/messages/"),
    "college": (
        f"/college{SEASON}/",
        f"/college{SEASON}/audit/",
        "/college/runs/{run}/",
        "/college/runs/{run}/difference/",
        f"/college{SEASON}/rules/",
        "/college/rules/{rules}/",
        "/college/rules/{rules}/draft/",
        f"/college{SEASON}/publish/",
        "/college/publications/{publication}/?student_no=20200001",
        f"{SEASON}/students/",
        f"{SEASON}/students/20200001/",
        f"{SEASON}/students/20200001/what-if/?course=A3",
        "/college/seasons/",
        "/college/imports/",
        "/college/accounts/",
        "/college/accounts/new/",
        "/college/accounts/logins/",
        "/college/accounts/permissions/",
        "/college/ledger/",
        "/messages/",
    ),
}


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, AT)
    return audited_season(populate())


def look(page: Page, site: str, world: World, sign_in: SignIn, checked: Check) -> dict[str, object]:
    """Every page before whom it is for; what is wrong with each."""
    last = audit_now(world.rules, AT + timedelta(hours=1))
    wrong = {}
    for who, addresses in PAGES.items():
        user = world.people.items()[who]
        page.context.clear_cookies()
        if user is not None:
            sign_in(page, user)
        for address in addresses:
            page.goto(site + address.format(run=last.pk, rules=world.rules.pk, publication=world.publication.pk))
            if found := checked(page):
                wrong[f"{who} {address}"] = found
    return wrong


def everything(page: Page) -> list[object]:
    """What axe finds, and by how much the page is too wide."""
    return [*violations(page), *filter(None, [overflow(page)])]


def test_on_a_phone(world: World, live_server: LiveServer, phone: Page, sign_in: SignIn) -> None:
    assert look(phone, live_server.url, world, sign_in, everything) == {}


def test_on_a_desk(world: World, live_server: LiveServer, desk: Page, sign_in: SignIn) -> None:
    assert look(desk, live_server.url, world, sign_in, everything) == {}


def test_on_the_narrowest_phone(world: World, live_server: LiveServer, phone: Page, sign_in: SignIn) -> None:
    phone.set_viewport_size({"width": 360, "height": 640})
    assert look(phone, live_server.url, world, sign_in, overflow) == {}
