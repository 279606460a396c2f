"""照片的后台任务."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.seats import seat_by_id, seat_with
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.core.writer import write_xlsx
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.progress import Progress


@kind("upload_photos", "成批上传照片")
def upload_photos(
    progress: Progress, *, archive: str, purpose: str, stem: str, seat_id: int, at: str
) -> dict[str, Any]:
    """Take in every photo of an archive, and a report as a sheet and for a page."""
    # The networks' libraries take a while to import, and every process that starts reads this module.
    from django.core.files.storage import default_storage

    from biye.photos.actions.receiving import take_in
    from biye.photos.exports import report_of

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.UPLOAD_PHOTOS):
        raise Refused(Reason("no_longer_allowed"))
    with default_storage.open(archive) as stream:
        content = stream.read()
    moment = datetime.fromisoformat(at)
    report = report_of(
        list(take_in(content, purpose=purpose, stem=stem, by=asker, at=moment, progress=progress.report))
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "photos.xlsx")
        write_xlsx(str(path), report.pages)
        progress.attach(path, "照片上传报告.xlsx")
    default_storage.delete(archive)
    return report.summary | {"job_id": progress.job.id}


@kind("compare_photos", "全体比对")
def compare_photos(progress: Progress, *, stem: str, season: str) -> dict[str, Any]:
    """Swapped files, and one face or file under two people, among everybody's current photos; as a sheet and for a page
    of the season it was begun in."""
    from biye.photos.exports import suspicion_pages, suspicion_summary
    from biye.photos.queries.cohorts import suspicions

    asker = seat_with(progress.job.started_by, Permission.COMPARE_PHOTOS)
    found = None if asker is None else suspicions(asker, stem, progress.report)
    if found is None:
        raise Refused(Reason("no_longer_allowed"))
    with TemporaryDirectory() as folder:
        path = Path(folder, "cohort.xlsx")
        write_xlsx(str(path), suspicion_pages(found))
        progress.attach(path, "全体比对结果.xlsx")
    return suspicion_summary(found) | {"season": season}
