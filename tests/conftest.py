"""Shared by the whole suite: which database it runs on, and the browser pages of phone and desk."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.settings import THROWN_AWAY
from tools import browser as chromium

BROWSER_FIXTURES = {"phone", "desk", "chromium_browser"}
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1440, height=900)
left_out: list[str] = []


def pytest_report_header() -> str:
    return f"database: {connection.vendor}, browser: {chromium.find() or 'none'}"


def pytest_unconfigure() -> None:
    THROWN_AWAY.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser's tests out, counted, where there is no browser."""
    if chromium.find():
        return
    browser_items = [item for item in items if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ()))]
    left_out.extend(item.nodeid for item in browser_items)
    config.hook.pytest_deselected(items=browser_items)
    items[:] = [item for item in items if item not in set(browser_items)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if left_out:
        terminalreporter.section("BROWSER TESTS LEFT OUT", sep="!", red=True)
        terminalreporter.line(f"{len(left_out)} browser tests did not run: there is no Chromium on this machine.")
        terminalreporter.line(f"To have one: {chromium.INSTALL_COMMAND}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Emptying an SQLite database between tests is a DELETE, which the append-only ledger refuses; PostgreSQL truncates."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER ledger_entry_no_delete")


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium_browser: Browser) -> Iterator[Page]:
    """A page as a student's telephone shows it."""
    yield from _page(chromium_browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN"))


@pytest.fixture
def desk(chromium_browser: Browser) -> Iterator[Page]:
    """A page as an office's screen shows it."""
    yield from _page(chromium_browser.new_context(viewport=DESK, locale="zh-CN"))


def _page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen: script errors and refused resources fail the test."""
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def sign_in(live_server: object) -> Callable[[Page, AbstractBaseUser], None]:
    """Put a page into somebody's session without going through the sign-in form."""

    def enter(page: Page, user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": str(live_server)}])

    return enter
