"""后台任务: claimed once, told about, cancelled, retried, taken up after a crash."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.tasks import task_backends
from django.test import override_settings

from biye.foundation.actor import Actor
from biye.foundation.errors import Refused
from biye.machinery.jobs.actions import perform as performing
from biye.machinery.jobs.actions.start import cancel, retry, revive, start, start_once
from biye.machinery.jobs.core.works import Finished, Progress, Stopped, work, work_named
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.queries.jobs import job_of, jobs_of, unfinished_of

NOW = datetime(2022, 6, 1, 8, tzinfo=UTC)
CLERK = Actor(7, "王老师", "college")
pytestmark = pytest.mark.django_db(transaction=True)


@work("test.count")
def count(progress: Progress, *, to: int, fail: str = "", folder: str = "") -> Finished:
    for number in range(to):
        progress(number, to, f"第 {number} 个")
        if fail == "person":
            raise Stopped("表格已被删除，请重新上传")
        if fail == "bug":
            raise ZeroDivisionError
        if fail == "cancel":
            Job.objects.update(cancel_requested=True)
    path = None
    if folder:
        path = Path(folder, "out.txt")
        path.write_text("好", encoding="utf-8")
    return Finished({"counted": to}, str(path) if path else None, "结果.txt")


@pytest.fixture(autouse=True)
def waiting_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs wait in the real queue's table until a test performs them; progress is written every time it is told."""
    monkeypatch.setattr(performing, "WRITE_EVERY", 0.0)
    assert task_backends["default"].supports_get_result


def begin(**arguments: object) -> Job:
    return start("test.count", "数数", dict(arguments), by=CLERK, at=NOW)


def test_a_job_is_performed_once_and_keeps_its_result() -> None:
    job = begin(to=3)
    assert unfinished_of(7) == 1
    performing.perform(job.pk)
    performing.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == ("done", {"counted": 3}, 3, 3)
    assert unfinished_of(7) == 0


def test_a_result_file_is_kept_under_its_name_and_expires(tmp_path: Path) -> None:
    job = begin(to=1, folder=str(tmp_path))
    performing.perform(job.pk)
    job.refresh_from_db()
    assert job.file_name == "结果.txt"
    with job.file.open() as stored_file:
        assert stored_file.read() == "好".encode()
    assert list(tmp_path.iterdir()) == []
    assert job.expires_at is not None
    assert performing.expire(job.expires_at - timedelta(seconds=1)) == 0
    stored = job.file.name
    assert performing.expire(job.expires_at + timedelta(seconds=1)) == 1
    assert not default_storage.exists(stored)


@pytest.mark.parametrize(
    ("fail", "state", "message"),
    [
        ("person", "failed", "表格已被删除，请重新上传"),
        ("bug", "failed", "系统出错，未完成；已记入日志，可重试，仍不行请联系系统管理员"),
        ("cancel", "cancelled", "已取消"),
    ],
)
def test_a_job_that_does_not_finish_says_why_and_can_be_tried_again(fail: str, state: str, message: str) -> None:
    job = begin(to=3, fail=fail)
    performing.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (state, message)
    again = retry(job.pk, by=CLERK, at=NOW)
    assert (again.pk != job.pk, again.arguments) == (True, job.arguments)


def test_a_job_that_is_done_is_not_retried_or_cancelled() -> None:
    job = begin(to=1)
    performing.perform(job.pk)
    with pytest.raises(Refused):
        retry(job.pk, by=CLERK, at=NOW)
    with pytest.raises(Refused):
        cancel(job.pk, by=CLERK, at=NOW)


def test_a_waiting_job_is_cancelled_at_once_and_never_performed() -> None:
    job = begin(to=3)
    cancel(job.pk, by=CLERK, at=NOW)
    performing.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, job.done) == ("cancelled", "王老师 取消", 0)


def test_a_double_click_starts_one_job() -> None:
    first = start_once("test.count", "数数", {"to": 3}, by=CLERK, at=NOW)
    second = start_once("test.count", "数数", {"to": 3}, by=CLERK, at=NOW)
    other = start_once("test.count", "数数", {"to": 4}, by=CLERK, at=NOW)
    assert (first.pk == second.pk, first.pk == other.pk) == (True, False)


def test_work_of_a_silent_worker_is_taken_up_again() -> None:
    job = begin(to=2)
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=NOW - timedelta(minutes=5))
    assert revive(at=NOW, silent_since=NOW - timedelta(minutes=5)) == 0
    assert revive(at=NOW, silent_since=NOW - timedelta(minutes=1)) == 1
    performing.perform(job.pk)
    job.refresh_from_db()
    assert job.state == "done"


@transaction.atomic
def begin_and_break() -> None:
    begin(to=1)
    raise ZeroDivisionError


def test_nothing_is_queued_when_the_surrounding_change_fails() -> None:
    with pytest.raises(ZeroDivisionError):
        begin_and_break()
    assert Job.objects.count() == 0


def test_the_queue_performs_what_was_started() -> None:
    with override_settings(TASKS={"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}):
        job = begin(to=2)
    job.refresh_from_db()
    assert job.state == "done"


def test_everybody_sees_only_their_own_jobs() -> None:
    job = begin(to=1)
    assert [mine.pk for mine in jobs_of(7)] == [job.pk]
    assert job_of(7, job.pk) == job
    assert (list(jobs_of(8)), job_of(8, job.pk)) == ([], None)


def test_two_works_cannot_have_one_name() -> None:
    def other(progress: Progress) -> Finished:
        return Finished({})

    with pytest.raises(ValueError, match=r"test\.count"):
        work("test.count")(other)
    assert work_named("test.count") is count
