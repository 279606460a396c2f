"""撤销的看守: storeys above say what of theirs stands on an import, so that it cannot be pulled away from under them; and
write again what is theirs in rows that were put back as they had been before.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from biye.foundation.errors import Reason
from biye.machinery.exchange.models.batch import ImportBatch

Guard = Callable[[ImportBatch], Reason | None]
"""Takes an accepted batch, gives the reason why it can no longer be taken back."""

_GUARDS: list[Guard] = []


def guard(asked: Guard) -> Guard:
    """Register a guard; a package does it when it is loaded."""
    if asked not in _GUARDS:
        _GUARDS.append(asked)
    return asked


def reasons_against(batch: ImportBatch) -> list[Reason]:
    """What all guards say."""
    return [reason for asked in _GUARDS if (reason := asked(batch)) is not None]


Follower = Callable[[Collection[int], datetime], None]
"""Takes the students whose rows an undone import put back, and the moment; inside the transaction of the undoing."""

_FOLLOWERS: list[Follower] = []


def after_undoing(follower: Follower) -> Follower:
    """Register a follower; a package does it when it is loaded."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)
    return follower


def follow(students: Collection[int], at: datetime) -> None:
    """Let all followers write what is theirs."""
    for follower in _FOLLOWERS:
        follower(students, at)
