"""每个页面, on a phone and on an office's screen: no axe violation, nothing wider than the screen, no script error."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from biye.casework.core.words import Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case
from tests.journeys.axe import overflow, violations
from tests.pages.desks import a_case
from tests.pages.matters import correction
from tests.pages.people import AT, play_at, populate, signed_in
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
        "/my/record/",
        "/my/courses/",
        "/my/corrections/new/?field=姓名",
        "/my/corrections/{correction}/",
        "/my/objections/",
        "/my/objections/new/?line=course&key=A3",
        "/my/objections/{objection}/",
        "/my/sign/",
        "/my/applications/deferral/",
        "/my/applications/completion/",
        "/my/degree/",
        "/my/appraisal/",
        "/my/messages/",
        "/my/notice/",
        "/my/photo/",
        "/my/photo/try/",
        "/account/password/",
    ),
    "centre": (
        "/centre/",
        f"/centre{SEASON}/papers/",
        f"/centre{SEASON}/check-list/",
        f"/centre{SEASON}/fees/",
        f"/centre{SEASON}/sign/20200001/",
        f"/centre{SEASON}/enter/20200001/",
        f"/centre{SEASON}/students/20200001/entries/",
        f"/centre{SEASON}/students/20200001/entries/correction/?field=姓名",
        f"/centre{SEASON}/students/20200001/entries/objection/?line=course&key=A3",
        f"{SEASON}/students/",
        f"{SEASON}/students/20200001/",
        f"{SEASON}/cases/?state=all",
        "/cases/{correction}/",
        "/cases/{objection}/",
        f"{SEASON}/sent/",
        f"{SEASON}/preview/",
        f"{SEASON}/photos/",
        "/messages/",
    ),
    "college": (
        f"/college{SEASON}/",
        f"/college{SEASON}/settling/",
        f"/college{SEASON}/deferrals/",
        f"/college{SEASON}/confirming/",
        f"/college{SEASON}/confirming/?part=failing",
        f"/college{SEASON}/confirming/?part=agreed",
        f"/college{SEASON}/withdrawals/",
        f"/college{SEASON}/photos/comparison/",
        f"/college{SEASON}/photos/export/",
        f"{SEASON}/cases/?state=all",
        f"{SEASON}/cases/?kind=deferral",
        "/cases/{correction}/",
        "/cases/{objection}/",
        "/cases/{deferral}/",
        "/cases/{degree}/",
        "/cases/{sign_off}/",
        "/cases/{record_check}/",
        "/cases/{appraisal}/",
        "/cases/{pre_confirmation}/",
        "/cases/{withdrawal}/",
        "/cases/bulk/{bulk}/",
        f"{SEASON}/sent/",
        f"{SEASON}/preview/",
        f"{SEASON}/photos/",
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

STATES = {
    Kind.COMPLETION: State.WITHDRAWN,
    Kind.SIGN_OFF: State.SIGNED,
    Kind.RECORD_CHECK: State.CONFIRMED,
    Kind.APPRAISAL: State.SUBMITTED,
    Kind.PRE_CONFIRMATION: State.APPROVED,
    Kind.WITHDRAWAL: State.SUBMITTED,
}


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    play_at(settings, AT)
    return audited_season(populate())


def things(world: World) -> dict[str, int]:
    """One thing of each kind that an address names: 林晓's correction and objection, and what waits of 周建国."""
    signed_in(world.people.student).post(
        "/my/objections/new/?line=course&key=A3", {"wanted": "85", "text": "成绩单上有"}
    )
    found = {
        "run": audit_now(world.rules, AT + timedelta(hours=1)).pk,
        "rules": world.rules.pk,
        "publication": world.publication.pk,
        "correction": correction(world).pk,
        "objection": Case.objects.get(kind=Kind.OBJECTION).pk,
    }
    for kind in Kind:
        if kind.value not in found:
            found[kind.value] = a_case(world, "20200002", kind, STATES.get(kind, State.AT_COLLEGE)).pk
    by = {"at": AT, "by_name": "张老师", "by_role": "college", "is_done": True}
    bulk = BulkAct.objects.create(season_id=world.season_id, event="approve", kind="deferral", **by)
    return found | {"bulk": bulk.pk}


def look(page: Page, site: str, world: World, sign_in: SignIn, checked: Check) -> dict[str, object]:
    """Every page before whom it is for; what is wrong with each."""
    known = things(world)
    wrong: dict[str, object] = {}
    for who, addresses in PAGES.items():
        user = world.people.items()[who]
        page.context.clear_cookies()
        if user is not None:
            sign_in(page, user)
        for address in addresses:
            answer = page.goto(site + address.format(**known))
            if answer is None or not answer.ok:
                wrong[f"{who} {address}"] = answer and answer.status
            elif found := checked(page):
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
