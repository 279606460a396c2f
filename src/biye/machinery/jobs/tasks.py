"""后台任务入口: what the queue calls. Primitives in, everything else is looked up."""

from django.tasks import task
from django.utils.module_loading import autodiscover_modules

from biye.machinery.jobs.actions.perform import perform


@task()
def perform_job(job_id: int) -> None:
    """Perform one job, after every package has registered its work."""
    autodiscover_modules("tasks")
    perform(job_id)
