"""A seeded slice of `make fuzz`: mangled sheets are refused by name, write nothing half, and leave nothing behind."""

import pytest

from tests.faults import cycle
from tests.faults.mangling import WAYS, bombs

SLICE = 150
ONCE_BROKE = (3017, 6232)
"""Seeds at which a promise broke: a number of nothing but signs, and a row without any grade."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> None:
    """Students and a plan."""
    cycle.prepare()


def test_a_slice_of_mangled_sheets(school: None) -> None:
    outcomes = [cycle.run(seed) for seed in range(SLICE)]
    assert len({outcome.way for outcome in outcomes}) >= len(WAYS) - 2
    untouched = [outcome for outcome in outcomes if outcome.way == "nothing changed"]
    assert untouched
    assert [outcome.result for outcome in untouched if outcome.kind != "dbf"] == ["taken"] * sum(
        outcome.kind != "dbf" for outcome in untouched
    )


@pytest.mark.parametrize("seed", ONCE_BROKE)
def test_what_once_broke_stays_mended(school: None, seed: int) -> None:
    assert cycle.run(seed).way in {"strange cells", "cut"}


@pytest.mark.parametrize("number", range(len(bombs())))
def test_bombs_and_giants(school: None, number: int) -> None:
    result, rows = cycle.bring("成绩.xlsx", bombs()[number], include_asked=True)
    assert (result == "taken", rows) == (False, 0)
