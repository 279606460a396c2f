"""案例核对: a school folder's cases run through the real engine; whatever comes out differently is a trouble."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from biye.audit.core.case_tables import tables_of
from biye.audit.core.cases import Casebook, CasePlan, Facts, WorkedCase
from biye.audit.core.engine import SEVERAL, UNDECIDED
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.pipeline import Audited, audit_tables
from biye.audit.core.references import walk
from biye.foundation.verdicts import Truth, Verdict
from biye.seasons.core.folder import page_of
from biye.seasons.core.people import belongs
from biye.seasons.core.reading import Page, shape
from biye.seasons.core.shapes import Source

PENDING, SEVERAL_APPLY = "待定", "不止一个"
_CANDIDATE = {Truth.TRUE: "是", Truth.FALSE: "否", Truth.UNKNOWN: "待核实"}
_ROUTE = {Truth.TRUE: "开放", Truth.FALSE: "不开放", Truth.UNKNOWN: "待核实"}


def read_casebooks(folder: Path, context: Mapping[str, object]) -> list[tuple[Casebook | None, Page]]:
    """Every case file of a school folder, with its page."""
    books: list[tuple[Casebook | None, Page]] = []
    for file in sorted((folder / "cases").glob("*.yaml")):
        page = page_of(folder, "cases", file.name)
        books.append((None if page.troubles else shape(Casebook, page.content, page, context=dict(context)), page))
    return books


def run_casebook(book: Casebook, page: Page, loaded: LoadedSeason) -> int:
    """Run the file's cases; differences are noted on its page. How many cases were run."""
    _check_names(book, page, loaded)
    if page.troubles:
        return 0
    for number, case in enumerate(book.cases):
        at = ("cases", number)
        context = {"zone": loaded.school.zone}
        facts = shape(Facts, {**book.given, **case.facts}, page, (*at, "facts"), context)
        if facts is None or not _plan_fits(facts, book.plans, page, number):
            continue
        plan = None if facts.plan is None else book.plans[facts.plan]
        audited = audit_tables(loaded.programme, loaded.frame(case.at or book.at), tables_of(facts, plan))
        for path, what, wanted, got in _differences(case, audited, loaded):
            page.trouble((*at, "expect", *path), "case_differs", case=case.case, what=what, wanted=wanted, got=got)
    return len(book.cases)


def _check_names(book: Casebook, page: Page, loaded: LoadedSeason) -> None:
    books = loaded.programme.books
    documents = {one.id for one in loaded.season.documents}
    documents.update(one.id for rulebook in books.values() for one in (rulebook.document, *rulebook.documents))
    names = [case.case for case in book.cases]
    for path, part in walk(book.cases, ("cases",)):
        if isinstance(part, Source) and part.document not in documents:
            page.trouble(
                (*path, "document"), "no_such_document", found=part.document, known="、".join(sorted(documents))
            )
    for number, case in enumerate(book.cases):
        at = ("cases", number)
        if case.case in names[:number]:
            page.trouble((*at, "case"), "case_twice", found=case.case)
        expect = case.expect
        _known(
            page, (*at, "expect", "verdicts"), "no_such_rule", expect.verdicts, [r.id for r in loaded.programme.rules]
        )
        _known(page, (*at, "expect", "conclusions"), "no_such_book", expect.conclusions, books)
        _known(page, (*at, "expect", "routes"), "no_such_route", expect.routes, loaded.season.routes)
        for name, give in expect.conclusions.items():
            gives = [row.give for row in books[name].conclusions] if name in books else [give]
            _known(page, (*at, "expect", "conclusions", name), "no_such_conclusion", [give], [*gives, PENDING])
    for name, plan in book.plans.items():
        at_plan = ("plans", name)
        for course, written in plan.courses.items():
            if written.module is not None:
                _known(page, (*at_plan, "courses", course), "no_such_module", [written.module], plan.modules)


def _known(page: Page, path: tuple[str | int, ...], code: str, words: Iterable[str], known: Iterable[str]) -> None:
    for word in words:
        if word not in known:
            page.trouble((*path, word), code, found=word, known="、".join(known))


def _plan_fits(facts: Facts, plans: Mapping[str, CasePlan], page: Page, number: int) -> bool:
    at = ("cases", number, "facts")
    if facts.plan is not None and facts.plan not in plans:
        page.trouble((*at, "plan"), "no_such_plan", found=facts.plan, known="、".join(plans))
        return False
    if facts.credits is not None and (facts.plan is None or plans[facts.plan].courses):
        page.trouble((*at, "credits"), "credits_and_courses", plan=facts.plan or "")
        return False
    return True


def _differences(
    case: WorkedCase, audited: Audited, loaded: LoadedSeason
) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    """Where in the expectation, what, what was wanted and what came out."""
    judged, expect = audited.judged, case.expect
    got = _CANDIDATE[Truth(int(judged.candidate[0]))]
    if got != expect.candidate:
        yield ("candidate",), "是否列入", expect.candidate, got
    reasons = _why_not(audited, loaded)
    if expect.why_not is not None and expect.why_not not in reasons:
        yield ("why_not",), "不列入的原因", expect.why_not, "、".join(reasons) or "（无）"
    for number, rule in enumerate(loaded.programme.rules):
        verdict = Verdict(int(judged.verdict[number, 0])).chinese
        if rule.id in expect.verdicts and verdict != expect.verdicts[rule.id]:
            yield ("verdicts", rule.id), f"规则「{rule.label}」", expect.verdicts[rule.id], verdict
    for name, wanted in expect.conclusions.items():
        given = _given(loaded, name, int(judged.conclusions[name][0]))
        if given != wanted:
            yield ("conclusions", name), "结论", wanted, given
    for number, route in enumerate(loaded.programme.routes):
        state = _ROUTE[Truth(int(judged.routes[number, 0]))]
        if route.id in expect.routes and state != expect.routes[route.id]:
            yield ("routes", route.id), f"通道「{route.label}」", expect.routes[route.id], state


def _given(loaded: LoadedSeason, book: str, row: int) -> str:
    if row in (UNDECIDED, SEVERAL):
        return PENDING if row == UNDECIDED else SEVERAL_APPLY
    return loaded.programme.books[book].conclusions[row].give


def _why_not(audited: Audited, loaded: LoadedSeason) -> list[str]:
    """Every reason why the one student is no candidate."""
    students = audited.population.tables.students
    status = students.status.word(0)
    meaning = None if status is None else loaded.school.meaning(status)
    reasons: list[str] = [meaning] if meaning is not None and meaning in loaded.season.excluded else []
    if belongs(loaded.season.scope, students, audited.population.frame)[0] == Truth.FALSE:
        reasons.append("scope")
    return reasons
