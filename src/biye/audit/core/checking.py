"""学校资料检查: everything that can be said of a school folder before it is used: its files, and its cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from biye.audit.core.casebook import read_casebooks, run_casebook
from biye.audit.core.loading import LoadedSeason, load_season, read_rulebook
from biye.seasons.core.folder import page_of, read_school, school_folder, season_stems
from biye.seasons.core.trouble import SchoolRefused, Trouble


@dataclass(frozen=True, slots=True)
class SchoolChecked:
    """检查结果: which seasons loaded, how many cases ran, and everything to mend."""

    folder: Path
    seasons: dict[str, LoadedSeason]
    cases: int
    troubles: tuple[Trouble, ...]


def check_school(school: str | Path) -> SchoolChecked:
    """Check a whole school folder. Raises SchoolRefused only where there is no school."""
    folder = school_folder(school)
    profile, page = read_school(folder)
    troubles = list(page.troubles)
    seasons: dict[str, LoadedSeason] = {}
    for stem in season_stems(folder):
        try:
            seasons[stem] = load_season(folder, stem)
        except SchoolRefused as refusal:
            troubles += refusal.troubles
    if not season_stems(folder):
        troubles.append(Trouble.of(page.file, 0, "no_seasons"))
    troubles += _unused_rulebooks(folder)
    ran, found = _run_cases(folder, seasons, zone=profile.zone if profile is not None else None)
    return SchoolChecked(folder, seasons, ran, tuple(sorted({*troubles, *found})))


def load_for_publishing(school: str | Path, season: str) -> LoadedSeason:
    """A season whose conclusions may be published: it loads, it has cases, and they all come out as written.

    Raises SchoolRefused with every trouble.
    """
    loaded = load_season(school, season)
    _, troubles = _run_cases(loaded.folder, {season: loaded}, zone=loaded.school.zone)
    if troubles:
        raise SchoolRefused(troubles)
    return loaded


def _unused_rulebooks(folder: Path) -> Iterator[Trouble]:
    """Troubles of the rulebooks, whether a season names them or not."""
    for file in sorted((folder / "rulebooks").glob("*.yaml")):
        page = page_of(folder, "rulebooks", file.name)
        read_rulebook(page)
        yield from page.troubles


def _run_cases(folder: Path, seasons: dict[str, LoadedSeason], zone: object) -> tuple[int, list[Trouble]]:
    """Cases of these seasons; files of other seasons are left alone where those exist."""
    ran, troubles = 0, []
    covered: set[str] = set()
    stems = season_stems(folder)
    for book, page in read_casebooks(folder, {"zone": zone} if zone is not None else {}):
        if book is not None and book.season not in stems:
            page.trouble(("season",), "no_such_season", found=book.season, known="、".join(stems))
        elif book is not None and book.season in seasons:
            covered.add(book.season)
            ran += run_casebook(book, page, seasons[book.season])
        troubles += page.troubles
    name = folder.resolve().name
    if not troubles:  # a file that could not be read may have been the one
        troubles = [Trouble.of(f"{name}/cases", 0, "no_cases", season=stem) for stem in seasons if stem not in covered]
    return ran, troubles
