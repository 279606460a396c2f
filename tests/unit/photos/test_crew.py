"""多进程: every task is answered once, and one that kills or stalls its process costs only itself."""

import pytest

from biye.foundation.errors import Reason
from biye.photos.core import crew
from tests.unit.photos import crew_work


def test_every_task_is_answered_once() -> None:
    results = crew.run(range(20), crew_work.doubler, (1,), processes=2)
    assert dict(results) == {number: 2 * number + 1 for number in range(20)}


def test_no_tasks_need_no_processes() -> None:
    assert list(crew.run([], crew_work.doubler, (1,), processes=2)) == []


def test_a_task_that_dies_stalls_or_gorges_costs_only_itself() -> None:
    tasks = ["a", "die", "b", "stall", "c", "gorge", "d"]
    results = dict(crew.run(tasks, crew_work.troublemaker, (), processes=2, patience=1.5))
    assert results == {
        **{task: task for task in "abcd"},
        "die": crew.Lost(Reason("crashed")),
        "stall": crew.Lost(Reason("took_too_long")),
        "gorge": "no memory",
    }


def test_a_crew_that_cannot_get_ready_says_so() -> None:
    with pytest.raises(RuntimeError):
        list(crew.run(["a"], crew_work.never_ready, (), processes=1))


def test_leaving_early_ends_the_processes() -> None:
    results = crew.run(range(100), crew_work.doubler, (0,), processes=1)
    assert next(results) == (0, 0)
    results.close()
    assert list(results) == []
