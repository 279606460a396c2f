"""撤销的看守: storeys above say what of theirs stands on an import, so that it cannot be pulled away from under them."""

from collections.abc import Callable

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
