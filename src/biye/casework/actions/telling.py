"""通知: tell students what was decided or changed, on the site and by letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from biye.casework.actions.delivering import post
from biye.casework.core.reminder_words import late
from biye.casework.models.message import Message
from biye.foundation.actor import Actor
from biye.machinery.ledger.chain import record
from biye.seasons.models.season import Season


@dataclass(frozen=True, slots=True)
class Note:
    """通知的内容. `task`: the matter that the next tap leads to."""

    student_id: int
    title: str
    text: str
    task: str = ""
    consequence: str = ""
    deadline: datetime | None = None


@transaction.atomic
def tell(*, season_id: int, notes: Sequence[Note], by: Actor, at: datetime) -> int:
    """通知, one message a note; how many. Part of the surrounding change: undone with it, sent once it is committed."""
    if not notes:
        return 0
    season = Season.objects.get(pk=season_id)
    messages = [
        Message(
            season=season,
            student_id=note.student_id,
            kind=Message.Kind.NOTICE,
            task=note.task,
            title=note.title,
            text=note.text,
            consequence=late(note.consequence),
            deadline=note.deadline,
        )
        for note in notes
    ]
    post(messages, by=by, at=at)
    titles = sorted({note.title for note in notes})
    after = {"titles": titles, "students": len(messages)}
    record(by=by, at=at, action="tell", subject=f"season:{season.stem}", after=after)
    return len(messages)
