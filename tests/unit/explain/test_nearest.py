"""The nearest courses: as few as can be, among those the least credits above the gap, whatever the order."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from biye.audit.core.explain.nearest import MOST_CHOICES, nearest

AMOUNTS = st.lists(st.sampled_from((0, 5, 10, 15, 20, 25, 30, 40, 60)), max_size=9)


def brute(amounts: list[int], gap: int) -> tuple[int, int] | None:
    """Fewest courses and their least sum, by trying every set."""
    for count in range(len(amounts) + 1):
        enough = [sum(chosen) for chosen in combinations(amounts, count) if sum(chosen) >= gap]
        if enough:
            return count, min(enough)
    return None


@given(AMOUNTS, st.integers(0, 200))
def test_fewest_courses_then_least_surplus(amounts: list[int], gap: int) -> None:
    found = nearest(list(enumerate(amounts)), gap)
    wanted = brute(amounts, gap)
    if found is None or wanted is None:
        assert found is wanted
        return
    assert {(len(choice), sum(amounts[slot] for slot in choice)) for choice in found.choices} == {wanted}
    assert found.credits == wanted[1]
    assert len(set(found.choices)) == len(found.choices) <= MOST_CHOICES


@given(AMOUNTS, st.integers(1, 200), st.randoms(use_true_random=False))
def test_names_of_slots_do_not_matter(amounts: list[int], gap: int, random: object) -> None:
    shuffled = amounts.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = nearest(list(enumerate(amounts)), gap), nearest(list(enumerate(shuffled)), gap)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.credits, len(one.choices), one.more) == (other.credits, len(other.choices), other.more)


def test_a_gap_just_under_at_and_over_one_course() -> None:
    courses = [(0, 20), (1, 20), (2, 30)]
    assert nearest(courses, 19) == nearest(courses, 20)
    assert nearest(courses, 20).choices == ((0,), (1,))  # type: ignore[union-attr]
    assert nearest(courses, 21).choices == ((2,),)  # type: ignore[union-attr]


def test_more_choices_than_are_listed_are_known_to_be_there() -> None:
    assert nearest([(slot, 20) for slot in range(MOST_CHOICES)], 20).more is False  # type: ignore[union-attr]
    assert nearest([(slot, 20) for slot in range(MOST_CHOICES + 1)], 20).more is True  # type: ignore[union-attr]


def test_many_courses_are_found_at_once() -> None:
    found = nearest([(slot, (20, 30, 40)[slot % 3]) for slot in range(60)], 905)
    assert found is not None
    assert (len(found.choices[0]), found.credits) == (24, 910)
