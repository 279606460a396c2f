"""最近的选法: the fewest courses that make up a lack of credits, and among those the least above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice

MOST_CHOICES = 6
FEW = 3  # up to so many courses every choice is looked for, beyond it one is named


@dataclass(frozen=True, slots=True)
class Nearest:
    """最近的选法: any one of `choices` will do; each has the same number of courses and the same credits."""

    credits: int
    choices: tuple[tuple[int, ...], ...]
    more: bool = False  # are there choices beyond those listed?


def nearest(courses: Sequence[tuple[int, int]], gap: int) -> Nearest | None:
    """Courses as (slot, tenths), in the order of slots; None where all of them together are not enough."""
    best = sorted((credits for _, credits in courses), reverse=True)
    count, total = 0, 0
    while total < gap:
        if count == len(best):
            return None
        total += best[count]
        count += 1
    sets = _first_sets(courses, count)
    least = min(credits for credits in sets if credits >= gap)
    if count > FEW:
        return Nearest(least, (sets[least],), more=True)
    alike = (
        tuple(slot for slot, _ in chosen)
        for chosen in combinations(courses, count)
        if sum(credits for _, credits in chosen) == least
    )
    found = tuple(islice(alike, MOST_CHOICES + 1))
    return Nearest(least, found[:MOST_CHOICES], len(found) > MOST_CHOICES)


def _first_sets(courses: Sequence[tuple[int, int]], count: int) -> dict[int, tuple[int, ...]]:
    """For every sum that exactly `count` courses can have the first set of slots that has it."""
    reached: list[dict[int, tuple[int, ...]]] = [{0: ()}, *({} for _ in range(count))]
    for slot, credits in courses:
        for number in range(count, 0, -1):
            for total, slots in reached[number - 1].items():
                reached[number].setdefault(total + credits, (*slots, slot))
    return reached[count]
