"""基准结果: one page of figures; each benchmark writes its own section and leaves the others' as they are."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parent / "results.md"
_HEAD = """# Figures

Each section is one run of one benchmark; `make bench` makes them anew. Ratios of one run compare; seconds of different
machines do not.
"""
_SECTION = "\n## "


def put(page: Path, title: str, body: str) -> None:
    """Write one section, in its place where it stood, else last."""
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    load = f"load at the end {os.getloadavg()[0]:.1f}"
    sections = _read(page)
    sections[title] = f"{when}, {machine}, {load}.\n\n{body.strip()}\n"
    page.write_text(_HEAD + "".join(f"{_SECTION}{name}\n\n{text}" for name, text in sections.items()), encoding="utf-8")


def _read(page: Path) -> dict[str, str]:
    """The sections by title, in order."""
    if not page.exists():
        return {}
    parts = page.read_text(encoding="utf-8").split(_SECTION)[1:]
    return {title: text.strip() + "\n" for title, text in (part.split("\n", 1) for part in parts)}
