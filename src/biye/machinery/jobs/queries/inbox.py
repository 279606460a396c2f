"""消息中心: a person's own background jobs, newest first."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from biye.foundation.actor import Actor
from biye.machinery.jobs.models.job import Job


def inbox(asker: Actor) -> QuerySet[Job]:
    """Jobs this person started."""
    return Job.objects.filter(started_by=asker.user_id)


def job_of(asker: Actor, job_id: int) -> Job | None:
    """One of them; None where it is not theirs."""
    return inbox(asker).filter(id=job_id).first()


def jobs_about(asker: Actor, kinds: Collection[str], **arguments: Any) -> QuerySet[Job]:
    """Work of some kinds on one thing, whoever started it. Whoever may see the thing may see the work on it."""
    return Job.objects.filter(kind__in=kinds, **{f"arguments__{name}": value for name, value in arguments.items()})
