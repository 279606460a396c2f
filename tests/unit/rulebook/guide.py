"""The examples of docs/rulebook.md, taken out of the page as a reader would copy them."""

import re
from pathlib import Path

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
