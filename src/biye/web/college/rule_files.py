"""规则文件的显示与修改: the files of a version, what of them is changed, and what a form made of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from django.http import QueryDict

TITLES = {"school.yaml": "学校概况", "seasons/": "批次", "rulebooks/": "规则", "cases/": "案例"}
FIELD = "file:"


@dataclass(frozen=True, slots=True)
class ShownFile:
    """一个文件 of a version."""

    path: str
    title: str
    text: str
    field: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class FileChange:
    """一个文件的改动, line by line."""

    path: str
    lines: tuple[str, ...]


def shown_files(files: Mapping[str, str], wrong: Collection[str] = ()) -> list[ShownFile]:
    """Rulebooks first, then the season, the school, the cases. `wrong` names files as troubles do, behind the school's name."""
    order = ("rulebooks/", "seasons/", "school.yaml", "cases/")

    def rank(path: str) -> tuple[int, str]:
        return next((place for place, part in enumerate(order) if path.startswith(part)), len(order)), path

    return [
        ShownFile(path, _title(path), files[path], f"{FIELD}{path}", any(name.endswith(f"/{path}") for name in wrong))
        for path in sorted(files, key=rank)
    ]


def changed_files(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """What a draft changes, three lines of context around each change."""
    found = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            lines = list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=3))[2:]
            found.append(FileChange(path, tuple(lines)))
    return found


def edited(files: Mapping[str, str], said: QueryDict) -> dict[str, str]:
    """The same files with what the form says of them; a browser's line ends are taken back."""
    return {path: said.get(f"{FIELD}{path}", text).replace("\r\n", "\n") for path, text in files.items()}


def _title(path: str) -> str:
    return next((title for part, title in TITLES.items() if path.startswith(part)), "")
