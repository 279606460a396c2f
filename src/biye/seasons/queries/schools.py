"""学校概况: the school this installation serves, read once; a changed folder is read when the server starts again."""

from functools import cache
from pathlib import Path

from django.conf import settings

from biye.seasons.core.folder import load_school, season_stems
from biye.seasons.core.school import School


def school() -> School:
    """The school of this installation."""
    return _loaded(settings.SCHOOL_FOLDER)


def stems() -> list[str]:
    """批次文件: stems of the season files in the school's folder, newest name last."""
    return season_stems(settings.SCHOOL_FOLDER)


@cache
def _loaded(folder: Path) -> School:
    return load_school(folder)
