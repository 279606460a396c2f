"""导入的后台任务: looking at and accepting large sheets, with the school's own settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.seats import seat_with
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.progress import Progress
from biye.records.actions.imports import accept_import, preview_import
from biye.seasons.queries.imports import sheet_settings


@kind("preview_import", "核对导入")
def preview(progress: Progress, *, batch_id: int, at: str) -> dict[str, Any]:
    """Read, check and compare; nothing of the records is written."""
    asker = _officer(progress)
    moment = datetime.fromisoformat(at)
    preview_import(batch_id, settings=sheet_settings(), by=asker.actor, at=moment, progress=_heard(progress))
    return {"batch_id": batch_id}


@kind("accept_import", "导入数据")
def accept(progress: Progress, *, batch_id: int, include_asked: bool, at: str) -> dict[str, Any]:
    """Write the good rows. The work is one transaction: it is done or it never was; its progress cannot be told meanwhile."""
    asker = _officer(progress)
    moment = datetime.fromisoformat(at)
    accept_import(batch_id, settings=sheet_settings(), include_asked=include_asked, by=asker.actor, at=moment)
    return {"batch_id": batch_id}


def _officer(progress: Progress) -> Asker:
    asker = seat_with(progress.job.started_by, Permission.IMPORT_SHEETS)
    if asker is None:
        raise Refused(Reason("no_longer_allowed"))
    return asker


def _heard(progress: Progress) -> Callable[[str, int, int], None]:
    return lambda file, done, total: progress.report(done, total, file)
