"""工作: which kinds of background work there are. A package registers its own in its `tasks.py` with `work`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Cancelled(Exception):
    """已取消: somebody asked the job to stop; the work leaves everything as it was or can be taken up again."""


class Stopped(Exception):
    """停止: the work cannot go on; the text is Chinese and tells the person who started it what to do."""


@dataclass(frozen=True, slots=True)
class Finished:
    """结果: small figures for the page, and perhaps a file to download (bytes on disk, and the name people see)."""

    figures: dict[str, Any]
    path: str | None = None
    file_name: str = ""


class Progress(Protocol):
    """进度: how work tells where it is. Every call is a chance to be cancelled (raises Cancelled)."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


Work = Callable[..., Finished]
_WORKS: dict[str, Work] = {}


def work(name: str) -> Callable[[Work], Work]:
    """Register `function(progress, **primitives) -> Finished`. It may be killed and started again with the same arguments."""

    def register(function: Work) -> Work:
        if _WORKS.get(name, function).__qualname__ != function.__qualname__:
            raise ValueError(f"two works are called {name}")
        _WORKS[name] = function
        return function

    return register


def work_named(name: str) -> Work:
    """The registered function. Raises KeyError."""
    return _WORKS[name]
