"""可以清理的审查: finished runs whose outcomes nobody will ask for any more."""

from datetime import datetime, timedelta

from django.db.models import Max, Q

from biye.audit.models.publication import Publication
from biye.audit.models.run import Run
from biye.machinery.jobs.models.job import Job

_NAMED_BY_JOBS = ("base_id", "run_id")


def runs_to_clear(keep: timedelta, at: datetime) -> list[Run]:
    """Finished longer ago than `keep`, and not needed: not published, not the newest of a season, no job waits for it, and
    nothing that stays was put together from it or is compared with it."""
    done = Run.objects.filter(state=Run.State.DONE)
    trials = done.filter(purpose=Run.Purpose.TRIAL).order_by()
    newest = trials.values("season_id").annotate(newest=Max("id")).values_list("newest", flat=True)
    waiting = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).values_list("arguments", flat=True)
    needed = {arguments[name] for arguments in waiting for name in _NAMED_BY_JOBS if arguments.get(name) is not None}
    needed |= {*newest, *Publication.objects.order_by().values_list("run_id", flat=True).distinct()}
    stays = Q(finished_at__gte=at - keep) | Q(pk__in=needed) | Q(state=Run.State.RUNNING)
    needed |= set(Run.objects.filter(stays, base__isnull=False).order_by().values_list("base_id", flat=True))
    old = done.filter(finished_at__lt=at - keep).exclude(pk__in=needed)
    return list(old.select_related("season", "rules").order_by("id"))
