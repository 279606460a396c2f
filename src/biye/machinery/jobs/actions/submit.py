"""提交、取消、重试后台任务."""

from datetime import datetime
from typing import Any

from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.kinds import kind_of
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.queue import perform
from biye.machinery.ledger.chain import hold, record


@transaction.atomic
def submit(*, kind: str, by: Actor, at: datetime, about: str = "", arguments: dict[str, Any] | None = None) -> Job:
    """提交: put work into the queue once this transaction is committed. `about` follows the kind's label in the title.

    The same work for the same person that is not over yet is given back instead: a double click starts one job.
    Where `at` among the arguments is only the moment of asking, it does not make it other work.
    """
    label = kind_of(kind).label
    hold()  # two clicks at the same moment look one after the other
    open_ = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING), cancel_requested=False)
    for job in open_.filter(kind=kind, started_by=by.user_id).order_by("id"):
        if _what(job.arguments, job.created_at) == _what(arguments or {}, at):
            return job
    job = Job.objects.create(
        kind=kind,
        title=f"{label}：{about}" if about else label,
        arguments=arguments or {},
        started_by=by.user_id,
        started_by_name=by.name,
        created_at=at,
    )
    record(by=by, at=at, action="submit_job", subject=f"job:{job.id}", after={"kind": kind, **job.arguments})
    _enqueue(job)
    return job


@transaction.atomic
def cancel(job_id: int, *, by: Actor, at: datetime) -> Job:
    """取消: a waiting job is over at once; a running one stops at its next word. A finished one is refused."""
    job = Job.objects.select_for_update().get(id=job_id)
    if job.state == Job.State.WAITING:
        job.state, job.finished_at = Job.State.CANCELLED, at
    elif job.state == Job.State.RUNNING:
        job.cancel_requested = True
    else:
        raise Refused(Reason("job_is_over", {"state": job.get_state_display()}))
    job.save(update_fields=("state", "finished_at", "cancel_requested"))
    record(by=by, at=at, action="cancel_job", subject=f"job:{job.id}")
    return job


@transaction.atomic
def retry(job_id: int, *, by: Actor, at: datetime) -> Job:
    """重试: a failed or cancelled job waits again, with the same arguments."""
    job = Job.objects.select_for_update().get(id=job_id)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise Refused(Reason("job_is_not_over", {"state": job.get_state_display()}))
    wait_again(job)
    record(by=by, at=at, action="retry_job", subject=f"job:{job.id}")
    return job


def wait_again(job: Job) -> None:
    """Back into the queue; inside a transaction that holds the job's row."""
    job.state, job.cancel_requested, job.message = Job.State.WAITING, False, ""
    job.done, job.finished_at = 0, None
    job.save(update_fields=("state", "cancel_requested", "message", "done", "finished_at"))
    _enqueue(job)


def _what(arguments: dict[str, Any], asked_at: datetime) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if (name, value) != ("at", asked_at.isoformat())}


def _enqueue(job: Job) -> None:
    transaction.on_commit(lambda: perform.enqueue(job.id))
