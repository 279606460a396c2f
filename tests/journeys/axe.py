"""无障碍: run axe on the page that is on screen."""

from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: the rule, and the first elements that break it."""
    source = Path(settings.BROWSER_FILES, "axe-core", "axe.min.js").read_text()
    page.evaluate(f"{source}; undefined")
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(RULES)
    )
    return [
        f"{one['id']}: {one['help']} {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found["violations"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
