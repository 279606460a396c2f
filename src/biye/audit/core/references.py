"""引用核对: every name a school's files use (office, level, document, rule, conclusion, calendar entry) must stand somewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from biye.audit.core.engine import MAX_RULES
from biye.audit.core.rulebook import Rulebook
from biye.audit.core.rules.ranks import RankWithin
from biye.audit.core.rules.records import RecordComplete
from biye.audit.core.rules.standing import StandingStatus
from biye.records.core.sheets.recognise import KINDS
from biye.seasons.core.people import People
from biye.seasons.core.reading import Page, nearest
from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.core.shapes import Document, Source, When

Path = tuple[str | int, ...]


def check_references(
    school: School,
    season: Season,
    books: Mapping[str, Rulebook],
    school_page: Page,
    season_page: Page,
    pages: Mapping[str, Page],
) -> None:
    """Note a trouble on its page for every name that stands nowhere or twice."""
    _check_school(school, school_page)
    cited = list(season.documents)
    for name, book in books.items():
        documents = [book.document, *book.documents]
        cited += documents
        _check_page(book, pages[name], school, season, books, documents)
        _check_book(book, pages[name])
    _check_ids(books, pages)
    _check_page(season, season_page, school, season, books, cited)
    _check_season(season, books, season_page)


def walk(found: Any, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Every model inside, with the keys that lead to it as they stand in the file."""
    if isinstance(found, BaseModel):
        yield path, found
        for name, info in type(found).model_fields.items():
            yield from walk(getattr(found, name), (*path, info.alias or name))
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from walk(value, (*path, key))
    elif isinstance(found, tuple | list):
        for number, value in enumerate(found):
            yield from walk(value, (*path, number))


def _check_page(
    whole: BaseModel,
    page: Page,
    school: School,
    season: Season,
    books: Mapping[str, Rulebook],
    documents: list[Document],
) -> None:
    rules = sorted(rule.id for book in books.values() for rule in book.rules)
    statuses = [word for words in school.statuses.values() for word in words]
    scales = ["default", *school.grade_scales.others]
    for path, part in walk(whole):
        if isinstance(part, Source):
            _known(page, (*path, "document"), "no_such_document", (part.document,), [one.id for one in documents])
        if isinstance(part, People):
            _known(page, (*path, "level"), "no_such_level", part.level, school.levels)
            _known(page, (*path, "mode"), "no_such_mode", part.mode, school.modes)
            _known(page, (*path, "status"), "no_such_status", part.status, statuses)
        if isinstance(part, StandingStatus):
            _known(page, (*path, "status"), "no_such_status", part.status, statuses)
        if isinstance(part, RankWithin):
            _check_rank(part, page, path, books)
        if isinstance(part, RecordComplete):
            _known_fields(page, (*path, "fields"), part.fields)
        if isinstance(part, When):
            _known_rules(page, path, part, rules)
        for key, code, known in (
            ("office", "no_such_office", list(school.offices)),
            ("by", "no_such_calendar", list(season.calendar)),
            ("window", "no_such_calendar", list(season.calendar)),
            ("paper", "no_such_calendar", list(season.calendar)),
            ("scale", "no_such_scale", scales),
        ):
            value = getattr(part, key, None)
            if isinstance(value, str):
                _known(page, (*path, key), code, (value,), known)


def _check_rank(rank: RankWithin, page: Page, path: Path, books: Mapping[str, Rulebook]) -> None:
    """A quota goes by an average, among students told apart by rules that are settled before it."""
    kind_of = {rule.id: rule.rule for book in books.values() for rule in book.rules}
    averages = [rule for rule, kind in kind_of.items() if kind == "grade.average"]
    _known(page, (*path, "score_of"), "no_such_average", (rank.score_of,), averages)
    for rule in sorted(rank.among.rules()):
        if kind_of.get(rule) == "rank.within":
            page.trouble((*path, "among"), "quota_among_quota", found=rule)


def _known(page: Page, path: Path, code: str, words: Iterable[str], known: Iterable[str]) -> None:
    for word in words:
        if word not in known:
            page.trouble(path, code, found=word, known="、".join(known))


def _known_fields(page: Page, path: Path, fields: tuple[str, ...]) -> None:
    """Fields of a student are named as the columns of the students' sheet."""
    columns = {column.name: column.label for column in KINDS["students"].columns}
    known = "、".join(f"{name}（{label}）" for name, label in columns.items())
    for field in fields:
        if field not in columns:
            page.trouble(path, "no_such_field", found=field, known=known)


def _known_rules(page: Page, path: Path, when: When, rules: list[str]) -> None:
    named = {"met": when.met, "not_met": when.not_met, "any_not_met": when.any_not_met, "any_unknown": when.any_unknown}
    if when.at_least is not None:
        named["at_least"] = when.at_least.of
    for key, words in named.items():
        for word in words:
            if word not in rules:
                near = nearest(word, rules)
                code = "no_such_rule_near" if near else "no_such_rule"
                page.trouble((*path, key), code, found=word, near=near, known="、".join(rules))


def _check_school(school: School, page: Page) -> None:
    seen: set[str] = set()
    for meaning, words in school.statuses.items():
        for word in words:
            if word in seen:
                page.trouble(("statuses", meaning), "status_twice", found=word)
            seen.add(word)
    _known(page, ("certificates", "level_codes"), "no_such_level", school.certificates.level_codes, school.levels)
    for kind, profile in school.sheets.items():
        if kind not in KINDS:
            page.trouble(("sheets", kind), "no_such_sheet", found=kind, known="、".join(KINDS))
            continue
        columns = [column.name for column in KINDS[kind].columns]
        for column in profile.columns:
            _known(page, ("sheets", kind, "columns", column), "no_such_column", (column,), columns)


def _check_ids(books: Mapping[str, Rulebook], pages: Mapping[str, Page]) -> None:
    """Rule ids are one space for the whole season."""
    first: dict[str, str] = {}
    for name, book in books.items():
        for number, rule in enumerate(book.rules):
            path = ("rules", number, "id")
            here = f"{pages[name].file}:{pages[name].line(path)}"
            if rule.id in first:
                pages[name].trouble(path, "rule_twice", found=rule.id, other=first[rule.id])
            first.setdefault(rule.id, here)
    if len(first) > MAX_RULES:
        next(iter(pages.values())).trouble((), "too_many_rules", count=len(first), most=MAX_RULES)


def _check_book(book: Rulebook, page: Page) -> None:
    gives = [row.give for row in book.conclusions]
    _once(page, ("documents",), "id", "document_twice", [one.id for one in book.documents], {book.document.id})
    _once(page, ("conclusions",), "give", "conclusion_twice", gives)
    for number, row in enumerate(book.conclusions):
        _known(page, ("conclusions", number, "unless"), "no_such_conclusion", row.unless, gives)
        if row.give in _before(row.give, {one.give: one.unless for one in book.conclusions}):
            page.trouble(("conclusions", number, "unless"), "unless_cycle", found=row.give)


def _before(give: str, unless: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Every row that goes before this one, by any number of steps."""
    reached: set[str] = set()
    ahead = list(unless[give])
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += unless.get(one, ())
    return reached


def _once(page: Page, path: Path, key: str, code: str, words: list[str], taken: Iterable[str] = ()) -> None:
    seen = set(taken)
    for number, word in enumerate(words):
        if word in seen:
            page.trouble((*path, number, key), code, found=word)
        seen.add(word)


def _check_season(season: Season, books: Mapping[str, Rulebook], page: Page) -> None:
    _once(page, ("documents",), "id", "document_twice", [one.id for one in season.documents])
    gives = [row.give for book in books.values() for row in book.conclusions]
    for name, form in season.forms.items():
        _known(page, ("forms", name, "for_conclusion"), "no_such_conclusion", form.for_conclusion, gives)
    if season.last_chance is not None:
        _known(page, ("last_chance", "after"), "no_such_route", season.last_chance.after, season.routes)
