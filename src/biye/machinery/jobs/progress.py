"""任务进展: what a running job says of itself, at most twice a second, and how it hears that it is to stop."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File

from biye.machinery.jobs.models.job import Job

EVERY = 0.5
KEPT = timedelta(days=7)


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


class Progress:
    """任务进展 of one attempt at one job. Must not be used inside a transaction: nobody would see it."""

    def __init__(self, job: Job, clock: Callable[[], datetime]) -> None:
        self.job, self.clock = job, clock
        self._spoke = 0.0

    def report(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is. Raises Stopped where it is no longer wanted."""
        if time.monotonic() - self._spoke < EVERY and done < total:
            return
        self._spoke = time.monotonic()
        mine = Job.objects.filter(id=self.job.id, state=Job.State.RUNNING, attempts=self.job.attempts)
        changed = {"done": done, "total": total, "heartbeat_at": self.clock()}
        if message:
            changed["message"] = message
        if not mine.filter(cancel_requested=False).update(**changed):
            raise Stopped

    def attach(self, path: Path, name: str) -> None:
        """Keep a file as the job's result, to be fetched under `name` until it expires."""
        with path.open("rb") as content:
            self.job.file.save(f"{self.job.id}-{self.job.attempts}{path.suffix}", File(content), save=False)
        self.job.file_name, self.job.expires_at = name, self.clock() + KEPT
        self.job.save(update_fields=("file", "file_name", "expires_at"))
