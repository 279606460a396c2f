"""区间判定: a verdict stands only when nothing that may still be imported could change it; otherwise 待核实."""

from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.bitsets import Counts
from biye.foundation.verdicts import Verdict, Verdicts
from biye.records.core.tables import Bools

Whole = npt.NDArray[np.signedinteger[Any]]


def decided(met: Bools, not_met: Bools) -> Verdicts:
    """Surely met, surely not, else 待核实; never both. The codes of MET and NOT_MET are two bits."""
    return met.view(np.uint8) | not_met.view(np.uint8) << np.uint8(1)


def where_known(known: Bools, verdict: Verdicts) -> Verdicts:
    """The verdict, 待核实 (0) where something it rests on is not known."""
    return verdict * known.view(np.uint8)


def at_least(surely: Whole, perhaps: Whole, need: Counts) -> Verdicts:
    """有…以上: met when what there surely is reaches, not met when what there might be does not; need -1 is not known."""
    return where_known(need >= 0, decided(surely >= need, perhaps < need))


def at_most(surely: Whole, perhaps: Whole, need: Counts) -> Verdicts:
    """不超过: met when what there might be keeps within, not met when what there surely is does not."""
    return where_known(need >= 0, decided(perhaps <= need, surely > need))


def if_none(none: Bools, answer: Verdict, verdict: Verdicts) -> Verdicts:
    """The rulebook's answer where there was nothing to look at."""
    return np.where(none, np.uint8(answer), verdict) if none.any() else verdict
