"""规则文件的显示与修改: the files of a version, what of them is changed, and what a form made of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from django.http import QueryDict

from biye.seasons.core.trouble import Trouble

TITLES = {"school.yaml": "学校概况", "seasons/": "批次", "rulebooks/": "规则", "cases/": "案例"}
FIELD = "file:"


@dataclass(frozen=True, slots=True)
class ShownTrouble:
    """一处差错 beside its file: `text` is what stands in the line."""

    line: int
    text: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """一个文件 of a version, and what is wrong in it."""

    path: str
    title: str
    text: str
    field: str
    troubles: tuple[ShownTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """一个文件的改动, line by line."""

    path: str
    lines: tuple[str, ...]


def shown_files(files: Mapping[str, str], troubles: Collection[Trouble] = ()) -> list[ShownFile]:
    """What is wrong first, then rulebooks, the season, the school, the cases. Troubles name files behind the school's name."""
    order = ("rulebooks/", "seasons/", "school.yaml", "cases/")

    def rank(file: ShownFile) -> tuple[bool, int, str]:
        place = next((place for place, part in enumerate(order) if file.path.startswith(part)), len(order))
        return not file.troubles, place, file.path

    found = [
        ShownFile(path, _title(path), text, f"{FIELD}{path}", tuple(_shown(one, text) for one in _of(path, troubles)))
        for path, text in files.items()
    ]
    return sorted(found, key=rank)


def of_no_file(files: Mapping[str, str], troubles: Collection[Trouble]) -> list[Trouble]:
    """Troubles of something that is not among the files."""
    return [one for one in troubles if not any(one in _of(path, troubles) for path in files)]


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


def _of(path: str, troubles: Collection[Trouble]) -> list[Trouble]:
    return [one for one in troubles if one.file == path or one.file.endswith(f"/{path}")]


def _shown(trouble: Trouble, text: str) -> ShownTrouble:
    lines = text.splitlines()
    said = lines[trouble.line - 1].strip() if 0 < trouble.line <= len(lines) else ""
    return ShownTrouble(trouble.line, said, trouble.message, trouble.remedy)


def _title(path: str) -> str:
    return next((title for part, title in TITLES.items() if path.startswith(part)), "")
