"""任务种类: what kinds of background work there are. A package registers its own in its `tasks.py`, which is found by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """任务种类: its name in the table, what a user reads, and the work."""

    name: str
    label: str
    work: Work


_KINDS: dict[str, Kind] = {}


def kind(name: str, label: str) -> Callable[[Work], Work]:
    """Register `work(progress, **arguments) -> result`. Arguments and result are plain JSON values."""

    def register(work: Work) -> Work:
        _KINDS[name] = Kind(name, label, work)
        return work

    return register


def kind_of(name: str) -> Kind:
    """A registered kind. Raises KeyError where there is none."""
    return _KINDS[name]
