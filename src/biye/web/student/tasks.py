"""学生要做的事: one card a deadline of the season, the nearest first; each says what silence does and whom to ask."""

from dataclasses import dataclass
from datetime import datetime

from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.queries.seasons import Deadline


@dataclass(frozen=True, slots=True)
class Task:
    """要做的事."""

    label: str
    state: str = ""
    tone: str = "slate"
    until: datetime | None = None
    from_: datetime | None = None
    lines: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    consequence: str = ""
    clause: str = ""
    office: str = ""
    telephones: tuple[str, ...] = ()
    address: str = ""
    button: str = ""
    is_done: bool = False


def calendar_tasks(deadlines: list[Deadline], season: Season, school: School) -> list[Task]:
    """What the season's calendar still asks."""
    return [_of(one, season, school) for one in deadlines if not one.is_past]


def _of(deadline: Deadline, season: Season, school: School) -> Task:
    entry = deadline.entry
    office = school.offices.get(entry.office or "")
    short = {document.id: document.short for document in season.documents}
    return Task(
        label=entry.label,
        state="" if deadline.is_begun else "未开始",
        until=entry.until if deadline.is_begun else None,
        from_=None if deadline.is_begun else entry.from_,
        ways=entry.ways,
        consequence=_late(entry.consequence),
        clause=short.get(entry.source.document, "") + entry.source.clause,
        office=office.label if office else "",
        telephones=office.telephone if office else (),
    )


def _late(consequence: str) -> str:
    return consequence if not consequence or consequence.startswith("逾期") else f"逾期：{consequence}"
