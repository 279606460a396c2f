"""整理后台任务: jobs whose worker was lost go back to the queue; result files are kept for a while only."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from biye.foundation.actor import SYSTEM
from biye.machinery.jobs.actions.submit import wait_again
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.chain import record

LOST_AFTER = timedelta(minutes=2)
ATTEMPTS = 3


@transaction.atomic
def revive(*, at: datetime) -> list[int]:
    """找回: running jobs that have said nothing for a while wait again, at most ATTEMPTS times in all. Their ids."""
    silent = Job.objects.select_for_update().filter(state=Job.State.RUNNING, heartbeat_at__lt=at - LOST_AFTER)
    revived = []
    for job in silent.order_by("id"):
        if job.attempts < ATTEMPTS:
            wait_again(job)
            revived.append(job.id)
        else:
            job.state, job.finished_at, job.message = Job.State.FAILED, at, "lost"
            job.save(update_fields=("state", "finished_at", "message"))
        record(by=SYSTEM, at=at, action="revive_job", subject=f"job:{job.id}", after={"attempts": job.attempts})
    return revived


@transaction.atomic
def expire(*, at: datetime) -> int:
    """过期: take away result files whose time is over. How many."""
    over = list(Job.objects.select_for_update().filter(expires_at__lte=at).exclude(file="").order_by("id"))
    for job in over:
        name, storage = str(job.file), job.file.storage
        job.file = ""
        job.save(update_fields=("file",))
        transaction.on_commit(partial(storage.delete, name))
        record(by=SYSTEM, at=at, action="expire_job_file", subject=f"job:{job.id}", before={"file": name})
    return len(over)
