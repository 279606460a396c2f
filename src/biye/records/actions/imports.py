"""导入: receive files, look at what they would do, accept them, take them back, or give them up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.codes import Part
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.bulk import lock
from biye.machinery.exchange.core.limits import DEFAULT
from biye.machinery.exchange.core.mend import mend_page
from biye.machinery.exchange.core.problems import Problem, Severity
from biye.machinery.exchange.core.writer import Page, write_xlsx
from biye.machinery.exchange.models.batch import ImportBatch, ImportFile
from biye.machinery.ledger.chain import record
from biye.records.actions.import_preparing import Prepared, prepare, problems_of, read_upload
from biye.records.actions.import_writing import Writer
from biye.records.actions.shown_changes import students_changed
from biye.records.core.sheets.reading import Progress, Readings
from biye.records.core.sheets.sentences import sentence
from biye.records.core.sheets.settings import Choice, SheetSettings

State = ImportBatch.State


@transaction.atomic
def receive_import(
    *, files: Sequence[tuple[str, bytes]], choices: Mapping[str, Choice], by: Actor, at: datetime
) -> ImportBatch:
    """上传: keep the files; nothing is read yet. Refuses no file, a name twice, and what is far too large."""
    names = [name for name, _ in files]
    reasons = [Reason("import_without_files")] if not files else []
    reasons += [
        Reason("import_name_twice", {"name": name}) for name in sorted({n for n in names if names.count(n) > 1})
    ]
    reasons += [
        Reason("import_file_too_large", {"name": name, "limit": DEFAULT.file_bytes})
        for name, content in files
        if len(content) > DEFAULT.file_bytes
    ]
    if reasons:
        raise Refused(*reasons)
    batch = ImportBatch.objects.create(
        choices={name: _plain_choice(choice) for name, choice in choices.items()},
        received_by=by.user_id,
        received_by_name=by.name,
        received_at=at,
    )
    described = {}
    for name, content in files:
        digest = sha256(content).hexdigest()
        kept = ImportFile(batch=batch, name=name, size=len(content), sha256=digest)
        kept.file.save(f"{digest}.sheet", ContentFile(content), save=True)
        described[name] = digest
    record(by=by, at=at, action="receive_import", subject=f"import:{batch.pk}", after=described)
    return batch


def preview_import(
    batch_id: int, *, settings: SheetSettings, by: Actor, at: datetime, progress: Progress | None = None
) -> ImportBatch:
    """核对: read, check and compare; the batch then says what would happen. Nothing of the records is written."""
    batch = _open_batch(batch_id)
    prepared = prepare(_read(batch, settings, progress), settings, hold_asked=False)
    written = Writer(prepared, None).run(at)
    with transaction.atomic():
        _describe(batch, prepared, written.counts)
        batch.state = State.CHECKED
        batch.save()
        record(by=by, at=at, action="preview_import", subject=f"import:{batch.pk}", after=batch.counts)
    return batch


def accept_import(
    batch_id: int,
    *,
    settings: SheetSettings,
    include_asked: bool,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> ImportBatch:
    """导入: good rows in, refused ones back as a sheet to mend; with `include_asked` the doubtful ones go in, too."""
    looked_at = _checked_batch(batch_id)
    readings = _read(looked_at, settings, progress)
    with transaction.atomic():
        lock(ImportBatch)
        batch = _checked_batch(batch_id)
        if batch.choices != looked_at.choices:
            raise Refused(Reason("import_not_checked"))
        prepared = prepare(readings, settings, hold_asked=not include_asked)
        written = Writer(prepared, batch).run(at)
        _describe(batch, prepared, written.counts)
        batch.state, batch.accepted_at = State.ACCEPTED, at
        batch.save()
        after = {"counts": written.counts, "students": len(written.touched), "include_asked": include_asked}
        record(by=by, at=at, action="accept_import", subject=f"import:{batch.pk}", after=after)
        students_changed(written.touched, at=at, by=by)
    return batch


@transaction.atomic
def choose_reading(batch_id: int, *, choices: Mapping[str, Choice], by: Actor, at: datetime) -> ImportBatch:
    """改读法: what kind each sheet is and whom it speaks for, as a person says; it has to be looked at again."""
    batch = _open_batch(batch_id)
    before, batch.choices = batch.choices, {name: _plain_choice(choice) for name, choice in choices.items()}
    batch.state = State.RECEIVED
    batch.save()
    record(by=by, at=at, action="choose_reading", subject=f"import:{batch.pk}", before=before, after=batch.choices)
    return batch


@transaction.atomic
def discard_import(batch_id: int, *, by: Actor, at: datetime) -> ImportBatch:
    """放弃: an upload that is not to be imported; its files are deleted."""
    batch = _open_batch(batch_id)
    for kept in batch.files.all():
        transaction.on_commit(partial(kept.file.storage.delete, str(kept.file.name)))
    _keep_mend(batch, ())
    batch.state = State.DISCARDED
    batch.save()
    record(by=by, at=at, action="discard_import", subject=f"import:{batch.pk}")
    return batch


def _open_batch(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state not in (State.RECEIVED, State.CHECKED):
        raise Refused(Reason("import_is_over", {"state": batch.get_state_display()}))
    return batch


def _checked_batch(batch_id: int) -> ImportBatch:
    batch = _open_batch(batch_id)
    if batch.state != State.CHECKED:
        raise Refused(Reason("import_not_checked"))
    return batch


def _read(batch: ImportBatch, settings: SheetSettings, progress: Progress | None) -> Readings:
    files = [(kept.name, partial(_content, kept)) for kept in batch.files.all()]
    choices = {name: _choice(said) for name, said in batch.choices.items()}
    return read_upload(files, settings, choices, progress)


def _content(kept: ImportFile) -> bytes:
    with kept.file.open("rb") as stream:
        content: bytes = stream.read()
    return content


def _describe(batch: ImportBatch, prepared: Prepared, counts: dict[str, dict[str, int]]) -> None:
    """What the batch says of itself after reading: kinds, counts, problems and the sheet to mend."""
    readings = prepared.readings
    batch.kinds = sorted({item.kind for item in readings.in_hand})
    rows = {
        item.table.file + (f"/{item.table.sheet}" if item.table.sheet else ""): {
            "kind": item.kind,
            "rows": len(item.table),
            "refused": int((~item.table.good).sum()),
            "asked": int((item.table.state == 1).sum()),
            "coverage": item.coverage,
            "parts": [part.name.lower() for part in item.parts],
            "columns": {item.table.heading_of(name): item.table.spec[name].label for name in item.table.places},
        }
        for item in readings.in_hand
    }
    batch.counts = {"tables": counts, "sheets": rows}
    batch.problems = [_plain_problem(problem) for problem in problems_of(prepared)]
    batch.problem_counts = {severity.value: prepared.problems.count(severity) for severity in Severity}
    _keep_mend(batch, [mend_page(item.table, sentence, prepared.hold_asked) for item in readings.in_hand])


def _keep_mend(batch: ImportBatch, pages: Sequence[Page | None]) -> None:
    """The sheet to mend, in place of an earlier one."""
    if batch.mend:
        transaction.on_commit(partial(batch.mend.storage.delete, str(batch.mend.name)))
        batch.mend = ""
    if present := [page for page in pages if page is not None]:
        buffer = BytesIO()
        write_xlsx(buffer, present)
        batch.mend.save(f"mend-{batch.pk}.xlsx", ContentFile(buffer.getvalue()), save=False)


def _plain_problem(problem: Problem) -> dict[str, Any]:
    """A problem as plain values; its sentence is made when it is read, so that wording may improve."""
    return asdict(problem) | {"details": dict(problem.details)}


def problem_from(plain: Mapping[str, Any]) -> Problem:
    """A stored problem back again."""
    return Problem(**{**plain, "severity": Severity(plain["severity"])})


def _plain_choice(choice: Choice) -> dict[str, Any]:
    parts = [int(part) for part in choice.parts] if choice.parts is not None else None
    return {"kind": choice.kind, "coverage": choice.coverage, "parts": parts}


def _choice(plain: Mapping[str, Any]) -> Choice:
    parts = plain["parts"]
    return Choice(plain["kind"], plain["coverage"], tuple(map(Part, parts)) if parts is not None else None)
