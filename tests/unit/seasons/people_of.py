"""Students of a few words, for tests of who belongs."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from biye.foundation.terms import UNKNOWN_TERM, term
from biye.records.core.tables import NO_DAY, Coded, Students
from biye.seasons.core.folder import load_school
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People, belongs

SEASON_TERM = term("2022秋")
AT = datetime(2022, 6, 16, tzinfo=UTC)
Row = tuple[str | None, str | None, int]  # level, intake, suspended terms


def frame(school: str = "tju-online") -> Frame:
    return Frame(AT, SEASON_TERM, load_school(school))


def students(
    rows: Sequence[Row],
    *,
    outside: Sequence[bool] = (),
    status: Sequence[str | None] = (),
    plan: Sequence[str | None] = (),
) -> Students:
    n = len(rows)
    followed = Coded.of(list(plan) or [None] * n)
    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[str(number) for number in range(n)],
        name=[""] * n,
        level=Coded.of([level for level, _, _ in rows]),
        mode=Coded.of(["网络教育"] * n),
        centre=Coded.of(["河东学习中心"] * n),
        status=Coded.of(list(status) or ["在籍"] * n),
        major=Coded.empty(n),
        entry=np.array([UNKNOWN_TERM if entry is None else term(entry) for _, entry, _ in rows], np.int16),
        plan=followed.codes,
        suspended_terms=np.array([away for _, _, away in rows], np.int16),
        birth_day=np.full(n, NO_DAY, np.int32),
        sex=np.zeros(n, np.int8),
        identity_type=Coded.empty(n),
        identity=np.zeros(n, "S18"),
        outside_system=np.array(list(outside) or [False] * n, bool),
        covered=np.zeros(n, np.int32),
        plan_codes=tuple(followed.words),
    )


def answers(people: object, whom: Students, at: Frame | None = None) -> list[int]:
    """Truth of each student."""
    return belongs(People.model_validate(people), whom, at or frame()).tolist()
