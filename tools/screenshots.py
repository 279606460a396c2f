"""Screenshots 页面截图: every page of a running site before whom it is for, on a phone and on an office's screen.

.venv/bin/python -m tools.screenshots http://127.0.0.1:8001 .demo/tju-online/logins.json shots
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools import browser as chromium

SIZES = {"390": ViewportSize(width=390, height=844), "1440": ViewportSize(width=1440, height=900)}


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its address, or the first link on the page before whose address fits."""

    name: str
    address: str = ""
    link: str = ""


PAGES: dict[str, tuple[Step, ...]] = {
    "学生": (
        Step("home", "/my/"),
        Step("conclusion", "/my/conclusion/"),
        Step("what-if", "/my/conclusion/what-if/"),
        Step("sign", "/my/sign/"),
        Step("deferral", "/my/applications/deferral/"),
        Step("degree", "/my/degree/"),
        Step("appraisal", "/my/appraisal/"),
        Step("photo", "/my/photo/"),
        Step("photo-try", "/my/photo/try/"),
    ),
    "学习中心老师": (
        Step("overview", "/centre/"),
        Step("roster", link=r"/seasons/[^/]+/students/$"),
        Step("student", link=r"/students/[^/?]+/$"),
        Step("what-if", link=r"/what-if/$"),
        Step("photos", link=r"/photos/$"),
        Step("photo upload", link=r"/photos/upload/$"),
        Step("messages", "/messages/"),
    ),
    "学院老师": (
        Step("season", "/college/"),
        Step("seasons", "/college/seasons/"),
        Step("imports", "/college/imports/"),
        Step("import", link=r"/college/imports/\d+/$"),
        Step("season-again", "/college/"),
        Step("audit", link=r"/audit/$"),
        Step("run", link=r"/college/runs/\d+/$"),
        Step("season once more", "/college/"),
        Step("students", link=r"/seasons/[^/]+/students/$"),
        Step("student", link=r"/students/[^/?]+/$"),
        Step("photos", link=r"/photos/$"),
        Step("photo desk", link=r"/photos/desk/$"),
        Step("photos again", link=r"/photos/$"),
        Step("photo list", link=r"/photos/students/\?state=\w+$"),
        Step("photos of one", link=r"/photos/students/[^/?]+/$"),
        Step("rules", link=r"/rules/$"),
        Step("version", link=r"/college/rules/\d+/$"),
        Step("draft", link=r"/draft/$"),
        Step("publish", link=r"/publish/$"),
        Step("publication", link=r"/college/publications/\d+/$"),
        Step("messages", "/messages/"),
        Step("accounts", "/college/accounts/"),
        Step("account", link=r"/college/accounts/\d+/$"),
        Step("new account", "/college/accounts/new/"),
        Step("logins", "/college/accounts/logins/"),
        Step("permissions", "/college/accounts/permissions/"),
        Step("ledger", "/college/ledger/"),
    ),
}


def main(site: str, logins: Path, out: Path) -> None:
    """Sign in as each of the logins in turn and walk its pages."""
    out.mkdir(parents=True, exist_ok=True)
    people: dict[str, dict[str, str]] = {}
    for login in json.loads(logins.read_text())["logins"]:
        people.setdefault(login["role"], login)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        for size, viewport in SIZES.items():
            for role, steps in PAGES.items():
                walk(found, site, viewport, people[role], steps, out / f"{people[role]['username']}-{size}")
        found.close()


def walk(
    browser: Browser, site: str, viewport: ViewportSize, login: dict[str, str], steps: tuple[Step, ...], prefix: Path
) -> None:
    """One person's pages at one size."""
    page = browser.new_page(viewport=viewport, locale="zh-CN")
    page.on("console", lambda message: print(message.text) if message.type == "error" else None)
    page.goto(f"{site}/account/login/")
    page.screenshot(path=f"{prefix}-sign-in.png", full_page=True)
    page.fill("[name=login]", login["username"])
    page.fill("[name=password]", login["password"])
    page.click("button[type=submit]")
    for step in steps:
        address = step.address or first_link(page, step.link)
        if address is None:
            print(f"{prefix.name} {step.name}: no link fits {step.link}")
            continue
        answer = page.goto(site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        print(
            prefix.name, step.name, answer and answer.status, "" if width <= viewport["width"] else f"TOO WIDE {width}"
        )
        page.screenshot(path=f"{prefix}-{step.name.replace(' ', '-')}.png", full_page=True)
    page.close()


def first_link(page: Page, pattern: str) -> str | None:
    """The address of the first link that fits."""
    links: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return next((link for link in links if re.search(pattern, link)), None)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]), Path(sys.argv[3]))
