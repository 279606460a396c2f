"""提醒: who is to be reminded now, in which order, of what; quiet hours, and never twice within a setting. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from biye.foundation.moments import UNKNOWN_MINUTE, minute_of

STEPS = (timedelta(days=7), timedelta(days=3), timedelta(days=1), timedelta(hours=6))
"""How long before a deadline the first, second … reminder falls due."""
STEP_WORDS = ("提前提醒", "截止前 7 天", "截止前 3 天", "截止前 1 天", "截止前 6 小时")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_MINUTE = timedelta(minutes=1)
RISK_SCALE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Manners:
    """提醒的分寸: quiet from … until (the same moment twice: never quiet), and how long nobody is reminded again."""

    quiet_from: time
    quiet_until: time
    again_after: timedelta


@dataclass(frozen=True, slots=True)
class Matter:
    """催办事项: something of a season that a student may have left undone. Times are None where the season sets none."""

    id: str
    label: str
    opens: datetime | None = None
    closes: datetime | None = None
    consequence: str = ""

    def is_open(self, at: datetime) -> bool:
        """Can anything still be done about it? The closing moment itself is too late."""
        return (self.opens is None or self.opens <= at) and (self.closes is None or at < self.closes)

    @property
    def minute(self) -> int:
        """Its closing moment as tables keep it."""
        return UNKNOWN_MINUTE if self.closes is None else minute_of(self.closes)


@dataclass(frozen=True, slots=True)
class Undone:
    """未办: one student, what is still undone, and what of it the student can do something about now."""

    student_id: int
    undone: tuple[str, ...]
    fixable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """已经提醒: when each student was last reminded, and up to which step of which matter with which deadline."""

    last: Mapping[int, datetime]
    steps: Mapping[tuple[int, str, int], int]


@dataclass(frozen=True, slots=True)
class Due:
    """应提醒: of these matters, what closes first standing first."""

    student_id: int
    matters: tuple[Matter, ...]
    risk: int


def quiet_hours(text: str) -> tuple[time, time]:
    """ "22:00-08:00" as two times of day; empty text is never quiet. Raises ValueError."""
    if not text:
        return time(), time()
    found = _HOURS.fullmatch(text)
    if not found:
        raise ValueError("not two times of day as in 22:00-08:00")
    hours = [int(part) for part in found.groups()]
    return time(hours[0], hours[1]), time(hours[2], hours[3])


def is_quiet(manners: Manners, local: datetime) -> bool:
    """安静时段 by the clock on the school's wall: its beginning is quiet, its end no longer."""
    now, begins, ends = local.time(), manners.quiet_from, manners.quiet_until
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def step_of(closes: datetime | None, at: datetime) -> int:
    """第几次提醒: how many of the STEPS have begun; 0 well before, or where nothing closes."""
    return 0 if closes is None else sum(closes - at <= step for step in STEPS)


def risk(closes: datetime | None, undone: int, fixable: int, at: datetime) -> int:
    """风险: grows with what is undone and can still be mended, and as the days left go; 0 where nothing can be done."""
    if closes is None or closes <= at:
        return 0
    return RISK_SCALE * undone * fixable // ((closes - at) // _MINUTE + 1)


def due(
    people: Iterable[Undone],
    matters: Mapping[str, Matter],
    past: Past,
    manners: Manners,
    at: datetime,
    local: datetime,
) -> list[Due]:
    """应提醒的人, the greatest risk first. `local` is the same moment on the school's wall. Nobody in quiet hours."""
    if is_quiet(manners, local):
        return []
    pressing = {
        matter.id: (matter, step)
        for matter in sorted(matters.values(), key=lambda one: (one.minute, one.id))
        if matter.is_open(at) and (step := step_of(matter.closes, at))
    }
    found = []
    for one in people:
        last = past.last.get(one.student_id)
        if last is not None and at - last < manners.again_after:
            continue
        wanted = tuple(
            matter
            for name, (matter, step) in pressing.items()
            if name in one.fixable and past.steps.get((one.student_id, name, matter.minute), 0) < step
        )
        if wanted:
            found.append(Due(one.student_id, wanted, risk(wanted[0].closes, len(one.undone), len(one.fixable), at)))
    return sorted(found, key=lambda one: (-one.risk, one.student_id))
