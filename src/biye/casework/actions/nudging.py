"""提醒选中的人: each of what is most pressing for that student."""

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import batched

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import student_ids_of
from biye.casework.actions.reminding import Reminded, remind
from biye.casework.core.undone import matters
from biye.casework.queries.undone import left_undone
from biye.foundation.errors import Reason, Refused
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

MANY = 1000


def nudge_all(
    season_id: int, student_nos: Collection[str], *, by: Asker, at: datetime, progress: Callable[[int, int], None]
) -> Reminded:
    """提醒 any number of students, a thousand at a time."""
    parts, done = [], 0
    progress(0, len(student_nos))
    for part in batched(student_nos, MANY):
        parts.append(nudge(season_id, part, by=by, at=at))
        done += len(part)
        progress(done, len(student_nos))
    return Reminded(
        sum(one.told for one in parts),
        sum(one.done for one in parts),
        sum(one.waiting for one in parts),
        sum(one.before for one in parts),
    )


def nudge(season_id: int, student_nos: Collection[str], *, by: Asker, at: datetime) -> Reminded:
    """提醒 each chosen student of the first matter that closes and that the student can do something about.

    Refused: no_permission, nothing_chosen. Nobody is told twice of one matter in one step before its deadline.
    """
    if not by.may(Permission.REMIND):
        raise Refused(Reason("no_permission"))
    ids = student_ids_of(by, list(student_nos))
    if not ids:
        raise Refused(Reason("nothing_chosen"))
    season = season_file(Season.objects.get(pk=season_id).stem)
    known = matters(season)
    numbers = {student: number for number, student in ids.items()}
    groups: dict[str, list[str]] = {}
    told = waiting = before = done = 0
    for one in left_undone(by, season_id, season, list(ids.values())):
        open_ones = [known[name] for name in one.fixable if known[name].is_open(at)]
        if open_ones:
            first = min(open_ones, key=lambda matter: (matter.closes is None, matter.minute))
            groups.setdefault(first.id, []).append(numbers[one.student_id])
        elif one.undone:
            waiting += 1
    for task, chosen in groups.items():
        found = remind(season_id=season_id, student_nos=chosen, task=task, by=by, at=at)
        told, before = told + found.told, before + found.before
    done = len(ids) - waiting - sum(map(len, groups.values()))
    return Reminded(told, done, waiting, before)
