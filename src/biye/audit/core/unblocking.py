"""最能解困的几处: who would graduate if one rule alone were met, by the same conclusion rows the engine goes by. Pure."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from biye.audit.core.engine import Programme, row_truths
from biye.foundation.verdicts import Truth, Verdict, Verdicts
from biye.seasons.core.people import People

Marks = npt.NDArray[np.int64]


def unblocked(
    programme: Programme,
    not_met: Marks,
    unknown: Marks,
    not_required: Marks,
    concerned: Callable[[People], Verdicts],
) -> Mapping[int, npt.NDArray[np.bool_]]:
    """Rule number → who (n,) would have a favourable conclusion were that rule met, and does not meet it now.

    Only rules that the first book's conclusions name: mending any other changes no conclusion.
    """
    rows, n = next(iter(programme.books.values())).conclusions, len(not_met)
    named = frozenset().union(*(row.when.rules() for row in rows))
    verdicts = {
        rule.id: _verdicts(number, not_met, unknown, not_required) for number, rule in enumerate(programme.rules)
    }
    favourable = np.array([row.favourable for row in rows])
    found = {}
    for number, rule in enumerate(programme.rules):
        open_ = (not_met | unknown) >> number & 1 == 1
        if rule.id not in named or not open_.any():
            continue
        mended = {**verdicts, rule.id: np.full(n, Verdict.MET, np.uint8)}
        found[number] = open_ & _graduates(row_truths(rows, mended, n, concerned), favourable)
    return found


def _verdicts(number: int, not_met: Marks, unknown: Marks, not_required: Marks) -> Verdicts:
    verdict = np.full(len(not_met), Verdict.MET, np.uint8)
    for bits, meaning in (
        (not_met, Verdict.NOT_MET),
        (unknown, Verdict.UNKNOWN),
        (not_required, Verdict.NOT_REQUIRED),
    ):
        verdict[bits >> number & 1 == 1] = meaning
    return verdict


def _graduates(truths: Sequence[Verdicts], favourable: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Exactly one row surely applies, and it is a favourable one."""
    sure = np.stack(truths) == Truth.TRUE
    return (sure.sum(axis=0) == 1) & sure[favourable].any(axis=0)
