"""后台任务: claimed once, told about, cancelled, retried, taken up after a crash."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.actions.submit import cancel, retry, submit
from biye.machinery.jobs.actions.tidy import ATTEMPTS, LOST_AFTER, expire, revive
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.progress import Progress, Stopped
from biye.machinery.jobs.queries.inbox import inbox, job_of
from biye.machinery.jobs.queue import perform
from biye.machinery.jobs.worker import work
from biye.machinery.ledger.models.entry import Entry

NOW = datetime(2022, 6, 1, 8, tzinfo=UTC)
CLERK = Actor(7, "王老师", "college")
IMMEDIATE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
pytestmark = pytest.mark.django_db(transaction=True)


@kind("test_count", "数数")
def count(progress: Progress, *, to: int, fail: str = "", folder: str = "", at: str = "") -> dict[str, Any]:
    for number in range(to):
        if fail == "cancel":
            Job.objects.update(cancel_requested=True)
        if fail == "refused":
            raise Refused(Reason("sheet_gone", {"name": "成绩.xlsx"}))
        if fail == "bug":
            raise ZeroDivisionError
        if fail == "killed":
            raise KeyboardInterrupt
        progress.report(number + 1, to, f"第 {number + 1} 个")
    if folder:
        path = Path(folder, "out.txt")
        path.write_text("好", encoding="utf-8")
        progress.attach(path, "结果.txt")
    return {"counted": to}


def begin(**arguments: object) -> Job:
    return submit(kind="test_count", about="到头", arguments=dict(arguments), by=CLERK, at=NOW)


def run(job: Job) -> Job:
    perform.func(job.id)
    job.refresh_from_db()
    return job


def test_a_job_is_performed_once_and_keeps_its_result() -> None:
    job = run(begin(to=3))
    assert (job.title, job.state, job.result, job.done, job.total) == ("数数：到头", "done", {"counted": 3}, 3, 3)
    assert (run(job).attempts, job.finished_at is not None) == (1, True)


def test_a_result_file_is_fetched_under_its_name_until_it_expires(tmp_path: Path) -> None:
    job = run(begin(to=1, folder=str(tmp_path)))
    with job.file.open() as kept:
        assert (job.file_name, kept.read()) == ("结果.txt", "好".encode())
    name, storage = job.file.name, job.file.storage
    assert job.expires_at is not None
    assert expire(at=job.expires_at - timedelta(seconds=1)) == 0
    assert storage.exists(name)
    assert expire(at=job.expires_at) == 1
    job.refresh_from_db()
    assert (job.file.name, storage.exists(name)) == ("", False)


def test_a_refusal_keeps_its_reasons() -> None:
    job = run(begin(to=1, fail="refused"))
    assert (job.state, job.message) == ("failed", "refused")
    assert job.result == {"reasons": [{"code": "sheet_gone", "name": "成绩.xlsx"}]}


def test_a_mistake_of_ours_is_told_and_left_to_the_log() -> None:
    job = begin(to=1, fail="bug")
    with pytest.raises(ZeroDivisionError):
        perform.func(job.id)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "error")


def test_a_running_job_stops_at_its_next_word_when_cancelled() -> None:
    assert run(begin(to=1, fail="cancel")).state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_and_never_performed() -> None:
    job = begin(to=3)
    cancel(job.id, by=CLERK, at=NOW)
    assert (run(job).state, job.done) == ("cancelled", 0)


def test_what_is_over_is_not_cancelled_and_what_is_done_is_not_retried() -> None:
    job = run(begin(to=1))
    with pytest.raises(Refused, match="job_is_over"):
        cancel(job.id, by=CLERK, at=NOW)
    with pytest.raises(Refused, match="job_is_not_over"):
        retry(job.id, by=CLERK, at=NOW)


def test_a_failed_job_is_tried_again_with_the_same_arguments() -> None:
    job = run(begin(to=2, fail="refused"))
    Job.objects.filter(id=job.id).update(arguments={"to": 2})
    retry(job.id, by=CLERK, at=NOW)
    assert (run(job).state, job.attempts, job.result) == ("done", 2, {"counted": 2})


def test_a_double_click_starts_one_job_until_it_is_over() -> None:
    first, second, other = begin(to=3), begin(to=3), begin(to=4)
    assert (first.id == second.id, first.id == other.id) == (True, False)
    run(first)
    assert begin(to=3).id != first.id


def test_when_it_was_asked_for_does_not_make_it_other_work_and_a_moment_it_is_about_does() -> None:
    def asked(seconds: int, about: datetime | None = None) -> Job:
        at = NOW + timedelta(seconds=seconds)
        arguments = {"to": 3, "at": (about or at).isoformat()}
        return submit(kind="test_count", arguments=arguments, by=CLERK, at=at)

    first, second, other = asked(0), asked(1), asked(2, about=NOW + timedelta(days=1))
    assert (first.id == second.id, first.id == other.id) == (True, False)
    assert second.arguments == {"to": 3, "at": NOW.isoformat()}


def test_two_clicks_at_the_same_moment_start_one_job() -> None:
    ready = Barrier(2)

    def click(_: int) -> int:
        try:
            connection.ensure_connection()
            ready.wait()
            return begin(to=3).id
        finally:
            connection.close()

    for again in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(click, range(2)))) == 1
        run(Job.objects.get(state=Job.State.WAITING))
        assert Job.objects.count() == again + 1


@pytest.mark.parametrize(("silent", "revived"), [(-1, False), (0, False), (1, True)])
def test_a_job_is_taken_up_again_once_its_worker_has_been_silent_for_too_long(silent: int, revived: bool) -> None:
    job = killed(begin(to=2))
    now = last_word(job) + LOST_AFTER + timedelta(seconds=silent)
    assert revive(at=now) == ([job.id] if revived else [])
    assert run(job).state == ("done" if revived else "running")


def killed(job: Job) -> Job:
    """As a worker leaves it that was killed in the middle."""
    Job.objects.filter(id=job.id).update(arguments={"to": 2, "fail": "killed"})
    with pytest.raises(KeyboardInterrupt):
        perform.func(job.id)
    Job.objects.filter(id=job.id).update(arguments={"to": 2})
    job.refresh_from_db()
    assert job.state == "running"
    return job


def last_word(job: Job) -> datetime:
    assert job.heartbeat_at is not None
    return job.heartbeat_at


def test_a_job_that_kills_every_worker_is_given_up() -> None:
    job = begin(to=2)
    for attempt in range(1, ATTEMPTS + 1):
        killed(job)
        assert revive(at=last_word(job) + 2 * LOST_AFTER) == ([job.id] if attempt < ATTEMPTS else [])
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == ("failed", "lost", ATTEMPTS)


def test_a_worker_that_was_given_up_on_cannot_speak_for_the_job_any_more() -> None:
    job = killed(begin(to=2))
    old = Progress(Job.objects.get(id=job.id), lambda: NOW)
    revive(at=last_word(job) + 2 * LOST_AFTER)
    run(job)
    with pytest.raises(Stopped):
        old.report(2, 2)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


@transaction.atomic
def begin_and_break() -> None:
    begin(to=1)
    raise ZeroDivisionError


def test_nothing_is_queued_when_the_surrounding_change_fails() -> None:
    with pytest.raises(ZeroDivisionError):
        begin_and_break()
    assert (Job.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_queue_performs_what_was_submitted() -> None:
    with override_settings(TASKS=IMMEDIATE):
        job = begin(to=2)
    job.refresh_from_db()
    assert job.state == "done"


def test_a_worker_empties_the_queue() -> None:
    jobs = [begin(to=number) for number in (1, 2, 3)]
    work(until_empty=True)
    assert [Job.objects.get(id=job.id).state for job in jobs] == ["done"] * 3


def test_everybody_sees_only_their_own_jobs() -> None:
    job, other = begin(to=1), Actor(8, "李老师", "college")
    assert (list(inbox(CLERK)), job_of(CLERK, job.id)) == ([job], job)
    assert (list(inbox(other)), job_of(other, job.id)) == ([], None)


def test_every_change_of_a_job_leaves_an_entry() -> None:
    job = begin(to=1)
    cancel(job.id, by=CLERK, at=NOW)
    retry(job.id, by=CLERK, at=NOW)
    found = Entry.objects.order_by("id").values_list("action", "subject")
    assert list(found) == [(action, f"job:{job.id}") for action in ("submit_job", "cancel_job", "retry_job")]
