"""通知的一趟: which clauses a walk has come by, so that none is left out unseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect

from tests.journeys.axe import overflow, violations

type SignIn = Callable[[Page, AbstractBaseUser], None]


class Walk:
    """一趟: clause by clause; a failure says at which."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.walked: list[str] = []

    @contextmanager
    def clause(self, name: str) -> Iterator[None]:
        """One clause of the notice."""
        try:
            yield
        except Exception as error:
            error.add_note(f"通知{name}")
            raise
        self.walked.append(name)

    def go(self, page: Page, address: str) -> None:
        """A page, as it should be: nothing for axe, nothing wider than the screen."""
        page.set_default_timeout(10_000)
        page.goto(self.site + address)
        look(page)


def look(page: Page) -> None:
    """Nothing for axe, nothing wider than the screen."""
    assert (violations(page), overflow(page)) == ([], 0)


def agree(page: Page, act: Callable[[], None]) -> None:
    """Say yes to the question that an act asks before it is done."""
    page.once("dialog", lambda dialog: dialog.accept())
    act()


def sign_here(page: Page, name: str) -> None:
    """Tick every effect, write the name, sign."""
    form = page.locator("form", has=page.get_by_role("button", name="签字确认"))
    for box in form.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("不方便手写？输入本人姓名代替").fill(name)
    page.get_by_role("button", name="签字确认").click()
    expect(page.get_by_role("heading", name="已签字确认")).to_be_visible()


def forward(page: Page, walk: Walk, case_id: int) -> None:
    """上报学院, by the centre."""
    walk.go(page, f"/cases/{case_id}/")
    page.get_by_role("button", name="上报学院").click()
    expect(page.get_by_text("学院审核中").first).to_be_visible()
