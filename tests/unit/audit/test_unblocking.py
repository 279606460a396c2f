"""只差一处: who would graduate if one rule alone were met."""

import numpy as np

from biye.audit.core.loading import load_season
from biye.audit.core.unblocking import unblocked
from biye.foundation.verdicts import Truth, Verdicts
from biye.seasons.core.people import People

PROGRAMME = load_season("tju-online", "2022-autumn").programme
NUMBER = {rule.id: number for number, rule in enumerate(PROGRAMME.rules)}
CREDITS, EXAMS = 1 << NUMBER["credits"], 1 << NUMBER["unified_exams"]


def undergraduate(people: People) -> Verdicts:
    """Everybody is of 专升本."""
    return np.full(5, Truth.TRUE if "专升本" in people.level else Truth.FALSE, np.uint8)


def test_only_whom_nothing_else_holds_back_is_unblocked() -> None:
    not_met = np.array([CREDITS, CREDITS | EXAMS, 0, 0, CREDITS], np.int64)
    unknown = np.array([0, 0, EXAMS, 0, EXAMS], np.int64)
    found = unblocked(PROGRAMME, not_met, unknown, np.zeros(5, np.int64), undergraduate)
    assert {rule: freed.tolist() for rule, freed in found.items()} == {
        NUMBER["credits"]: [True, False, False, False, False],
        NUMBER["unified_exams"]: [False, False, True, False, False],
    }
