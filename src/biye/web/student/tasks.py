"""学生要做的事: one card a deadline of the season, the nearest first; each says what silence does and whom to ask."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from biye.audit.core.explain.shapes import Explanation
from biye.foundation.verdicts import Verdict
from biye.photos.queries.student_photos import PhotoStanding
from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.queries.seasons import Deadline


@dataclass(frozen=True, slots=True)
class Task:
    """要做的事."""

    label: str
    id: str = ""
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


def conclusion_task(explanation: Explanation | None, address: str) -> Task:
    """审查结论: what was published and how much of it is open, or that nothing was published yet."""
    if explanation is None:
        return Task(label="审查结论", state="未公布", lines=("学院公布审查结论后，这里可以查看。",))
    open_findings = [one for one in explanation.findings if one.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)]
    lines: tuple[str, ...] = (explanation.conclusion or explanation.why_not or "尚不能得出结论",)
    if open_findings:
        lines += (f"有 {len(open_findings)} 项需要处理：{'、'.join(one.label for one in open_findings)}。",)
    return Task(
        label="审查结论",
        state="有待处理" if open_findings else "全部符合",
        tone="amber" if open_findings else "jade",
        lines=lines,
        address=address,
        button="查看结论和理由",
        is_done=not open_findings,
    )


def calendar_tasks(deadlines: list[Deadline], season: Season, school: School) -> list[Task]:
    """What the season's calendar still asks."""
    return [_of(one, season, school) for one in deadlines if not one.is_past]


def photo_task(task: Task, standing: PhotoStanding, tone: str) -> Task:
    """毕业照片: the calendar's task with how far the photo has come."""
    at_chsi = {True: "有", False: "没有", None: "还没有导入"}[standing.at_chsi]
    return replace(
        task,
        state=standing.state.chinese,
        tone=tone,
        lines=(f"学信网毕业照：{at_chsi}；图像比对：{standing.comparison or '还没有结果'}。",),
        address=reverse("student_photo"),
        button="看照片，试检一张",
        is_done=standing.state.is_settled,
    )


def _of(deadline: Deadline, season: Season, school: School) -> Task:
    entry = deadline.entry
    office = school.offices.get(entry.office or "")
    short = {document.id: document.short for document in season.documents}
    return Task(
        label=entry.label,
        id=deadline.id,
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
