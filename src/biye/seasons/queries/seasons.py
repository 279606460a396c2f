"""毕业批次: which are open, and what the school's files say of one. Rounds of graduation are no secret to anybody signed in."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.seasons.core.folder import read_season
from biye.seasons.core.season import CalendarEntry
from biye.seasons.core.season import Season as SeasonFile
from biye.seasons.core.trouble import SchoolRefused
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school, stems


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """毕业批次."""

    id: int
    stem: str
    label: str
    term: int
    opened_at: datetime


def seasons(asker: Asker) -> list[SeasonRow]:
    """Every open season, newest first."""
    return [_row(season) for season in Season.objects.all()]


def season(asker: Asker, stem: str) -> SeasonRow | None:
    """The season of that name, None where there is none."""
    found = Season.objects.filter(stem=stem).first()
    return _row(found) if found else None


def season_by_id(asker: Asker, season_id: int) -> SeasonRow | None:
    """The season of a case or a run, None where there is none."""
    found = Season.objects.filter(pk=season_id).first()
    return _row(found) if found else None


def newest_season(asker: Asker) -> SeasonRow | None:
    """The season the office is in."""
    found = Season.objects.first()
    return _row(found) if found else None


def stems_not_open(asker: Asker) -> list[str]:
    """Season files of the school that nobody has opened yet."""
    if not asker.may(Permission.OPEN_SEASON):
        return []
    opened = set(Season.objects.values_list("stem", flat=True))
    return [stem for stem in stems() if stem not in opened]


def season_file(stem: str) -> SeasonFile:
    """What the season's file says. Raises SchoolRefused where it is not as it should be."""
    folder: Path = settings.SCHOOL_FOLDER
    file = folder / "seasons" / f"{stem}.yaml"
    return _read(stem, file.stat().st_mtime_ns if file.is_file() else 0)


@lru_cache(maxsize=16)
def _read(stem: str, changed: int) -> SeasonFile:
    found, page = read_season(settings.SCHOOL_FOLDER, stem, school())
    if found is None:
        raise SchoolRefused(page.troubles)
    return found


@dataclass(frozen=True, slots=True)
class Deadline:
    """日程: one entry of the calendar with its identifier and how it stands at the moment asked about."""

    id: str
    entry: CalendarEntry
    is_past: bool
    is_begun: bool


def calendar(stem: str, at: datetime) -> list[Deadline]:
    """日程 of a season: what closes next stands first, what is past stands last."""
    found = [
        Deadline(name, entry, entry.until <= at, entry.from_ is None or entry.from_ <= at)
        for name, entry in season_file(stem).calendar.items()
    ]
    return sorted(found, key=lambda one: (one.is_past, one.entry.until))


def _row(found: Season) -> SeasonRow:
    return SeasonRow(found.pk, found.stem, found.label, found.term, found.opened_at)
