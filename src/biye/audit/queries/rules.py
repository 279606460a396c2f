"""审查规则版本: the rules of a run as they were, read again from the files kept with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.core.checking import load_for_publishing
from biye.audit.core.loading import LoadedSeason, load_season
from biye.audit.models.run import Rules
from biye.seasons.core.trouble import SchoolRefused, Trouble

KEPT_READ = 8  # versions of rules a process keeps in memory


def season_files(folder: Path, stem: str) -> dict[str, str]:
    """Every file that says something about the season: path within the school's folder → text. Cases come along."""
    names = ["school.yaml", f"seasons/{stem}.yaml"]
    names += [
        f"{part}/{file.name}" for part in ("rulebooks", "cases") for file in sorted((folder / part).glob("*.yaml"))
    ]
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


def read_rules(rules: Rules) -> LoadedSeason:
    """A version ready for the engine. Raises SchoolRefused where its files are not as they should be."""
    return _read(rules.digest, rules.season.stem, tuple(sorted(rules.files.items())))


def read_files(files: dict[str, str], stem: str) -> LoadedSeason:
    """Files that are not a version yet. Raises SchoolRefused with every trouble, by file and line."""
    with _written(files) as folder:
        return load_season(folder, stem)


def publishable(files: dict[str, str], stem: str) -> LoadedSeason:
    """Files that may become a version: they load, and every case among them comes out as written. Raises SchoolRefused."""
    with _written(files) as folder:
        return load_for_publishing(folder, stem)


def in_force(season_id: int) -> Rules | None:
    """现行版本: the newest that is no draft."""
    versions = Rules.objects.filter(season_id=season_id, is_draft=False).select_related("season")
    return versions.order_by("-number").first()


@contextmanager
def _written(files: dict[str, str]) -> Iterator[Path]:
    with TemporaryDirectory(prefix="biye-rules-") as kept:
        folder = Path(kept) / settings.SCHOOL_FOLDER.name
        for name, text in files.items():
            file = folder / name
            if folder.resolve() not in file.resolve().parents:
                raise ValueError(f"a path outside the school's folder: {name}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield folder


@lru_cache(maxsize=KEPT_READ)
def _read(digest: str, stem: str, files: tuple[tuple[str, str], ...]) -> LoadedSeason:
    del digest  # part of the key: a quick way to tell versions apart
    return read_files(dict(files), stem)


def rules_of(asker: Asker, season_id: int) -> list[Rules]:
    """Every version of a season's rules, newest first; drafts only for whoever may rehearse."""
    versions = Rules.objects.filter(season_id=season_id).select_related("season").order_by("-number")
    if not asker.may(Permission.REHEARSE_RULES):
        versions = versions.filter(is_draft=False)
    return list(versions)


def version_of(asker: Asker, rules_id: int) -> Rules | None:
    """One version, for whoever may rehearse."""
    if not asker.may(Permission.REHEARSE_RULES):
        return None
    return Rules.objects.select_related("season").filter(pk=rules_id).first()


@dataclass(frozen=True, slots=True)
class Check:
    """检查: what keeps files from being kept as a draft, and, where nothing does, what keeps the draft from coming into force."""

    troubles: tuple[Trouble, ...]
    failing: tuple[Trouble, ...] = ()


def check_files(asker: Asker, files: dict[str, str], stem: str) -> Check | None:
    """Files that are not a version yet, looked at and not kept; None without the permission."""
    if not asker.may(Permission.REHEARSE_RULES):
        return None
    for wrong, look in ((True, read_files), (False, publishable)):
        try:
            look(files, stem)
        except SchoolRefused as refused:
            return Check(refused.troubles) if wrong else Check((), refused.troubles)
    return Check(())
