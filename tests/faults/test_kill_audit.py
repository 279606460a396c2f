"""断电: an audit whose process is killed in the middle leaves nothing to be seen, and its job is done by the next worker."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.accounts.queries.seats import asker_of
from biye.audit.actions.begin import begin_audit
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.run import Outcome, Rules, Run
from biye.foundation.actor import SYSTEM
from biye.machinery.jobs.actions.tidy import LOST_AFTER, revive
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.worker import work
from biye.machinery.ledger.models.entry import Entry
from biye.seasons.models.season import Season
from tests.app.audit.invented import school

AT = datetime(2022, 6, 15, 12, tzinfo=UTC)
STUDENTS, SEEN = 60, 8
PATIENCE = 60.0
# A worker that takes its time over every student.
SLOW = """
import sys, time, django
django.setup()
from biye.audit.actions import run_audit, storage
from biye.machinery.jobs.queue import perform
run_audit.CHUNK = 1
write = storage.Storage._write
def slowly(*arguments):
    write(*arguments)
    time.sleep(0.05)
storage.Storage._write = slowly
perform.func(int(sys.argv[1]))
"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> Asker:
    user = User.objects.create_user("wang", password="not-a-real-password-1", name="王老师")
    return asker_of(Seat.objects.create(user=user, role=Role.COLLEGE))


def address() -> str:
    """The test's database, as an installation is told of it."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    port = f"&port={place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}{port}"


def kill_in_the_middle(job: Job) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "biye.project.settings", "BIYE_DATABASE_URL": address()}
    with subprocess.Popen([sys.executable, "-c", SLOW, str(job.id)], env=environment) as worker:
        deadline = time.monotonic() + PATIENCE
        while Outcome.objects.count() < SEEN and time.monotonic() < deadline and worker.poll() is None:
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
    assert SEEN <= Outcome.objects.count() < STUDENTS


def test_a_killed_audit_is_taken_up_again_without_loss_or_doubling(officer: Asker) -> None:
    school(STUDENTS)
    season = Season.objects.create(stem="2022-autumn", label="2022年秋季", term=4045, opened_at=AT)
    job = begin_audit(season.id, only_changed=False, by=officer, at=AT)
    kill_in_the_middle(job)
    assert [run.state for run in Run.objects.all()] == ["running"]
    job.refresh_from_db()
    assert job.state == "running"
    assert revive(at=job.heartbeat_at + 2 * LOST_AFTER + timedelta(seconds=1)) == [job.id]
    work(until_empty=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    done = Run.objects.get(state="done")
    assert {one.run_id for one in Outcome.objects.all()} == {done.id}
    assert Outcome.objects.count() == done.students == STUDENTS
    assert Entry.objects.filter(action="run_audit").count() == 1
    whole = run_audit(Rules.objects.get().id, by=SYSTEM, at=AT, now=AT)
    assert (done.digest, done.counts) == (whole.digest, whole.counts)
