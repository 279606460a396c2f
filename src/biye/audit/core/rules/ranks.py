"""排名: a quota within a group, such as three in a hundred of a centre's graduates; it needs the whole population.

First every other rule is measured in chunks; then `ranking` compares everybody once; then the rule is measured again
with each chunk's part of the ranking. How the population was cut never shows.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured, Ranking
from biye.audit.core.conditions import truth_of
from biye.audit.core.intervals import decided
from biye.audit.core.limits import CountLimit, ShareLimit
from biye.audit.core.rules.grades import RESULTS_OPEN, WORD_WITHOUT_NUMBER
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.verdicts import Truth, Verdicts, every
from biye.records.core.tables import NO_SCORE, Bools, Students
from biye.seasons.core.shapes import Identifier, When

Ints = npt.NDArray[np.int32]
WHOLE = 10_000
NOT_RANKED, NOT_COMPARED, GROUP_TOO_SMALL = 1, 2, 4  # detail; from SIZE_FROM on the size of the group
SIZE_FROM = 8


class RankWithin(Params):
    """名额."""

    score_of: Identifier = Field(description="按哪条 grade.average 规则的平均分排名")
    among: When = Field(default=When(), description="在哪些学生中排名：满足这些判定的；总在本季范围之内")
    group: tuple[Literal["level", "mode", "centre", "major", "entry"], ...] = Field(
        default=("centre",), min_length=1, description="按什么分组"
    )
    share: ShareLimit | None = Field(default=None, description="名额占组内人数的百分比")
    count: CountLimit | None = Field(default=None, description="或：固定名额")
    rounding: Literal["floor", "ceil", "half_up"] = Field(default="floor", description="名额不是整数时")
    at_least: int = Field(default=0, ge=0, description="名额至少几人")
    smallest_group: int = Field(default=1, ge=1, description="不足几人的组不参加")
    ties: Literal["ask", "in", "out"] = Field(
        default="ask", description="名额边上同分：ask 待核实，in 都算在内，out 都不算"
    )

    @model_validator(mode="after")
    def _one_quota(self) -> "RankWithin":
        if (self.share is None) == (self.count is None):
            raise PydanticCustomError("exactly_one", "exactly one of {keys}", {"keys": "share、count"})
        return self


@kind("rank.within", Unit.COUNT, Needs.RANKING)
def rank_within(batch: Batch, params: RankWithin) -> Measured:
    """名额: by the average of another rule the student is within the quota of the group.

    have: the best place the student may have; need: places there surely are (n,). detail: NOT_RANKED, NOT_COMPARED,
    GROUP_TOO_SMALL, and from SIZE_FROM the size of the group. 待核实: the population has not been ranked; or facts that
    are open (the student's own, or others' who may be members or come before) decide; or a tie across the last place.
    Source: N19 (3 % of a centre, at least 1, centres of 10 and more), N20 (10 % of a class).
    """
    ranking = batch.ranking.get(params)
    if ranking is None:
        return Measured.of(np.zeros(batch.n, np.uint8), 0, 0, NOT_RANKED)
    limit = (params.share or params.count).each(batch)  # type: ignore[union-attr]
    surely, perhaps = _quota(params, limit, ranking.size_least), _quota(params, limit, ranking.size_most)
    outside = ranking.member == Truth.FALSE
    too_small = ranking.size_most < params.smallest_group
    met = (ranking.member == Truth.TRUE) & (ranking.size_least >= params.smallest_group)
    met &= (ranking.ahead_most < surely) & (limit >= 0)
    not_met = outside | too_small | (ranking.ahead_least >= perhaps) & (limit >= 0)
    told = outside * NOT_COMPARED | too_small * GROUP_TOO_SMALL | ranking.size_least.astype(np.int64) << SIZE_FROM
    return Measured.of(decided(met, not_met), ranking.ahead_least + 1, surely, told)


def _quota(params: RankWithin, limit: Ints, size: Ints) -> Ints:
    """Places in a group of that size (n,)."""
    if params.share is None:
        places = limit
    else:
        extra = {"floor": 0, "half_up": WHOLE // 2, "ceil": WHOLE - 1}[params.rounding]
        places = (limit.astype(np.int64) * size + extra) // WHOLE
    return np.maximum(places, params.at_least).astype(np.int32)


def ranking(
    params: RankWithin,
    students: Students,
    candidate: Verdicts,
    verdicts: Mapping[str, Verdicts],
    average: Measured,
) -> Ranking:
    """排名 of a whole population: `candidate` and `verdicts` are everybody's, `average` what the rule `score_of` found."""
    n = len(students)
    member = every([candidate, truth_of(params.among, verdicts, n)])
    exact = (average.have != NO_SCORE) & (average.detail & (RESULTS_OPEN | WORD_WITHOUT_NUMBER) == 0)
    may, surely = member != Truth.FALSE, member == Truth.TRUE
    grouped, group = _groups(students, params.group)
    groups = int(group.max(initial=0)) + 1
    # Whoever may be compared but belongs to an unknown group may belong to any of them.
    stray = int((may & ~grouped).sum())
    inside, likely = surely & grouped, may & grouped
    size_least = np.bincount(group[inside], minlength=groups)[group]
    size_most = np.bincount(group[likely], minlength=groups)[group] + stray
    vague = np.bincount(group[likely & ~exact], minlength=groups)[group] - (likely & ~exact) + stray
    key = _keys(group, average.have)
    ahead_least = _ahead(key, group, inside & exact, equals=params.ties == "out")
    ahead_most = _ahead(key, group, likely & exact, equals=params.ties != "in") + vague
    ahead_least[~exact] = 0
    ahead_most[~exact] = (size_most - may)[~exact]
    # Of a student without a group nothing is known but that it is no larger than everybody.
    for column, open_ in ((size_least, 0), (size_most, n), (ahead_least, 0), (ahead_most, n)):
        column[~grouped] = open_
    least, most, small, large = (column.astype(np.int32) for column in (ahead_least, ahead_most, size_least, size_most))
    return Ranking(least, most, small, large, member)


def _groups(students: Students, columns: tuple[str, ...]) -> tuple[Bools, npt.NDArray[np.int64]]:
    """Is the student's group known, and its number (0 where not)? (n,)"""
    known, key = np.ones(len(students), bool), np.zeros(len(students), np.int64)
    for name in columns:
        column = getattr(students, name)
        codes = (column if name == "entry" else column.codes).astype(np.int64)
        known &= codes >= 0
        _, key = np.unique(key * (int(codes.max(initial=0)) + 2) + codes + 1, return_inverse=True)
    return known, np.where(known, key, 0).astype(np.int64)


def _keys(group: npt.NDArray[np.int64], score: Ints) -> npt.NDArray[np.int64]:
    """Group and score in one number, the better the larger."""
    return group << 32 | (score.astype(np.int64) + 1)


def _ahead(
    key: npt.NDArray[np.int64], group: npt.NDArray[np.int64], counted: Bools, *, equals: bool
) -> npt.NDArray[np.int64]:
    """How many of those counted come before each student in the group, those level with the student too if `equals`."""
    ordered = np.sort(key[counted])
    last = np.searchsorted(ordered, (group + 1) << 32)
    place = np.searchsorted(ordered, key, side="left" if equals else "right")
    return last - place - (counted if equals else 0)
