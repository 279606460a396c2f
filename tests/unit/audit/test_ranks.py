"""Quotas: who is within, by counting everybody against everybody, and at the edges that notices speak of."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.rules.grades import RESULTS_OPEN
from biye.audit.core.rules.ranks import GROUP_TOO_SMALL, NOT_COMPARED, NOT_RANKED, RankWithin, rank_within, ranking
from biye.foundation.verdicts import Truth, Verdict
from biye.records.core.tables import Coded
from tests import oracle
from tests.unit.audit.institution import frame
from tests.unit.audit.populations import population
from tests.unit.audit.test_oracle import batch_of

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
_THREE = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


def places(
    params: RankWithin,
    scores: list[int | None],
    members: list[Truth] | None = None,
    centres: list[str | None] | None = None,
) -> tuple[list[Verdict], Measured]:
    """Verdicts of a population given by scores (None: still open), membership and centres."""
    n = len(scores)
    batch = batch_of(population(Random(0), n, 3), frame())  # noqa: S311
    batch.students.centre = Coded.of(list(centres or ["河东"] * n))
    candidate = np.array(members or [Truth.TRUE] * n, np.uint8)
    found = ranked(params, batch, scores, candidate)
    return [Verdict(verdict) for verdict in found.verdict], found


def ranked(params: RankWithin, batch: Batch, scores: list[int | None], candidate: np.ndarray) -> Measured:
    """Rank everybody, then measure."""
    average = Measured.of(
        np.zeros(batch.n, np.uint8),
        np.array([-1 if score is None else score for score in scores], np.int32),
        0,
        np.array([RESULTS_OPEN if score is None else 0 for score in scores], np.int64),
    )
    batch.ranking = {params: ranking(params, batch.students, candidate, {}, average)}
    return rank_within(batch, params)


def quota(**raw: object) -> RankWithin:
    return RankWithin.model_validate({"score_of": "average", **raw})


@settings(max_examples=300, deadline=None)
@given(
    random=st.randoms(use_true_random=True),
    students=st.integers(1, 10),
    limit=st.sampled_from(({"share": "10"}, {"share": "33.33"}, {"share": "50"}, {"count": "1"}, {"count": "3"})),
    rounding=st.sampled_from(("floor", "ceil", "half_up")),
    ties=st.sampled_from(("ask", "in", "out")),
    least=st.integers(0, 1),
    smallest=st.integers(1, 4),
)
def test_counting_everybody_agrees(
    random: Random, students: int, limit: dict[str, str], rounding: str, ties: str, least: int, smallest: int
) -> None:
    params = quota(**limit, rounding=rounding, ties=ties, at_least=least, smallest_group=smallest)
    scores = [random.choice((None, 7000, 8000, 8001, 8500, 9000, 9500)) for _ in range(students)]
    members = [random.choice((Truth.TRUE,) * 6 + (Truth.FALSE, Truth.UNKNOWN)) for _ in range(students)]
    centres = [random.choice(("河东", "河东", "河西", "河西", None)) for _ in range(students)]
    everybody = [
        oracle.Standing(_THREE[member], None if centre is None else (centre,), score)
        for member, centre, score in zip(members, centres, scores, strict=True)
    ]
    figure = (params.share or params.count).root  # type: ignore[union-attr]
    wanted = [oracle._place(params, number, everybody, figure) for number in range(students)]
    assert [verdict.name for verdict in places(params, scores, members, centres)[0]] == wanted


@pytest.mark.parametrize(
    ("size", "rounding", "within"),
    [(9, "floor", 0), (10, "floor", 1), (11, "floor", 1), (11, "ceil", 2), (14, "half_up", 1), (15, "half_up", 2), (16, "half_up", 2)],
)  # fmt: skip
def test_a_tenth_of_the_group(size: int, rounding: str, within: int) -> None:
    verdicts, found = places(quota(share="10", rounding=rounding), list(range(9000, 9000 + size)))
    assert verdicts == [NOT_MET] * (size - within) + [MET] * within
    assert found.need.tolist() == [within] * size
    assert found.have.tolist() == list(range(size, 0, -1))


def test_a_result_below_one_counts_as_one() -> None:
    assert places(quota(share="3", at_least="1"), [8000, 9000])[0] == [NOT_MET, MET]


@pytest.mark.parametrize(("size", "taking_part"), [(9, False), (10, True), (11, True)])
def test_small_groups_take_no_part(size: int, taking_part: bool) -> None:
    verdicts, found = places(quota(share="3", at_least="1", smallest_group="10"), list(range(9000, 9000 + size)))
    assert verdicts[-1] is (MET if taking_part else NOT_MET)
    assert (found.detail & GROUP_TOO_SMALL != 0).tolist() == [not taking_part] * size


@pytest.mark.parametrize(("ties", "edge"), [("ask", UNKNOWN), ("in", MET), ("out", NOT_MET)])
def test_a_tie_across_the_last_place(ties: str, edge: Verdict) -> None:
    assert places(quota(count="2", ties=ties), [9500, 9000, 9000, 8000])[0] == [MET, edge, edge, NOT_MET]


def test_a_tie_inside_the_quota_is_none() -> None:
    assert places(quota(count="2"), [9000, 9000, 8000])[0] == [MET, MET, NOT_MET]


def test_an_open_average_leaves_open_only_whom_it_may_push_out() -> None:
    assert places(quota(count="2"), [9500, 9000, 8000, None])[0] == [MET, UNKNOWN, NOT_MET, UNKNOWN]


def test_only_members_are_compared() -> None:
    verdicts, found = places(quota(count="1"), [9500, 9000], [Truth.FALSE, Truth.TRUE])
    assert verdicts == [NOT_MET, MET]
    assert (found.detail & NOT_COMPARED != 0).tolist() == [True, False]


def test_nobody_is_ranked_without_the_population() -> None:
    batch = batch_of(population(Random(0), 3, 3), frame())  # noqa: S311
    found = rank_within(batch, quota(count="1"))
    assert found.verdict.tolist() == [UNKNOWN] * 3
    assert found.detail.tolist() == [NOT_RANKED] * 3
