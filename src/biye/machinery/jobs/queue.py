"""任务队列: the one task that the queue knows. It takes a job's number, does its work and notes how it ended."""

import structlog
from django.tasks import task
from django.utils import timezone

from biye.foundation.errors import Refused
from biye.machinery.jobs.kinds import kind_of
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.progress import Progress, Stopped

log = structlog.get_logger()


@task
def perform(job_id: int) -> None:
    """Do a waiting job. A job that is not waiting (cancelled, done, already taken) is left alone."""
    job = _claim(job_id)
    if job is None:
        return
    progress = Progress(job, timezone.now)
    try:
        result = kind_of(job.kind).work(progress, **job.arguments)
    except Stopped:
        _end(job, Job.State.CANCELLED)
    except Refused as refusal:
        reasons = [{"code": reason.code, **reason.details} for reason in refusal.reasons]
        _end(job, Job.State.FAILED, message="refused", result={"reasons": reasons})
    except Exception:
        log.exception("job failed", job=job.id, kind=job.kind)
        _end(job, Job.State.FAILED, message="error")
        raise
    else:
        _end(job, Job.State.DONE, result=result)


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    job = Job.objects.filter(id=job_id, state=Job.State.WAITING).first()
    if job is None:
        return None
    job.attempts += 1
    taken = Job.objects.filter(id=job_id, state=Job.State.WAITING, attempts=job.attempts - 1).update(
        state=Job.State.RUNNING, attempts=job.attempts, started_at=now, heartbeat_at=now
    )
    return job if taken else None


def _end(job: Job, state: Job.State, *, message: str = "", result: dict[str, object] | None = None) -> None:
    """Only the attempt that still holds the job may end it."""
    mine = Job.objects.filter(id=job.id, state=Job.State.RUNNING, attempts=job.attempts)
    mine.update(state=state, message=message, result=result, finished_at=timezone.now())
