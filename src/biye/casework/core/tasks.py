"""学生要做的事: one card a task of the season file and one for each case under way, the most urgent first. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from biye.audit.core.explain.shapes import Explanation
from biye.casework.core.applying import APPLICATIONS, missing_for_degree
from biye.casework.core.transitions import Clock
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.foundation.verdicts import Truth, Verdict
from biye.photos.core.states import State as PhotoState
from biye.seasons.core.school import School
from biye.seasons.core.season import CalendarEntry, RouteSpec, Season, TaskSpec

CONCLUSION = "conclusion"
_SIGNED = frozenset({State.SIGNED, State.SIGNED_ON_SITE})
_RECORD_DONE = frozenset({State.CONFIRMED, State.DEEMED})


@dataclass(frozen=True, slots=True)
class Matter:
    """事项 of the student, as a card tells of it. `reason`: why it came back."""

    kind: Kind
    state: State
    about: str = ""
    closing: Mapping[Clock, datetime] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """已知情况 of one student. `changed`: what is not what it was when the student signed; `seen`: has the student looked?"""

    explanation: Explanation | None
    matters: tuple[Matter, ...] = ()
    photo: PhotoState | None = None
    comparison: str = ""
    seen: bool = False
    changed: tuple[str, ...] = ()
    not_for: frozenset[str] = frozenset()  # tasks that are for other people

    def state(self, kind: Kind) -> State | None:
        """The newest case of a kind, None where there is none."""
        return next((one.state for one in self.matters if one.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Task:
    """要做的事: `page` names where the button leads; `waits`: nothing can be done about it now."""

    id: str
    label: str
    state: str
    tone: str = "amber"  # jade, amber, urgent, slate: the colours of a chip
    is_done: bool = False
    waits: bool = False
    until: datetime | None = None
    from_: datetime | None = None
    is_late: bool = False
    lines: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    consequence: str = ""
    clause: str = ""
    office: str = ""
    telephones: tuple[str, ...] = ()
    button: str = ""
    page: str = ""


_NOWHERE = ("", "")


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a task stands, before its time and its office are looked up."""

    state: str
    tone: str = "amber"
    is_done: bool = False
    waits: bool = False
    lines: tuple[str, ...] = ()
    tap: tuple[str, str] = _NOWHERE  # what the button says, and the page it leads to


def tasks(season: Season, school: School, known: Known, at: datetime) -> tuple[Task, ...]:
    """Every card of one student: what is to be done, then what waits, then what is done."""
    concerned = (
        (name, spec)
        for name, spec in season.tasks.items()
        if name not in known.not_for and _concludes(spec, known) and (name == CONCLUSION or not _is_outside(known))
    )
    found = [_task(name, spec, season, school, known, at) for name, spec in concerned]
    found += [
        card
        for matter in known.matters
        if matter.kind.value not in season.tasks and (card := _following(matter, season, school, at)) is not None
    ]
    order = {task.id: place for place, task in enumerate(found)}
    return tuple(sorted(found, key=lambda task: (_rank(task), task.until or _never(at), order[task.id])))


def _rank(task: Task) -> int:
    if task.is_done:
        return 3
    return 2 if task.waits or task.is_late else 0 if task.until is not None else 1


def _never(at: datetime) -> datetime:
    return datetime.max.replace(tzinfo=at.tzinfo)


def _is_outside(known: Known) -> bool:
    """Whoever is told to be no candidate has nothing to do in this season."""
    return known.explanation is not None and known.explanation.candidate is Truth.FALSE


def _concludes(spec: TaskSpec, known: Known) -> bool:
    """A task for one conclusion is nobody's who was given another one; before the release it may be anybody's."""
    if not spec.for_conclusion or known.explanation is None:
        return True
    return known.explanation.conclusion in spec.for_conclusion


def _task(name: str, spec: TaskSpec, season: Season, school: School, known: Known, at: datetime) -> Task:
    entry = season.calendar[spec.window] if spec.window else None
    stand = _STANDS[name](spec, known)
    is_begun = entry is None or entry.from_ is None or entry.from_ <= at
    is_late = entry is not None and entry.until <= at and not stand.is_done
    office = school.offices.get(spec.office or "")
    if not is_begun and not stand.is_done:
        stand = _Stand("未开始", "slate", waits=True, lines=stand.lines)
    elif is_late:
        tap = ("查看", stand.tap[1]) if stand.tap[1] else _NOWHERE
        stand = _Stand(_late_word(entry), "slate", lines=stand.lines, tap=tap)
    return Task(
        id=name,
        label=spec.label,
        state=stand.state,
        tone=stand.tone,
        is_done=stand.is_done,
        waits=stand.waits,
        until=entry.until if entry is not None and is_begun and not stand.is_done else None,
        from_=entry.from_ if entry is not None and not is_begun else None,
        is_late=is_late,
        lines=stand.lines,
        ways=() if stand.is_done else spec.ways or (entry.ways if entry else ()),
        consequence="" if stand.is_done or entry is None else entry.consequence,
        clause=_clause(season, spec),
        office=office.label if office else "",
        telephones=office.telephone if office else (),
        button=stand.tap[0],
        page=stand.tap[1],
    )


def _clause(season: Season, spec: TaskSpec | RouteSpec) -> str:
    short = next((document.short for document in season.documents if document.id == spec.source.document), "")
    return f"{short}{spec.source.clause}"


def _late_word(entry: CalendarEntry | None) -> str:
    """What silence did, as the calendar says."""
    words = {"no_objection": "逾期视为无异议", "application_void": "逾期无效", "not_this_season": "逾期未办"}
    return words.get(entry.silence, "已截止") if entry is not None else "已截止"


def _record_check(spec: TaskSpec, known: Known) -> _Stand:
    tap = ("核对学籍", "record")
    match known.state(Kind.RECORD_CHECK):
        case State.CONFIRMED:
            return _Stand("核对无误", "jade", is_done=True, tap=("查看", "record"))
        case State.DEEMED:
            return _Stand("逾期视为无异议", "slate", is_done=True, tap=("查看", "record"))
        case State.DISPUTED:
            return _Stand("您标了有误", lines=("更正之后，请回来把其余各项核对完。",), tap=tap)
        case State.LAPSED:
            return _Stand("请重新核对", "urgent", lines=("核对之后学籍信息有变动。",), tap=tap)
    return _Stand("待核对", lines=("逐项对照证件，有误的马上申请修改。",), tap=tap)


def _courses(spec: TaskSpec, known: Known) -> _Stand:
    tap = ("查看学分与统考", "courses")
    if known.explanation is None:
        return _Stand("未公布", "slate", waits=True, lines=("学院公布审查结论后可以查看。",))
    if any(one.kind is Kind.OBJECTION and one.state in UNDECIDED for one in known.matters):
        return _Stand("异议办理中", waits=True, tap=tap)
    if known.seen:
        return _Stand("已查看", "jade", is_done=True, tap=tap)
    return _Stand("待查看", lines=("看清每门课计入了什么；有疑问的，在那一行提出异议。",), tap=tap)


_PHOTO_LINES = {
    PhotoState.UNKNOWN: "学信网的结果还没有导入，请勿据此判断。",
    PhotoState.NOT_CAPTURED: "学信网还没有您的毕业照片。照片上网需要时间，请今天就联系采集。",
    PhotoState.CAPTURING: "照片采集中，等待上传学信网。",
    PhotoState.AT_CHSI: "照片已在学信网，等待人像比对结果。",
    PhotoState.INCONSISTENT: "人像比对没有通过，需要重新采集或申请人工复核。请今天就联系。",
    PhotoState.IN_REVIEW: "人工复核中，请留意结果。",
}


def _photo(spec: TaskSpec, known: Known) -> _Stand:
    tap = ("查看照片与比对结果", "photo")
    if known.photo is None:
        return _Stand("待核实", lines=(_PHOTO_LINES[PhotoState.UNKNOWN],), tap=tap)
    if known.photo.is_settled:
        return _Stand(known.photo.chinese, "jade", is_done=True, tap=tap)
    urgent = known.photo in (PhotoState.NOT_CAPTURED, PhotoState.INCONSISTENT)
    lines: tuple[str, ...] = (_PHOTO_LINES[known.photo],)
    if known.comparison:
        lines = (f"学信网图像比对：{known.comparison}。", *lines)
    return _Stand(known.photo.chinese, "urgent" if urgent else "amber", lines=lines, tap=tap)


def _conclusion(spec: TaskSpec, known: Known) -> _Stand:
    if known.explanation is None:
        return _Stand("未公布", "slate", waits=True, lines=("学院公布审查结论后，在这里查看并作出选择。",))
    explanation = known.explanation
    if _is_outside(known):
        tap = ("查看", "conclusion")
        return _Stand("不在本批次范围", "slate", waits=True, lines=(explanation.why_not,), tap=tap)
    lines = [explanation.conclusion or explanation.why_not or "尚不能得出结论"]
    unmet = [one.label for one in explanation.findings if one.verdict is Verdict.NOT_MET]
    if unmet:
        lines.append(f"有 {len(unmet)} 项不符合：{'、'.join(unmet[:4])}{'等' if len(unmet) > 4 else ''}。")
    if missing_for_degree(explanation) and not _has_chosen(known):
        lines.append("您可以毕业，但还没有满足学位申请条件；确认之前请先看“延缓毕业”。")
    if _has_chosen(known):
        return _Stand("已作选择", "jade", is_done=True, lines=tuple(lines), tap=("查看结论", "conclusion"))
    return _Stand("待您选择", lines=tuple(lines), tap=("查看结论并选择", "conclusion"))


def _has_chosen(known: Known) -> bool:
    chosen = any(known.state(kind) in UNDECIDED | {State.APPROVED} for kind in APPLICATIONS)
    return chosen or known.state(Kind.SIGN_OFF) in _SIGNED | {State.UPLOADED, State.DEEMED}


def _sign_off(spec: TaskSpec, known: Known) -> _Stand:
    state = known.state(Kind.SIGN_OFF)
    tap = ("去签字确认", "sign")
    if state in _SIGNED and not known.changed:
        return _Stand(state.chinese, "jade", is_done=True, tap=("查看签字记录", "sign"))
    if state is State.DEEMED:
        return _Stand(state.chinese, "slate", is_done=True, tap=("查看", "sign"))
    if known.explanation is None:
        return _Stand("未开放", "slate", waits=True, lines=("审查结论公布之后签字。",))
    pending = [kind for kind in APPLICATIONS if known.state(kind) in UNDECIDED]
    if pending:
        line = f"{pending[0].chinese}正在办理；学院审核、审查结论更新之后再签字。"
        return _Stand("等待审核", "slate", waits=True, lines=(line,))
    if state is State.UPLOADED and not known.changed:
        return _Stand("等学习中心核对", "slate", waits=True, tap=("查看", "sign"))
    if state is State.LAPSED or known.changed:
        return _Stand("请重新签字", "urgent", lines=("签字之后内容有变动，原签字已失效。", *known.changed), tap=tap)
    if "record_check" in spec.needs and known.state(Kind.RECORD_CHECK) not in _RECORD_DONE:
        return _Stand("先核对学籍", "slate", lines=("学籍信息核对无误之后签字。",), tap=("去核对学籍", "record"))
    return _Stand("待签字", tap=tap)


def _registration_form(spec: TaskSpec, known: Known) -> _Stand:
    if known.explanation is None:
        return _Stand("未开放", "slate", waits=True)
    return _Stand("等打印开放", "slate", waits=True, lines=("表格打印开放后，导出、打印并提交学习中心。",))


def _appraisal(spec: TaskSpec, known: Known) -> _Stand:
    tap = ("填写自我鉴定", "appraisal")
    match known.state(Kind.APPRAISAL):
        case State.SUBMITTED:
            return _Stand("已提交", "jade", is_done=True, tap=("查看", "appraisal"))
        case State.SAVED:
            return _Stand("已保存，未提交", tap=tap)
        case State.RETURNED:
            return _Stand("已退回，请修改", "urgent", lines=_returned(known, Kind.APPRAISAL), tap=tap)
    if known.explanation is None:
        return _Stand("可先填写", "slate", tap=tap)
    return _Stand("待填写", tap=tap)


def _degree(spec: TaskSpec, known: Known) -> _Stand:
    tap = ("查看条件并申请", "degree")
    state = known.state(Kind.DEGREE)
    if state in UNDECIDED:
        return _Stand(state.chinese, waits=True, tap=("查看进度", "degree"))
    if state in (State.APPROVED, State.REJECTED, State.MISSED):
        tone = "jade" if state is State.APPROVED else "slate"
        return _Stand(state.chinese, tone, is_done=True, tap=("查看结果", "degree"))
    if state is State.RETURNED:
        return _Stand("已退回，请修改", "urgent", lines=_returned(known, Kind.DEGREE), tap=tap)
    routes = known.explanation.routes if known.explanation else ()
    route = next((line for line in routes if line.id == Kind.DEGREE), None)
    if route is not None and route.state is Truth.FALSE:
        return _Stand("不开放", "slate", is_done=True, lines=(route.reason,), tap=("查看条件", "degree"))
    return _Stand("自愿申请", tap=tap)


def _public_notice(spec: TaskSpec, known: Known) -> _Stand:
    return _Stand("公示中，请查看", tap=("查看公示", "notice"))


def _returned(known: Known, kind: Kind) -> tuple[str, ...]:
    return tuple(one.reason for one in known.matters if one.kind is kind and one.reason)[:1]


_STANDS: Mapping[str, Callable[[TaskSpec, Known], _Stand]] = {
    "record_check": _record_check,
    "courses": _courses,
    "photo": _photo,
    "conclusion": _conclusion,
    "sign_off": _sign_off,
    "registration_form": _registration_form,
    "appraisal": _appraisal,
    "degree": _degree,
    "public_notice": _public_notice,
}


def _following(matter: Matter, season: Season, school: School, at: datetime) -> Task | None:
    """A card for an application, a correction, an objection or a withdrawal; None where there is nothing to follow."""
    if matter.kind not in _PAGES or matter.state in (State.OPEN, State.WITHDRAWN):
        return None
    stand, clock = _progress(matter)
    spec = season.routes.get(matter.kind.value)
    until = matter.closing.get(clock) if clock is not None else None
    entry = season.calendar.get((spec.paper if clock is Clock.PAPER else spec.window) or "") if spec else None
    office = school.offices.get((spec.office if spec else "") or "")
    return Task(
        id=f"{matter.kind}:{matter.about}",
        label=" · ".join(part for part in (spec.label if spec else matter.kind.chinese, matter.about) if part),
        state=stand.state,
        tone=stand.tone,
        is_done=stand.is_done,
        waits=stand.waits,
        until=until,
        is_late=until is not None and until <= at,
        lines=stand.lines,
        consequence=entry.consequence if entry is not None and until is not None else "",
        clause=_clause(season, spec) if spec else "",
        office=office.label if office else "",
        telephones=office.telephone if office else (),
        button=stand.tap[0],
        page=stand.tap[1],
    )


_PAGES = {
    Kind.COMPLETION: "completion",
    Kind.DEFERRAL: "deferral",
    Kind.DEGREE: "degree",
    Kind.CORRECTION: "corrections",
    Kind.OBJECTION: "objections",
    Kind.WITHDRAWAL: "withdrawal",
}


def _progress(matter: Matter) -> tuple[_Stand, Clock | None]:
    """How a case under way stands, and which clock runs for the student."""
    page = _PAGES[matter.kind]
    state = matter.state
    if state is State.SUBMITTED and Clock.PAPER in matter.closing:
        line = "已在网上提交；签字的纸质件还没有收到。"
        return _Stand("等纸质材料", "urgent", lines=(line,), tap=("打印申请表", page)), Clock.PAPER
    if state is State.PUBLIC:
        return _Stand("公示中，可以申诉", "urgent", lines=(matter.reason,), tap=("查看", page)), Clock.WINDOW
    if state is State.RETURNED:
        lines = (f"退回理由：{matter.reason}",) if matter.reason else ()
        return _Stand("已退回，请修改", "urgent", lines=lines, tap=("修改后再提交", page)), Clock.WINDOW
    if state in UNDECIDED or state is State.APPEALED:
        return _Stand(state.chinese, waits=True, tap=("查看进度", page)), None
    tone = "jade" if state is State.APPROVED else "slate"
    return _Stand(state.chinese, tone, is_done=True, tap=("查看结果", page)), None
