"""One hostile file through the whole import: looked at, accepted, taken back; and what must hold on the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from biye.foundation.actor import SYSTEM
from biye.foundation.moments import CHINA
from biye.machinery.exchange.models.batch import ImportBatch
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.import_wiring import WIRINGS
from biye.records.actions.imports import accept_import, preview_import, problem_from, receive_import
from biye.records.core.sheets.sentences import sentence
from biye.records.core.sheets.settings import SheetSettings
from tests.faults.good_sheets import base
from tests.faults.mangling import mangled

AT = datetime(2022, 5, 1, tzinfo=CHINA)
SETTINGS = SheetSettings()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the way it was mangled, the format it came from, the gravest reason or "taken"."""

    way: str
    kind: str
    result: str
    rows: int


def prepare() -> None:
    """Students and a plan, so that grades have something to belong to."""
    batch = receive_import(files=base(), choices={}, by=SYSTEM, at=AT)
    preview_import(batch.pk, settings=SETTINGS, by=SYSTEM, at=AT)
    accept_import(batch.pk, settings=SETTINGS, include_asked=True, by=SYSTEM, at=AT)


def run(seed: int) -> Outcome:
    """One mangled copy. AssertionError where a promise breaks."""
    way, kind, (name, content) = mangled(seed)
    result, rows = bring(name, content, include_asked=bool(seed % 2))
    return Outcome(way, kind, result, rows)


def bring(name: str, content: bytes, *, include_asked: bool) -> tuple[str, int]:
    """A file through everything, rolled back at the end; gives the gravest reason or "taken", and how many rows."""
    with transaction.atomic():
        found = _through(name, content, include_asked)
        transaction.set_rollback(True)
    return found


def _through(name: str, content: bytes, include_asked: bool) -> tuple[str, int]:
    before = everything()
    batch = receive_import(files=[(name, content)], choices={}, by=SYSTEM, at=AT)
    try:
        looked_at = preview_import(batch.pk, settings=SETTINGS, by=SYSTEM, at=AT)
        assert everything() == before, "a preview wrote something"
        done = accept_import(batch.pk, settings=SETTINGS, include_asked=include_asked, by=SYSTEM, at=AT)
        written = everything()
        _check_counts(done, before, written)
        if include_asked:
            assert done.counts["tables"] == looked_at.counts["tables"], "a preview promised something else"
        undo_import(batch.pk, reason="撤销", by=SYSTEM, at=AT)
        assert everything() == before, "something stayed after the undo"
    finally:
        for kept in batch.files.all():
            kept.file.storage.delete(kept.file.name)
    problems = [problem_from(plain) for plain in done.problems]
    said = [(problem.severity.value, problem.code) for problem in problems if sentence(problem)]
    grave = [code for severity, code in said if severity != "note"]
    rows = sum(sum(counts.values()) for counts in done.counts["tables"].values())
    assert rows or said, "nothing was taken and nobody was told why"
    return grave[0] if grave else "taken", rows


def _check_counts(
    batch: ImportBatch, before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]
) -> None:
    """What the batch says it wrote is what was written, and nothing else."""
    for table, wiring in WIRINGS.items():
        if table == "module_overflow":
            continue
        counts = batch.counts["tables"].get(table, {"new": 0, "changed": 0})
        name = wiring.model.__name__
        assert len(after[name]) - len(before[name]) == counts["new"], f"{table}: rows that nobody announced"


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the records."""
    found = {}
    with connection.cursor() as cursor:
        for wiring in WIRINGS.values():
            cursor.execute(f"SELECT * FROM {wiring.model._meta.db_table} ORDER BY 1, 2, 3")
            found[wiring.model.__name__] = cursor.fetchall()
    return found
