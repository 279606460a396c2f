"""多进程: many files through one function, a process a core; a file that kills or stalls its process costs only itself."""

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any

from biye.foundation.errors import Reason

# A picture within the limits takes well under a second; this is for what got past them.
PATIENCE = 30.0
START_PATIENCE = 120.0
# What one file may take beyond the process as it stands with the networks loaded.
ROOM = 700_000_000
_SPAWN = get_context("spawn")

type Work = Callable[[Any], Any]
type Prepare = Callable[..., Work]


@dataclass(frozen=True, slots=True)
class Lost:
    """损失: a task whose process broke down or took too long."""

    reason: Reason


@dataclass(slots=True)
class _Member:
    """One process, and the task it has in hand; at first that is getting ready."""

    process: BaseProcess
    pipe: Connection
    task: Any
    deadline: float

    @property
    def is_idle(self) -> bool:
        return self.task is _IDLE


_STARTING, _IDLE = object(), object()


def run(
    tasks: Iterable[Any], prepare: Prepare, arguments: tuple[Any, ...], *, processes: int, patience: float = PATIENCE
) -> Iterator[tuple[Any, Any]]:
    """Each task with its result, or Lost, in the order in which they get done.

    `prepare(*arguments)` is called once in each process and returns the function for the tasks; both must be importable.
    """
    waiting = deque(tasks)
    crew = [_start(prepare, arguments) for _ in range(min(processes, len(waiting)))]
    try:
        while crew:
            for place, member, result in _settled(crew):
                if member.task is _STARTING:
                    _require_started(result)
                else:
                    yield member.task, result
                    if isinstance(result, Lost):
                        _end(member)
                        crew[place] = _start(prepare, arguments)
                        continue
                member.task, member.deadline = _IDLE, float("inf")
            for member in crew:
                if member.is_idle and waiting:
                    _hand_over(member, waiting.popleft(), patience)
            for member in [member for member in crew if not waiting and member.task in (_IDLE, _STARTING)]:
                crew.remove(member)
                _end(member)
    finally:
        for member in crew:
            _end(member)


def _start(prepare: Prepare, arguments: tuple[Any, ...]) -> _Member:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, prepare, arguments), daemon=True)
    process.start()
    theirs.close()
    return _Member(process, ours, _STARTING, monotonic() + START_PATIENCE)


def _require_started(result: Any) -> None:
    if isinstance(result, Lost):
        raise RuntimeError("a process of the crew could not get ready")


def _hand_over(member: _Member, task: Any, patience: float) -> None:
    member.task, member.deadline = task, monotonic() + patience
    # Where the process has died meanwhile, the pipe's end tells so at once.
    with suppress(OSError):
        member.pipe.send(task)


def _settled(crew: list[_Member]) -> list[tuple[int, _Member, Any]]:
    """Whoever has answered, died or run out of time."""
    soonest = min(member.deadline for member in crew)
    ready = connection.wait([member.pipe for member in crew], max(soonest - monotonic(), 0.0))
    settled: list[tuple[int, _Member, Any]] = []
    for place, member in enumerate(crew):
        if member.pipe in ready:
            settled.append((place, member, _answer(member)))
        elif monotonic() >= member.deadline:
            settled.append((place, member, Lost(Reason("took_too_long"))))
    return settled


def _answer(member: _Member) -> Any:
    try:
        return member.pipe.recv()
    except (EOFError, OSError):
        return Lost(Reason("crashed"))


def _end(member: _Member) -> None:
    member.pipe.close()
    member.process.kill()
    member.process.join()


def _serve(pipe: Connection, prepare: Prepare, arguments: tuple[Any, ...]) -> None:
    """What a member does: get ready once, then one task after the other until it is ended."""
    # An interruption is the parent's to handle; it ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = prepare(*arguments)
    _limit_memory()
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(work(task))


def _limit_memory() -> None:
    """So much more than the process has now, where the system can say how much that is."""
    status = Path("/proc/self/statm")
    if status.exists():
        now = int(status.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + ROOM, now + ROOM))
