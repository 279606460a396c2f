"""交费: no arrears, by the day the finance office posted a payment."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import decided
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.codes import Part
from biye.foundation.moments import day_number
from biye.records.core.tables import NO_DAY, Fees, take_rows
from biye.seasons.core.shapes import Words

YUAN = 100
Cents = npt.NDArray[np.int64]


class FeesCleared(Params):
    """交费审核."""

    by: str | None = Field(default=None, description="以哪个日程为到账截止；不写则不看到账日期")
    kinds: Words = Field(default=(), description="哪些费用；不写则全部")
    each: Literal["row", "kind", "year", "all"] = Field(
        default="row", description="逐条、逐种、逐年、还是合计：多交的可以抵同组所欠"
    )


@kind("fees.cleared", Unit.MONEY, Needs.FEES)
def fees_cleared(batch: Batch, params: FeesCleared) -> Measured:
    """交费: nothing is owed, counting what was posted in time; what is paid too much helps only within its group.

    have: yuan owed as far as is known, rounded up; need: 0 (n,). detail: 1 where a payment counts only if it was posted
    in time and its day does not say (none, or the very day of a deadline at noon). 待核实: fees were not imported, or a
    sum, a kind or such a day decides. No row of the fees asked: nothing is due. Source: N1 (every year), N5 (posted by 2024-03-17).
    """
    fees = batch.fees
    if params.kinds:
        fees = take_rows(fees, fees.kind.among(list(params.kinds)) | (fees.kind.codes < 0))
    unclear = (fees.due < 0) | (fees.paid < 0)
    if params.kinds:
        unclear |= fees.kind.codes < 0
    surely, perhaps = _paid_in_time(batch, fees, params.by)
    owner, group = _groups(batch.n, fees, params.each)
    doubtful = _total(len(owner), group, unclear) > 0
    most = np.where(doubtful, 0, np.maximum(_total(len(owner), group, fees.due - surely), 0))
    least = np.where(doubtful, 0, np.maximum(_total(len(owner), group, fees.due - perhaps), 0))
    owed = _total(batch.n, owner, most)
    not_met = _total(batch.n, owner, least) > 0
    if params.each != "row":
        not_met &= batch.covered(Part.FEES)  # a payment not imported may set off what the group owes
    doubt = _total(batch.n, owner, doubtful) > 0
    known = batch.covered(Part.FEES)
    verdict = decided((owed == 0) & ~doubt & known, not_met)
    undated = _total(batch.n, fees.student, surely != perhaps) > 0
    return Measured.of(verdict, -(-owed // YUAN), 0, undated)


def _paid_in_time(batch: Batch, fees: Fees, by: str | None) -> tuple[Cents, Cents]:
    """What was surely paid in time, and what may have been; a day that ends after the moment may be either."""
    if by is None:
        return fees.paid, fees.paid
    moment = batch.frame.calendar[by].astimezone(batch.frame.school.zone)
    day = day_number(moment.date())
    partly = moment != moment.replace(hour=0, minute=0, second=0, microsecond=0)
    unknown = fees.posted == NO_DAY
    surely = np.where(~unknown & (fees.posted < day), fees.paid, 0)
    perhaps = np.where(unknown | (fees.posted < day + partly), fees.paid, 0)
    return surely, perhaps


def _groups(n: int, fees: Fees, each: str) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]:
    """Whose each group is, and each row's group."""
    if each == "row":
        return fees.student, np.arange(len(fees.student))
    if each == "all":
        return np.arange(n), fees.student
    part = fees.kind.codes if each == "kind" else fees.year
    keys, group = np.unique(fees.student.astype(np.int64) << 32 | part.astype(np.int64) + 1, return_inverse=True)
    return keys >> 32, group


def _total(size: int, group: npt.NDArray[np.integer], amounts: npt.NDArray[np.generic]) -> Cents:
    total = np.zeros(size, np.int64)
    np.add.at(total, group, amounts.astype(np.int64))
    return total
