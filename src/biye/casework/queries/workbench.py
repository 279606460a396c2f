"""今天要办: a seat's students who are one step short, with what helps; a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.undone import matters
from biye.casework.core.words import Kind, State
from biye.casework.core.workbench import DESK, Line, OnDesk, Todo, chips, lines
from biye.casework.models.case import Case
from biye.casework.models.message import Message
from biye.casework.queries.undone import left_undone
from biye.foundation.terms import show_term
from biye.seasons.core.season import Season

PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """一名学生 on the workbench: who, how to reach, what is left, when reminded and whether the reminder was seen."""

    student_no: str
    name: str
    level: str
    entry: str
    telephone: str
    centre: str
    todos: tuple[Todo, ...]
    reminded_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workbench:
    """今天要办."""

    rows: tuple[WorkRow, ...]
    total: int  # of the chosen reason
    everybody: int
    chips: tuple[tuple[str, str, int], ...]


def workbench(
    asker: Asker, season_id: int, season: Season, at: datetime, reason: str = "", start: int = 0, count: int = PAGE
) -> Workbench:
    """One page, the most urgent first; `reason` is a chip's id."""
    every = lines(left_undone(asker, season_id, season), _desk(asker, season_id, season), matters(season), at)
    chosen = [line for line in every if not reason or any(todo.id == reason for todo in line.todos)]
    page = chosen[start : start + count]
    return Workbench(_rows(asker, season_id, page), len(chosen), len(every), chips(every))


def _desk(asker: Asker, season_id: int, season: Season) -> list[OnDesk]:
    kinds, states = {kind for kind, _ in DESK}, {state for _, state in DESK}
    cases = Case.objects.filter(season_id=season_id, kind__in=kinds, state__in=states)
    found = within(asker, cases).order_by("id").values_list("student_id", "id", "kind", "state", "about")
    closes = {}
    desk = []
    for student, pk, kind, state, about in found:
        pair = (Kind(kind), State(state))
        if pair not in DESK:
            continue
        key = (kind, about.startswith("notice"))
        if key not in closes:
            until = closing(season, pair[0], about)
            closes[key] = until.get(Clock.PAPER) or until.get(Clock.WINDOW)
        desk.append(OnDesk(student, pk, *pair, closes[key]))
    return desk


def _rows(asker: Asker, season_id: int, page: list[Line]) -> tuple[WorkRow, ...]:
    ids = [line.student_id for line in page]
    people = {one.pk: one for one in students_of(asker).filter(pk__in=ids).select_related("centre")}
    reminders = Message.objects.filter(season_id=season_id, student_id__in=ids, kind=Message.Kind.REMINDER)
    newest: dict[int, tuple[datetime, datetime | None]] = {}
    for student, created, seen in reminders.order_by("id").values_list("student_id", "created_at", "seen_at"):
        newest[student] = (created, seen)
    return tuple(
        WorkRow(
            student_no=one.student_no,
            name=one.name,
            level=one.level,
            entry=show_term(one.entry),
            telephone=one.telephone,
            centre=one.centre.name if one.centre else "",
            todos=line.todos,
            reminded_at=newest.get(one.pk, (None, None))[0],
            seen_at=newest.get(one.pk, (None, None))[1],
        )
        for line in page
        if (one := people.get(line.student_id)) is not None
    )
