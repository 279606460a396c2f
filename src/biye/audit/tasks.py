"""审查的后台任务."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.seats import seat_by_id, seat_with
from biye.foundation.errors import Reason, Refused
from biye.machinery import clock
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.progress import Progress


@kind("run_audit", "毕业资格审查")
def audit(progress: Progress, *, rules_id: int, base_id: int | None, at: str) -> dict[str, Any]:
    """Judge a season's students and store what was found."""
    return _run(progress, Permission.RUN_AUDIT, rules_id, base_id, at, "trial")


@kind("rehearse_rules", "试算")
def rehearse(progress: Progress, *, rules_id: int, base_id: int, at: str) -> dict[str, Any]:
    """Judge them by other rules, to be compared with the base run."""
    return _run(progress, Permission.REHEARSE_RULES, rules_id, base_id, at, "rehearsal")


@kind("prepare_publication", "准备公布")
def prepare(progress: Progress, *, run_id: int) -> dict[str, Any]:
    """Write down what every student will be told."""
    from biye.audit.actions.publications import prepare_publication

    asker = _somebody(progress, Permission.PUBLISH)
    publication = prepare_publication(run_id, by=asker, at=clock.now(), progress=progress.report)
    return {"publication_id": publication.pk, "students": publication.students}


@kind("export_students", "导出学生名单")
def export(
    progress: Progress, *, run_id: int, seat_id: int, chosen: dict[str, Any], form: str, at: str
) -> dict[str, Any]:
    """Exactly the students and columns of a list, within the scope of the seat that asked; every row says who took it."""
    from biye.audit.exports import export_students

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.EXPORT_STUDENTS):
        raise Refused(Reason("no_longer_allowed"))
    with TemporaryDirectory() as folder:
        path = Path(folder, f"students.{form}")
        rows = export_students(asker, run_id, chosen, path, at=datetime.fromisoformat(at), progress=progress.report)
        progress.attach(path, f"学生名单.{form}")
    return {"students": rows}


@kind("export_retakes", "补拍重拍名单")
def export_retakes(
    progress: Progress, *, season_id: int, seat_id: int, centre_id: int | None, at: str
) -> dict[str, Any]:
    """Which of a season's candidates have to come again for their photo, and why; within the scope of the seat."""
    from biye.audit.queries.candidates import candidate_ids
    from biye.machinery.exchange.core.writer import write_xlsx
    from biye.photos.exports import retake_page

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.EXPORT_STUDENTS):
        raise Refused(Reason("no_longer_allowed"))
    among = candidate_ids(asker, season_id)
    page = retake_page(asker, datetime.fromisoformat(at), centre_id=centre_id, among=among)
    with TemporaryDirectory() as folder:
        path = Path(folder, "retakes.xlsx")
        write_xlsx(str(path), [page])
        progress.attach(path, "补拍重拍名单.xlsx")
    return {"students": len(list(page.rows))}


def _run(
    progress: Progress, permission: Permission, rules_id: int, base_id: int | None, at: str, purpose: str
) -> dict[str, Any]:
    # The engine takes a while to import, and every process that starts reads this module.
    from biye.audit.actions.run_audit import run_audit

    asker = _somebody(progress, permission)
    run = run_audit(
        rules_id,
        by=asker.actor,
        at=datetime.fromisoformat(at),
        now=clock.now(),
        purpose=purpose,
        base_id=base_id,
        job_id=progress.job.id,
        progress=progress.report,
    )
    return {"run_id": run.id, "students": run.students, "audited": run.audited}


def _somebody(progress: Progress, permission: Permission) -> Asker:
    """Whoever asked for the work must still be allowed it when it is done."""
    asker = seat_with(progress.job.started_by, permission)
    if asker is None:
        raise Refused(Reason("no_longer_allowed"))
    return asker
