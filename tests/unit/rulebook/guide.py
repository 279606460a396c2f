"""The examples of docs/rulebook.md, taken out of the page as a reader would copy them."""

import re
from pathlib import Path

from biye.audit.core.checking import check_school

GUIDE = Path(__file__).parents[3] / "docs" / "rulebook.md"
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"# 文件 (\S+)\n")


def files() -> dict[str, str]:
    """The whole school of the guide: path → text."""
    return {found[1]: block for block in _BLOCK.findall(GUIDE.read_text("utf-8")) if (found := _FILE.match(block))}


def rules() -> list[str]:
    """The examples of rules, one or more list items each."""
    return [block for block in _BLOCK.findall(GUIDE.read_text("utf-8")) if block.startswith("- id:")]


def write(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """The guide's school in a folder, some of its files written otherwise."""
    for path, text in {**files(), **(changed or {})}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def spoilt(folder: Path, path: str, old: str, new: str) -> Path:
    """The guide's school with one piece of one file replaced; the piece has to be there."""
    text = files()[path]
    if old not in text:
        raise ValueError(f"{path} does not hold {old!r}")
    return write(folder, {path: text.replace(old, new)})


def messages(folder: Path) -> list[tuple[str, str]]:
    """What the check says, by file and line."""
    found = check_school(folder).troubles
    return [(f"{trouble.file.partition('/')[2]}:{trouble.line}", trouble.message) for trouble in found]
