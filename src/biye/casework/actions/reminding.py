"""提醒: tell students what they have left undone: those chosen of one matter, or all who are due. Once a deadline and step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.casework.actions.delivering import post
from biye.casework.core.reminder_words import wording
from biye.casework.core.reminding import Due, Past, due, step_of
from biye.casework.core.undone import matters
from biye.casework.models.message import Mention, Message
from biye.casework.queries.undone import left_undone
from biye.foundation.actor import SYSTEM, Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.bulk import in_chunks, lock
from biye.machinery.ledger.chain import record
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

MANY = 1000


@dataclass(frozen=True, slots=True)
class Reminded:
    """提醒的结果: how many were told, had nothing left to do, could do nothing now, or had been told before."""

    told: int
    done: int
    waiting: int
    before: int


def remind(*, season_id: int, student_nos: Iterable[str], task: str, by: Asker, at: datetime) -> Reminded:
    """提醒 students of one matter, whatever the hour: the site tells them at once, letters wait for the end of quiet hours.

    Refused("no_permission"), ("no_such_matter"), ("matter_closed"), ("nobody_to_remind"). Whoever has done it is left
    alone, and so is whoever was told of it in the same step before the same deadline.
    """
    if not by.may(Permission.REMIND):
        raise Refused(Reason("no_permission"))
    season = Season.objects.get(pk=season_id)
    file = season_file(season.stem)
    matter = matters(file).get(task)
    if matter is None:
        raise Refused(Reason("no_such_matter"))
    if not matter.is_open(at):
        raise Refused(Reason("matter_closed", {"label": matter.label}))
    chosen = set(student_nos)
    ids: set[int] = set()
    for chunk in in_chunks(sorted(chosen)):
        ids.update(students_of(by).filter(student_no__in=chunk).values_list("id", flat=True))
    if not ids:
        raise Refused(Reason("nobody_to_remind"))
    undone = [one for chunk in in_chunks(sorted(ids)) for one in left_undone(by, season_id, file, chunk)]
    open_ones = [one for one in undone if task in one.undone]
    wanted = [Due(one.student_id, (matter,), 0) for one in open_ones if task in one.fixable]
    told = sum(_tell(season, part, by=by.actor, at=at) for part in batched(wanted, MANY))
    return Reminded(told, len(ids) - len(open_ones), len(open_ones) - len(wanted), len(wanted) - told)


def remind_due(
    *,
    season_id: int,
    by: Asker | None,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """提醒所有应提醒的人, the greatest risk first; how many were told. None: the system, for everybody.

    Done again, late, or after a crash it tells only those who were not told yet. Their letters are for the caller to send.
    """
    season = Season.objects.get(pk=season_id)
    file = season_file(season.stem)
    people = left_undone(by, season_id, file)
    local = at.astimezone(school().zone)
    wanted = due(people, matters(file), _past(season_id), settings.REMINDING_MANNERS, at, local)
    told = 0
    for done, part in enumerate(batched(wanted, MANY)):
        told += _tell(season, part, by=SYSTEM if by is None else by.actor, at=at, send_letters=False)
        progress(min((done + 1) * MANY, len(wanted)), len(wanted))
    return told


def _past(season_id: int) -> Past:
    reminders = Message.objects.filter(season_id=season_id, kind=Message.Kind.REMINDER).order_by()
    mentions = Mention.objects.filter(season_id=season_id).order_by()
    steps = mentions.values_list("student_id", "task", "minute").annotate(Max("step"))
    return Past(
        dict(reminders.values_list("student_id").annotate(Max("created_at"))),
        {(student, task, minute): step for student, task, minute, step in steps},
    )


def _tell(season: Season, part: Sequence[Due], *, by: Actor, at: datetime, send_letters: bool = True) -> int:
    """One transaction: a message a student with what it mentions, letters, and one ledger entry."""
    with transaction.atomic():
        # Two that remind at once come one after the other, so that the second sees what the first has told.
        lock(Mention)
        fresh = _not_told(season.pk, part, at)
        if not fresh:
            return 0
        zone = school().zone
        messages = []
        for one in fresh:
            said = wording(one.matters, zone)
            messages.append(
                Message(
                    season=season,
                    student_id=one.student_id,
                    kind=Message.Kind.REMINDER,
                    task=one.matters[0].id,
                    title=said.title,
                    text=said.text,
                    consequence=said.consequence,
                    deadline=said.deadline,
                )
            )
        post(messages, by=by, at=at, send_letters=send_letters)
        Mention.objects.bulk_create(
            [
                Mention(
                    message=message,
                    season=season,
                    student_id=one.student_id,
                    task=matter.id,
                    minute=matter.minute,
                    step=step_of(matter.closes, at),
                )
                for message, one in zip(messages, fresh, strict=True)
                for matter in one.matters
            ],
            batch_size=MANY,
        )
        named = sorted({matter.id for one in fresh for matter in one.matters})
        record(
            by=by,
            at=at,
            action="remind",
            subject=f"season:{season.stem}",
            after={"tasks": named, "students": len(fresh)},
        )
    return len(fresh)


def _not_told(season_id: int, part: Sequence[Due], at: datetime) -> list[Due]:
    """Those of whom some matter was not mentioned yet in its present step, with only such matters."""
    found = Mention.objects.filter(season_id=season_id, student_id__in=[one.student_id for one in part])
    told = set(found.values_list("student_id", "task", "minute", "step"))
    fresh = []
    for one in part:
        left = tuple(
            matter
            for matter in one.matters
            if (one.student_id, matter.id, matter.minute, step_of(matter.closes, at)) not in told
        )
        if left:
            fresh.append(Due(one.student_id, left, one.risk))
    return fresh
