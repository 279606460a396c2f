"""学分: rules over credits earned. Amounts in tenths; a slot whose part was never imported may still bring its credits."""

import numpy as np
import numpy.typing as npt

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.limits import Limit
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.verdicts import Verdict, Verdicts


class CreditsTotal(Params):
    """`min`: credits, or `plan` for the plan's own figure."""

    min: Limit


@kind("credits.total", Unit.CREDITS, Needs.GRADES)
def credits_total(batch: Batch, params: CreditsTotal) -> Measured:
    """总学分: credits earned in the plan reach the limit. Unknown plan or results not imported: 待核实 where they matter."""
    surely, perhaps = earned(batch)
    need = params.min.credits(batch)
    return Measured.of(reaches(surely, perhaps, need), surely, need)


def earned(batch: Batch) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """已修学分 (n,): what is surely earned, and what it could be once everything is imported."""
    credits = batch.plans.credits[batch.students.plan]
    surely = np.where(batch.cells().passed, credits, 0).sum(axis=1, dtype=np.int32)
    return surely, surely + np.where(batch.unknown_slots(), credits, 0).sum(axis=1, dtype=np.int32)


def reaches(surely: npt.NDArray[np.int32], perhaps: npt.NDArray[np.int32], need: npt.NDArray[np.int32]) -> Verdicts:
    """At least: met when surely so, not met when it cannot be; a need of -1 is not known."""
    verdict = np.where(surely >= need, Verdict.MET, np.where(perhaps < need, Verdict.NOT_MET, Verdict.UNKNOWN))
    return np.where(need < 0, Verdict.UNKNOWN, verdict).astype(np.uint8)
