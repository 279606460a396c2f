"""条件: the truth of a `when` over verdicts, three-valued and without any order."""

from collections.abc import Mapping

import numpy as np

from biye.foundation.verdicts import Truth, Verdicts, every, opposite, some
from biye.seasons.core.shapes import When

# By verdict: 待核实, 符合, 不符合, 不适用.
_IS_MET = np.array([Truth.UNKNOWN, Truth.TRUE, Truth.FALSE, Truth.TRUE], np.uint8)
_IS_NOT_MET = np.array([Truth.UNKNOWN, Truth.FALSE, Truth.TRUE, Truth.FALSE], np.uint8)
_IS_UNKNOWN = np.array([Truth.TRUE, Truth.FALSE, Truth.FALSE, Truth.FALSE], np.uint8)


def truth_of(when: When, verdicts: Mapping[str, Verdicts], n: int) -> Verdicts:
    """Truth of the condition for n students; `verdicts` by rule id, each (n,)."""
    parts: list[Verdicts] = []
    if when.met:
        parts.append(every([_IS_MET.take(verdicts[rule]) for rule in when.met]))
    if when.not_met:
        parts.append(every([_IS_NOT_MET.take(verdicts[rule]) for rule in when.not_met]))
    if when.any_not_met:
        parts.append(some([_IS_NOT_MET.take(verdicts[rule]) for rule in when.any_not_met]))
    if when.any_unknown:
        parts.append(some([_IS_UNKNOWN.take(verdicts[rule]) for rule in when.any_unknown]))
    if when.all:
        parts.append(every([truth_of(part, verdicts, n) for part in when.all]))
    if when.any:
        parts.append(some([truth_of(part, verdicts, n) for part in when.any]))
    if when.no is not None:
        parts.append(opposite(truth_of(when.no, verdicts, n)))
    if when.at_least is not None:
        parts.append(_at_least(when.at_least.n, [_IS_MET.take(verdicts[rule]) for rule in when.at_least.of]))
    return every(parts) if parts else np.full(n, Truth.TRUE, np.uint8)


def _at_least(n: int, truths: list[Verdicts]) -> Verdicts:
    stacked = np.stack(truths)
    surely = (stacked == Truth.TRUE).sum(axis=0)
    perhaps = surely + (stacked == Truth.UNKNOWN).sum(axis=0)
    return (surely >= n) * np.uint8(Truth.TRUE) | (perhaps < n) * np.uint8(Truth.FALSE)
