"""导入批次: what was uploaded, how it was understood, what is wrong with it, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.fields.files import FieldFile

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.models.batch import ImportBatch
from biye.records.actions.imports import problem_from
from biye.records.core.sheets.recognise import KINDS, WIDE
from biye.records.core.sheets.sentences import sentence
from biye.records.core.sheets.settings import PARTS_OF, SheetSettings
from biye.seasons.queries.schools import school

PROBLEMS_PAGE = 100
LIST_PAGE = 50
SEVERITIES: dict[str, str] = {"refuse": "不能导入", "ask": "请确认", "note": "提示"}
KIND_LABELS: dict[str, str] = {**{kind: spec.label for kind, spec in KINDS.items()}, WIDE.kind: WIDE.label}
TABLE_LABELS: dict[str, str] = {
    "centres": "学习中心",
    "courses": "课程",
    "plans": "教学计划",
    "plan_modules": "计划模块",
    "module_overflow": "模块溢出",
    "plan_courses": "计划课程",
    "plan_exams": "计划统考科目",
    "substitutions": "课程替代",
    "students": "学生",
    "results": "成绩",
    "exams": "统考成绩",
    "certificates": "证书",
    "fees": "交费",
    "sanctions": "处分",
    "flags": "标记",
    "photos": "学信网照片",
    "history": "往季结论",
}


@dataclass(frozen=True, slots=True)
class SheetView:
    """读懂的一张表."""

    place: str
    kind: str
    label: str
    rows: int
    refused: int
    asked: int
    coverage: str
    columns: dict[str, str]  # heading in the file → our column

    @property
    def good(self) -> int:
        """Rows that nothing is wrong with."""
        return self.rows - self.refused - self.asked


@dataclass(frozen=True, slots=True)
class TableView:
    """一张数据表将有或已有的变化."""

    label: str
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ProblemView:
    """问题: place, what, and the remedy."""

    severity: str
    severity_label: str
    file: str
    sheet: str
    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """导入批次."""

    id: int
    state: str
    state_label: str
    files: tuple[str, ...]
    kinds: tuple[str, ...]
    choices: dict[str, dict[str, Any]]
    sheets: tuple[SheetView, ...]
    tables: tuple[TableView, ...]
    problem_counts: dict[str, int]
    received_at: datetime
    received_by: str
    accepted_at: datetime | None
    undone_at: datetime | None
    mend: FieldFile | None


def imports(asker: Asker) -> list[ImportView]:
    """The newest imports; none without the permission."""
    if not asker.may(Permission.IMPORT_SHEETS):
        return []
    batches = ImportBatch.objects.defer("problems").prefetch_related("files")[:LIST_PAGE]
    return [_view(batch) for batch in batches]


def import_batch(asker: Asker, batch_id: int) -> ImportView | None:
    """One import."""
    if not asker.may(Permission.IMPORT_SHEETS):
        return None
    found = ImportBatch.objects.defer("problems").prefetch_related("files").filter(pk=batch_id).first()
    return _view(found) if found else None


def problems(asker: Asker, batch_id: int, severity: str = "", start: int = 0) -> tuple[list[ProblemView], int]:
    """A page of the problems kept in full, the gravest first, and how many of them there are."""
    if not asker.may(Permission.IMPORT_SHEETS):
        return [], 0
    kept = ImportBatch.objects.filter(pk=batch_id).values_list("problems", flat=True).first() or []
    chosen = [plain for plain in kept if severity in ("", plain["severity"])]
    return list(map(_problem, chosen[start : start + PROBLEMS_PAGE])), len(chosen)


def sheet_settings() -> SheetSettings:
    """How this school's sheets look, and the words it knows."""
    found = school()
    return SheetSettings.of(
        found.sheets,
        level=list(found.levels),
        mode=found.modes,
        status=[word for words in found.statuses.values() for word in words],
    )


def _problem(plain: dict[str, Any]) -> ProblemView:
    problem = problem_from(plain)
    return ProblemView(
        severity=problem.severity,
        severity_label=SEVERITIES[problem.severity],
        file=problem.file,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        value=problem.value,
        sentence=sentence(problem),
    )


def _view(batch: ImportBatch) -> ImportView:
    return ImportView(
        id=batch.pk,
        state=batch.state,
        state_label=batch.get_state_display(),
        files=tuple(kept.name for kept in batch.files.all()),
        kinds=tuple(KIND_LABELS.get(kind, kind) for kind in batch.kinds),
        choices=batch.choices,
        sheets=tuple(_sheets(batch.counts.get("sheets", {}).items())),
        tables=tuple(
            TableView(TABLE_LABELS.get(name, name), one["new"], one["changed"], one["unchanged"])
            for name, one in batch.counts.get("tables", {}).items()
        ),
        problem_counts={severity: batch.problem_counts.get(severity, 0) for severity in Severity},
        received_at=batch.received_at,
        received_by=batch.received_by_name,
        accepted_at=batch.accepted_at,
        undone_at=batch.undone_at,
        mend=batch.mend or None,
    )


def _sheets(found: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[SheetView]:
    for place, one in found:
        yield SheetView(
            place=place,
            kind=one["kind"],
            label=KIND_LABELS.get(one["kind"], one["kind"]),
            rows=one["rows"],
            refused=one["refused"],
            asked=one["asked"],
            coverage=one["coverage"] if one["kind"] in PARTS_OF else "",
            columns=one["columns"],
        )
