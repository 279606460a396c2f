"""照片规格: those of this installation's school."""

from functools import cache
from pathlib import Path

from django.conf import settings

from biye.photos.core import specification
from biye.photos.core.specification import Specification


def stems() -> list[str]:
    """规格: names of the school's photo specifications, seasons and their variants."""
    return specification.stems(settings.SCHOOL_FOLDER)


def specifications_of(season: str) -> list[tuple[str, str]]:
    """Of one season: name and title of its photo specification and of its variants, the usual one first."""
    return [(stem, specification_of(stem).title) for stem in stems() if stem == season or stem.startswith(f"{season}.")]


def specification_of(stem: str) -> Specification:
    """One specification by name. Raises SchoolRefused where there is none or it is wrong."""
    return _loaded(settings.SCHOOL_FOLDER, stem)


@cache
def _loaded(folder: Path, stem: str) -> Specification:
    return specification.load_from(folder, stem)
