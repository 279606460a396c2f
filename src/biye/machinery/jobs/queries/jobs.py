"""消息中心: a person's own jobs."""

from django.db.models import QuerySet

from biye.machinery.jobs.models.job import Job


def jobs_of(user_id: int) -> QuerySet[Job]:
    """Newest first."""
    return Job.objects.filter(started_by=user_id).order_by("-id")


def job_of(user_id: int, job_id: int) -> Job | None:
    """One of the person's own jobs, or None."""
    return jobs_of(user_id).filter(pk=job_id).first()


def unfinished_of(user_id: int) -> int:
    """How many are waiting or running."""
    return jobs_of(user_id).filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).count()
