"""读取审查规则: a school folder's season with its rulebooks, refused with every trouble at once, or ready for the engine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from biye.audit.core.engine import Programme, Route
from biye.audit.core.references import check_references
from biye.audit.core.rulebook import Rule, Rulebook, entry_model
from biye.audit.core.totality import check_completeness
from biye.audit.core.vocabulary import kinds
from biye.seasons.core.folder import page_of, read_school, read_season, school_folder
from biye.seasons.core.frame import Frame
from biye.seasons.core.reading import Page, nearest, shape
from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.core.trouble import SchoolRefused

# What of school.yaml can change a verdict; the rest (telephones, headings, forms) leaves the hash alone.
_JUDGING = ("zone", "levels", "modes", "statuses", "grade_scales", "photo", "identity")


@dataclass(frozen=True, slots=True)
class LoadedSeason:
    """一季的审查资料: checked, complete, and named by the hash of everything that can change a verdict."""

    school: School
    season: Season
    stem: str
    programme: Programme
    rulebook_hash: str
    folder: Path

    def frame(self, at: datetime) -> Frame:
        """The season as one audit sees it at that moment."""
        return Frame(at, self.season.term, self.school, self.season.closing)


def load_season(school: str | Path, season: str) -> LoadedSeason:
    """A shipped school's name or any folder, and the season file's stem. Raises SchoolRefused with every trouble."""
    folder = school_folder(school)
    profile, profile_page = read_school(folder)
    plan, plan_page = read_season(folder, season, profile)
    books, pages = _read_books(folder, plan, plan_page)
    troubles = [trouble for page in (profile_page, plan_page, *pages.values()) for trouble in page.troubles]
    if profile is None or plan is None or troubles:
        raise SchoolRefused(troubles)
    every_page = {"school": profile_page, "season": plan_page, **{f"book {name}": pages[name] for name in books}}
    check_references(profile, plan, books, profile_page, plan_page, pages)
    _refuse(every_page)
    loaded = LoadedSeason(
        profile, plan, season, _programme(profile, plan, books), _fingerprint(profile_page, plan_page, pages), folder
    )
    moments = sorted(plan.closing.values())
    check_completeness(loaded.programme, [loaded.frame(at) for at in (moments[0], moments[-1])], pages, plan_page)
    _refuse(every_page)
    return loaded


def _refuse(pages: Mapping[str, Page]) -> None:
    troubles = [trouble for page in pages.values() for trouble in page.troubles]
    if troubles:
        raise SchoolRefused(troubles)


def _read_books(folder: Path, season: Season | None, page: Page) -> tuple[dict[str, Rulebook], dict[str, Page]]:
    """The season's rulebooks that could be read, and the page of each."""
    books: dict[str, Rulebook] = {}
    pages: dict[str, Page] = {}
    for name, file in season.rulebooks.items() if season is not None else ():
        if not (folder / "rulebooks" / file).is_file():
            known = "、".join(sorted(one.name for one in (folder / "rulebooks").glob("*.yaml")))
            page.trouble(("rulebooks", name), "no_rulebook_file", found=file, known=known)
            continue
        pages[name] = page_of(folder, "rulebooks", file)
        book = read_rulebook(pages[name])
        if book is not None:
            books[name] = book
    return books, pages


def read_rulebook(page: Page) -> Rulebook | None:
    """A rulebook from its page, or None with every trouble noted there."""
    if page.troubles:
        return None
    content = dict(page.content)
    rules: Any = content.get("rules")
    if isinstance(rules, list):
        content["rules"] = [rule for number, raw in enumerate(rules) if (rule := _rule(raw, number, page)) is not None]
    book = shape(Rulebook, content, page)
    return None if page.troubles else book


def _rule(raw: Any, number: int, page: Page) -> Rule | None:
    at = ("rules", number)
    if not isinstance(raw, dict) or "rule" not in raw:
        page.trouble(at, "missing", key="rule")
        return None
    name, known = str(raw["rule"]), sorted(kinds())
    if name not in known:
        near = nearest(name, known)
        code = "no_such_kind_near" if near else "no_such_kind"
        page.trouble((*at, "rule"), code, found=name, near=near, known="、".join(known))
        return None
    entry = shape(entry_model(name), raw, page, at)
    return None if entry is None else Rule.from_entry(entry, kinds()[name])


def _programme(school: School, season: Season, books: dict[str, Rulebook]) -> Programme:
    return Programme(
        books=books,
        scope=season.scope,
        excluded_statuses=school.statuses_meaning(*season.excluded),
        routes=tuple(Route(name, one.label, one.open_when, one.for_) for name, one in season.routes.items()),
    )


def _fingerprint(school: Page, season: Page, books: dict[str, Page]) -> str:
    """SHA-256 over the content of everything that can change a verdict; comments and the order of keys change nothing."""
    content = {
        "school": {key: school.content.get(key) for key in _JUDGING},
        "season": season.content,
        "books": [[name, page.content] for name, page in books.items()],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
