"""毕业的学生: those agreed to, once anybody was; before that those whose conclusion lets them. Never who is deferred or leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.audit.queries.graduating import graduating_but_for_photo
from biye.audit.queries.results import latest_run
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.casework.models.case import Case

_AGREED = (State.APPROVED.value, State.LOCKED.value)
_ON_THE_WAY_OUT = (*(state.value for state in UNDECIDED), State.PUBLIC.value, State.APPROVED.value, State.LOCKED.value)


class Basis(StrEnum):
    """依据."""

    AGREED = "agreed"
    CONCLUDED = "concluded"
    NOTHING = "nothing"

    @property
    def chinese(self) -> str:
        """What people read."""
        return {"agreed": "预毕业确认（同意毕业）", "concluded": "最近一次审查的结论", "nothing": "还没有审查"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Graduating:
    """毕业的学生, by id, and by what they are known to graduate."""

    ids: frozenset[int]
    basis: Basis


def graduating(
    asker: Asker, season_id: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> Graduating:
    """Within the asker's scope. A photo that is still missing keeps nobody out."""
    cases = within(asker, Case.objects.filter(season_id=season_id)).order_by()
    confirmed = cases.filter(kind=Kind.PRE_CONFIRMATION)
    agreed = frozenset(confirmed.filter(state__in=_AGREED).values_list("student_id", flat=True))
    if agreed:
        return Graduating(agreed, Basis.AGREED)
    run = latest_run(asker, season_id)
    if run is None:
        return Graduating(frozenset(), Basis.NOTHING)
    deferred = cases.filter(kind=Kind.DEFERRAL, state=State.APPROVED)
    leaving = cases.filter(kind=Kind.WITHDRAWAL, state__in=_ON_THE_WAY_OUT)
    refused = confirmed.filter(state=State.REJECTED)
    out = {student for found in (deferred, leaving, refused) for student in found.values_list("student_id", flat=True)}
    return Graduating(frozenset(graduating_but_for_photo(asker, run, progress)) - out, Basis.CONCLUDED)
