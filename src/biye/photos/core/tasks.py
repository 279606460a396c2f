"""照片任务: what a process of the crew does with one file; also what a background task does with one upload."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from biye.foundation.errors import Refused
from biye.photos.core import examination, likeness, opening, reports
from biye.photos.core.check import Roster
from biye.photos.core.likeness import Vector
from biye.photos.core.networks import Networks
from biye.photos.core.reports import Row
from biye.photos.core.specification import Specification
from biye.photos.core.standard import making


@dataclass(frozen=True, slots=True)
class File:
    """A file, and what a report calls it."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Face:
    """A file's face, or the report row that says why there is none; `sha256` is empty where it could not be read."""

    sha256: str
    vector: Vector | None
    refused: Row | None = None


def checker(models: Path, specification: Specification, roster: Roster) -> Callable[[File], Row]:
    """检查 one file after the other."""
    networks = Networks(models)

    def check(file: File) -> Row:
        try:
            data = opening.read(file.path)
        except Refused as refusal:
            return reports.examined(examination.refused(file.shown, refusal.reasons[0]), specification, roster)
        return reports.examined(
            examination.examine(data, file.shown, specification, networks, roster), specification, roster
        )

    return check


def maker(models: Path, specification: Specification, folder: Path) -> Callable[[File], Row]:
    """标准化 one file after the other, each into `folder` under its own name with .JPG; the source stays as it is."""
    networks = Networks(models)

    def make(file: File) -> Row:
        name = f"{Path(file.shown).stem}.JPG"
        try:
            data = opening.read(file.path)
            result = making.make(data, file.shown, specification, networks, made_name=name)
        except Refused as refusal:
            return reports.not_made(file.shown, *refusal.reasons)
        partial = folder / f".{name}.part"
        partial.write_bytes(result.data)
        partial.replace(folder / name)
        return reports.made(file.shown, name, result, specification)

    return make


def looker(models: Path) -> Callable[[File], Face]:
    """The face of one file after the other, for comparing."""
    networks = Networks(models)

    def look(file: File) -> Face:
        digest = ""
        try:
            data = opening.read(file.path)
            digest = opening.digest(data)
            return Face(digest, likeness.vector_of(data, file.shown, networks))
        except Refused as refusal:
            return Face(digest, None, reports.not_made(file.shown, *refusal.reasons))

    return look
