"""办理进展: how many students have done what, in the order in which it is done; one query, whatever the size of the season."""

from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.casework.queries.cases import queue_counts

_WAITING = tuple(UNDECIDED)


@dataclass(frozen=True, slots=True)
class Stage:
    """一步: `kind` and `state` lead to the people behind the number."""

    label: str
    students: int
    kind: Kind
    state: State | None


@dataclass(frozen=True, slots=True)
class Progress:
    """办理进展. `signed`, `on_site` and `deemed` are never added together."""

    stages: tuple[Stage, ...]
    waiting: tuple[Stage, ...]


def progress(asker: Asker, season_id: int) -> Progress:
    """Within the asker's scope."""
    counts: dict[tuple[Kind, State], int] = {}
    for (kind, state, _), many in queue_counts(asker, season_id).items():
        counts[kind, state] = counts.get((kind, state), 0) + many

    def stage(label: str, kind: Kind, state: State) -> Stage:
        return Stage(label, counts.get((kind, state), 0), kind, state)

    stages = (
        stage("核对学籍无误", Kind.RECORD_CHECK, State.CONFIRMED),
        stage("已签字确认", Kind.SIGN_OFF, State.SIGNED),
        stage("现场签字确认", Kind.SIGN_OFF, State.SIGNED_ON_SITE),
        stage("逾期视为无异议", Kind.SIGN_OFF, State.DEEMED),
        stage("获准结业", Kind.COMPLETION, State.APPROVED),
        stage("获准延缓毕业", Kind.DEFERRAL, State.APPROVED),
        stage("获准申请学位", Kind.DEGREE, State.APPROVED),
        stage("预毕业确认", Kind.PRE_CONFIRMATION, State.APPROVED),
        stage("已锁定", Kind.PRE_CONFIRMATION, State.LOCKED),
    )
    waiting = tuple(
        Stage(kind.chinese, many, kind, None)
        for kind in (Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE, Kind.CORRECTION, Kind.OBJECTION)
        if (many := sum(counts.get((kind, state), 0) for state in _WAITING))
    )
    return Progress(stages, waiting)
