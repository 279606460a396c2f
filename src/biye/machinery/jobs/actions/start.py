"""发起、取消、重试后台任务."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.models.job import Job

OVER = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)


def start(kind: str, title: str, arguments: dict[str, Any], *, by: Actor, at: datetime) -> Job:
    """发起: put work in the queue once the surrounding transaction is committed."""
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, title=title, arguments=arguments, started_by=by.user_id, started_by_name=by.name, created_at=at
        )
        transaction.on_commit(partial(_enqueue, job.pk))
    return job


def start_once(kind: str, title: str, arguments: dict[str, Any], *, by: Actor, at: datetime) -> Job:
    """发起（不重复）: the same work that is waiting or running already is returned instead: a double click starts one."""
    with transaction.atomic():
        same = Job.objects.select_for_update().filter(kind=kind, arguments=arguments).exclude(state__in=OVER).first()
        return same or start(kind, title, arguments, by=by, at=at)


def cancel(job_id: int, *, by: Actor, at: datetime) -> None:
    """取消: waiting work stops at once, running work at its next step. Raises Refused when it is over."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    if waiting.update(state=Job.State.CANCELLED, finished_at=at, message=f"{by.name} 取消"):
        return
    if not Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(cancel_requested=True):
        raise Refused(Reason("job_is_over"))


def retry(job_id: int, *, by: Actor, at: datetime) -> Job:
    """重试: the same work again as a new job. Raises Refused while it is not over, or when it was done."""
    job = Job.objects.get(pk=job_id)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise Refused(Reason("job_not_to_retry"))
    return start_once(job.kind, job.title, job.arguments, by=by, at=at)


def revive(*, at: datetime, silent_since: datetime) -> int:
    """接续: running work whose worker went silent is put back in the queue; the number of jobs."""
    with transaction.atomic():
        silent = list(
            Job.objects.select_for_update()
            .filter(state=Job.State.RUNNING, heartbeat_at__lt=silent_since)
            .values_list("pk", flat=True)
        )
        Job.objects.filter(pk__in=silent).update(state=Job.State.WAITING, message="中断后重新排队", heartbeat_at=at)
        for pk in silent:
            transaction.on_commit(partial(_enqueue, pk))
    return len(silent)


def _enqueue(job_id: int) -> None:
    from biye.machinery.jobs.tasks import perform_job

    perform_job.enqueue(job_id)
