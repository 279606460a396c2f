"""biye remind: a job for the worker, at the moment given; without a season or with no moment it says so."""

import pytest

from biye.casework.models.message import Message
from biye.machinery.jobs.models.job import Job
from biye.machinery.jobs.queue import perform
from tests.app.cli.conftest import Biye
from tests.pages.people import populate
from tests.pages.season import STEM, audited_season

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_work_is_a_job_at_the_moment_given(biye: Biye) -> None:
    audited_season(populate())
    result = biye("remind", "--season", STEM, "--at", "2022-06-14 09:00")
    job = Job.objects.get(kind="remind_due")
    assert (result.exit_code, result.stdout) == (
        0,
        f"已交给后台任务：提醒学生：2022年秋季毕业资格审查（第 {job.pk} 号）\n",
    )
    perform.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["told"], Message.objects.count()) == ("done", 2, 2)


def test_called_again_before_the_worker_came_it_is_one_job(biye: Biye) -> None:
    audited_season(populate())
    assert [biye("remind", "--season", STEM).exit_code for _ in range(2)] == [0, 0]
    assert Job.objects.filter(kind="remind_due").count() == 1


def test_long_after_the_season_nobody_is_reminded(biye: Biye) -> None:
    audited_season(populate())
    biye("remind", "--season", STEM)
    job = Job.objects.get(kind="remind_due")
    perform.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["told"], Message.objects.count()) == ("done", 0, 0)


def test_a_season_that_is_not_there(biye: Biye) -> None:
    result = biye("remind", "--season", "1999-autumn")
    assert (result.exit_code, result.stderr, Job.objects.count()) == (2, "没有批次 1999-autumn：先在学院端建立\n", 0)


def test_a_moment_that_is_none(biye: Biye) -> None:
    audited_season(populate())
    result = biye("remind", "--season", STEM, "--at", "明天")
    assert (result.exit_code, result.stderr, Job.objects.count()) == (
        2,
        "--at 的“明天”不是时刻：请写成 2022-06-14 09:00 的样子\n",
        0,
    )
