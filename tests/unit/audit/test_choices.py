"""Groups to choose from: the shortfall is what the best assignment leaves, and one assignment is told."""

from collections import Counter
from itertools import product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from biye.audit.core.bitsets import pack
from biye.audit.core.rules.choices import CoursesChoose, assigned, assignment, shortfall
from biye.audit.core.vocabulary import kinds
from tests.unit.audit.institution import frame
from tests.unit.audit.populations import population
from tests.unit.audit.sayings import SAYINGS
from tests.unit.audit.test_oracle import batch_of

GROUPS = st.lists(st.tuples(st.lists(st.booleans(), min_size=5, max_size=5), st.integers(1, 3)), min_size=1, max_size=3)


def best(passed: list[bool], groups: list[list[bool]], asked: list[int]) -> int:
    """Try everything: the most courses that can be counted."""
    choices = [
        [None, *(g for g, group in enumerate(groups) if group[slot])] if passed[slot] else [None] for slot in range(5)
    ]
    return max(
        sum(min(count, asked[group]) for group, count in Counter(c for c in taken if c is not None).items())
        for taken in product(*choices)
    )


@settings(deadline=None)
@given(passed=st.lists(st.booleans(), min_size=5, max_size=5), groups=GROUPS)
def test_the_shortfall_is_what_the_best_assignment_leaves(
    passed: list[bool], groups: list[tuple[list[bool], int]]
) -> None:
    fits, asked = [group for group, _ in groups], [n for _, n in groups]
    lacks, sets = shortfall(pack(np.array([passed])), [pack(np.array([group])) for group in fits], np.array(asked))
    counted = best(passed, fits, asked)
    assert lacks.tolist() == [sum(asked) - counted]
    chosen = [g for g in range(len(groups)) if int(sets[0]) >> g & 1]
    within = sum(passed[slot] and any(fits[g][slot] for g in chosen) for slot in range(5))
    assert sum(asked[g] for g in chosen) - within == lacks[0]
    told = assignment(np.array(passed), [np.array(group) for group in fits], asked)
    assert len(told) == counted
    assert all(passed[slot] and fits[group][slot] for slot, group in told.items())
    assert all(count <= asked[group] for group, count in Counter(told.values()).items())


def test_eight_groups_at_once() -> None:
    groups = [np.array([[slot in (group, group + 1) for slot in range(70)]]) for group in range(8)]
    passed = np.array([[slot < 8 for slot in range(70)]])
    lacks, _ = shortfall(pack(passed), [pack(group) for group in groups], np.ones(8, np.intp))
    assert lacks.tolist() == [0]
    lacks, sets = shortfall(pack(passed), [pack(group) for group in groups], np.full(8, 2))
    assert (lacks.tolist(), sets.tolist()) == ([8], [0b1111_1111])


def test_a_student_is_told_what_counts_for_what() -> None:
    random = Random(5)  # noqa: S311
    for _ in range(20):
        batch = batch_of(population(random, 3, 6), frame())
        params = CoursesChoose.model_validate(SAYINGS["courses.choose"](random))
        found = kinds()["courses.choose"].measure(batch, params)
        assert [len(assigned(batch, params, row)) for row in range(3)] == found.have.tolist()
