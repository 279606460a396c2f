"""答复学生: whoever decides a correction or an objection, or asks for more, is heard by the student at once."""

from datetime import datetime

from biye.casework.actions.telling import Note, tell
from biye.casework.core.answer_words import ANSWERS
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Event, Kind
from biye.casework.models.case import Case
from biye.foundation.actor import Actor
from biye.seasons.queries.seasons import season_file

LONGEST_ABOUT = 80


def answer(case: Case, event: Event, reason: str, *, by: Actor, at: datetime) -> None:
    """答复, where there is something to say to the student; part of the step it tells of."""
    words = ANSWERS.get((Kind(case.kind), event))
    if words is None:
        return
    about = str(case.form.get("label") or case.about)[:LONGEST_ABOUT]
    title, text = (word.format(about=about, who=by.name, reason=reason.strip()) for word in words)
    until = closing(season_file(case.season.stem), Kind(case.kind), case.about, case.form).get(Clock.WINDOW)
    deadline = until if event is Event.RETURN and until is not None and at < until else None
    note = Note(student_id=case.student_id, title=title, text=text, task=case.kind, deadline=deadline)
    tell(season_id=case.season_id, notes=[note], by=by, at=at)
