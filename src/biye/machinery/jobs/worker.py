"""任务进程: takes jobs from the queue until told to stop, and every now and then brings back those of lost workers."""

import threading

from django.db import connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from biye.machinery.jobs.actions.tidy import expire, revive

TIDY_EVERY = 30.0


def work(*, until_empty: bool = False, interval: float = 0.5) -> None:
    """Run jobs one after the other; any number of such processes share the queue. Ends on SIGINT or SIGTERM."""
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    over = threading.Event()
    tidier = threading.Thread(target=_tidy_until, args=(over,), daemon=True)
    tidier.start()
    if threading.current_thread() is threading.main_thread():
        worker.configure_signals()
    try:
        worker.run()
    finally:
        over.set()
        tidier.join()


def _tidy_until(over: threading.Event) -> None:
    try:
        while True:
            revive(at=timezone.now())
            expire(at=timezone.now())
            if over.wait(TIDY_EVERY):
                return
    finally:
        connections.close_all()
