"""The project's files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "biye"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, also those that are new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def python_files(*folders: str) -> Iterator[Path]:
    """The Python files under some folders, without generated migrations."""
    for path in tracked():
        place = path.relative_to(ROOT)
        if path.suffix == ".py" and place.parts[0] in folders and "migrations" not in place.parts:
            yield path


def pure_files() -> Iterator[Path]:
    """The files of `foundation` and of every `core`."""
    for path in python_files("src"):
        parts = path.relative_to(SOURCE).parts
        if parts[0] == "foundation" or "core" in parts[:-1]:
            yield path


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every call in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
