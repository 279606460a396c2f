"""Explanations for tests: of a case written as in a school's case files, and of whole invented seasons."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from biye.audit.core.case_tables import tables_of
from biye.audit.core.cases import CasePlan, Facts
from biye.audit.core.engine import Programme
from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.shapes import Explanation, Finding
from biye.audit.core.loading import LoadedSeason, load_season
from biye.audit.core.pipeline import audit_tables
from biye.foundation.moments import moment
from biye.records.core.tables import RecordTables
from biye.seasons.core.season import Season
from biye.seasons.core.shapes import Document
from tests.unit.audit.institution import SCHOOL, SEASON, frame
from tests.unit.audit.populations import population
from tests.unit.audit.programmes import programme

TJU = ("tju-online", "2022-autumn")
GIVEN: dict[str, Any] = {
    "level": "专升本",
    "mode": "网络教育",
    "status": "在籍",
    "entry": "2020春",
    "exams": {"大学英语B": "通过", "计算机应用基础": "通过"},
    "photo": {"at_chsi": "2022-05-10 09:00", "comparison": "学信照片通过", "compared": "2022-05-12 16:05"},
    "certificates": [{"kind": "学位英语", "obtained": "2021-11-20"}],
}
PLAN: dict[str, Any] = {
    "credits": "20",
    "exams": ["大学英语B", "计算机应用基础"],
    "modules": {"基础": {"credits": "8"}, "选修": {"credits": "4", "overflow": "任选"}, "任选": {"credits": "2"}},
    "courses": {
        "英语": {"credits": "4", "module": "基础", "degree": True},
        "管理学": {"credits": "4", "module": "基础", "core": True},
        "商务": {"credits": "2", "module": "选修", "kind": "选修"},
        "会计": {"credits": "2", "module": "选修", "kind": "选修"},
        "法律": {"credits": "2.5", "module": "选修", "kind": "选修"},
        "艺术": {"credits": "2", "module": "任选", "kind": "选修", "assessment": "考查"},
        "毕业论文": {"credits": "6", "kind": "毕业论文"},
    },
    "substitutions": {"老英语": "英语"},
}
PASSED = dict.fromkeys(PLAN["courses"], "80")


def explained(facts: dict[str, Any], at: str = "2022-05-30 09:12", season: tuple[str, str] = TJU) -> Explanation:
    """One student of a shipped school; `facts` go over a student with whom nothing is wrong."""
    loaded = load_season(*season)
    read = Facts.model_validate({**GIVEN, "plan": "案例", "courses": PASSED, **facts})
    tables = tables_of(read, CasePlan.model_validate(PLAN) if read.plan else None)
    audited = audit_tables(loaded.programme, loaded.frame(moment(at)), tables)
    return Explainer(loaded, audited).full(0)


def finding(told: Explanation, rule: str) -> Finding:
    """What was found under one rule."""
    return next(one for one in told.findings if one.rule == rule)


@dataclass(frozen=True, slots=True)
class InventedSeason:
    """A season thrown together, and its population."""

    loaded: LoadedSeason
    tables: RecordTables
    explainer: Explainer


def invented_season(seed: int, students: int = 6, courses: int = 8) -> InventedSeason:
    """Six random rules of any kind over a random population."""
    random = Random(seed)  # noqa: S311 a reproducible population, no secret
    tables = population(random, students, courses)
    loaded = _loaded(programme(random))
    audited = audit_tables(loaded.programme, frame("2022-06-10 09:00"), tables)
    return InventedSeason(loaded, audited.population.tables, Explainer(loaded, audited))


def _loaded(made: Programme) -> LoadedSeason:
    """A season's other files around a programme."""
    document = Document(id="notice", title="试验通知")
    books = {name: book.model_copy(update={"document": document}) for name, book in made.books.items()}
    source = {"document": "notice", "clause": "一"}
    closing = {"until": "2022-06-15 24:00", "source": source}
    season = Season.model_validate(
        {
            "season": "2022秋季",
            "title": "试验批次",
            "term": "2022秋",
            "documents": [document],
            "rulebooks": {name: f"{name}.yaml" for name in books},
            "scope": {},
            "scope_source": source,
            "excluded": {"withdrawn": {"why_not": "已退学"}},
            "calendar": {
                "check": {**closing, "label": "核对", "silence": "no_objection"},
                "photo": {**closing, "label": "照片", "silence": "not_this_season"},
            },
            "routes": {
                route.id: {
                    "label": route.label,
                    "for": route.for_,
                    "open_when": route.open_when,
                    "closed_because": "不符合条件",
                    "source": source,
                }
                for route in made.routes
            },
        }
    )
    whole = Programme(books, made.scope, made.excluded_statuses, made.routes)
    return LoadedSeason(SCHOOL, season.model_copy(update={"term": SEASON}), "试验", whole, "", Path())
