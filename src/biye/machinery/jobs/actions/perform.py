"""执行后台任务: claim, work, tell where it is, keep the result."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.core.files import File
from django.utils import timezone

from biye.foundation.errors import Refused
from biye.machinery.jobs.core.works import Cancelled, Finished, Stopped, work_named
from biye.machinery.jobs.models.job import Job

WRITE_EVERY = 0.5  # seconds
KEEP_FILES = timedelta(days=7)
_log = logging.getLogger(__name__)


class RowProgress:
    """进度: written to the job's row at most twice a second, however often the work tells."""

    def __init__(self, job_id: int) -> None:
        self.job_id, self._next = job_id, 0.0

    def __call__(self, done: int, total: int, message: str = "") -> None:
        if monotonic() < self._next:
            return
        self._next = monotonic() + WRITE_EVERY
        row = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING)
        row.update(done=done, total=total, message=message, heartbeat_at=timezone.now())
        if row.filter(cancel_requested=True).exists():
            raise Cancelled


def perform(job_id: int) -> None:
    """执行: nothing happens when another worker was faster or the job was cancelled."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=now, heartbeat_at=now
    )
    if claimed != 1:
        return
    job = Job.objects.get(pk=job_id)
    try:
        finished = work_named(job.kind)(RowProgress(job_id), **job.arguments)
    except Cancelled:
        _end(job, Job.State.CANCELLED, "已取消")
    except Stopped as stop:
        _end(job, Job.State.FAILED, str(stop))
    except Refused as refused:
        _end(job, Job.State.FAILED, "；".join(reason.code for reason in refused.reasons))
    except Exception:  # noqa: BLE001 - whatever went wrong, the person waiting is told
        _log.exception("job %s (%s) failed", job_id, job.kind)
        _end(job, Job.State.FAILED, "系统出错，未完成；已记入日志，可重试，仍不行请联系系统管理员")
    else:
        _keep(job, finished, timezone.now())


def _end(job: Job, state: Job.State, message: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, message=message[:400], finished_at=timezone.now())


def _keep(job: Job, finished: Finished, now: datetime) -> None:
    job.refresh_from_db()
    job.state, job.result, job.finished_at = Job.State.DONE, finished.figures, now
    job.done, job.message = max(job.done, job.total), ""
    if finished.path:
        path = Path(finished.path)
        with path.open("rb") as stream:
            job.file.save(f"{job.pk}-{path.name}", File(stream), save=False)
        path.unlink()
        job.file_name, job.expires_at = finished.file_name or path.name, now + KEEP_FILES
    job.save()


def expire(at: datetime) -> int:
    """清理: result files past their time are deleted; the number of files."""
    old = Job.objects.filter(expires_at__lt=at).exclude(file="")
    for job in old:
        job.file.delete(save=False)
        job.file, job.message = "", "结果文件已过期，可重新生成"
        job.save(update_fields=["file", "message"])
    return len(old)
