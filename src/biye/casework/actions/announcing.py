"""告知选择的结果: whoever decides about applications, signed sheets or self-appraisals is heard by the students at once, one or many."""

from collections.abc import Sequence
from datetime import datetime

from biye.casework.actions.telling import Note, tell
from biye.casework.core.choice_words import told_of, words
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Event, Kind
from biye.casework.models.case import Case
from biye.foundation.actor import Actor
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file


def announce(cases: Sequence[Case], event: Event, reason: str, *, by: Actor, at: datetime) -> None:
    """告知, inside the transaction of the step. What came back to the student carries the moment until which it can be mended."""
    concerned = told_of({Kind(case.kind) for case in cases}, event)
    for season_id in sorted({case.season_id for case in cases if case.kind in concerned}):
        file = season_file(Season.objects.values_list("stem", flat=True).get(pk=season_id))
        until = {kind: closing(file, kind).get(Clock.WINDOW) for kind in concerned} if event is Event.RETURN else {}
        notes = []
        for case in cases:
            said = words(Kind(case.kind), event, reason) if case.season_id == season_id else None
            if said is not None:
                closes = until.get(Kind(case.kind))
                deadline = closes if closes is not None and at < closes else None
                notes.append(Note(case.student_id, said[0], said[1], task=case.kind, deadline=deadline))
        tell(season_id=season_id, notes=notes, by=by, at=at)
