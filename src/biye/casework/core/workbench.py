"""今天要办: a centre's students who are one step short, ordered by days left × what can still be mended. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from biye.casework.core.reminding import Matter, Undone, risk
from biye.casework.core.undone import PAPER, PHOTO
from biye.casework.core.words import Kind, State


class Help(StrEnum):
    """帮一把: the one action that helps."""

    SIGN = "sign"
    PAPER = "paper"
    CASE = "case"
    PHOTO = "photo"
    CALL = "call"

    @property
    def chinese(self) -> str:
        """What the button says."""
        return _HELPS[self]


_HELPS = {
    Help.SIGN: "现场签字",
    Help.PAPER: "登记收到",
    Help.CASE: "核对",
    Help.PHOTO: "看照片",
    Help.CALL: "致电",
}
_ORDER = (Help.CASE, Help.PAPER, Help.SIGN, Help.PHOTO, Help.CALL)
_ON_SITE = frozenset({Kind.SIGN_OFF.value, Kind.RECORD_CHECK.value})
_SAYS = {
    (Kind.SIGN_OFF, State.UPLOADED): "学生已上传签字件，待核对",
    (Kind.CORRECTION, State.SUBMITTED): "已提交证明，待您核对；纸质材料未到",
    (Kind.CORRECTION, State.PAPER_RECEIVED): "纸质材料已收，待您核对后上报",
    (Kind.OBJECTION, State.SUBMITTED): "学生提出异议，待您核对后上报",
    (Kind.COMPLETION, State.PAPER_RECEIVED): "纸质申请已收，待上报",
    (Kind.DEFERRAL, State.PAPER_RECEIVED): "纸质申请已收，待上报",
    (Kind.DEGREE, State.SUBMITTED): "学生已申请学位，待上报",
}
DESK = tuple(_SAYS)
"""What lies on the centre's own desk: (kind, state)."""


@dataclass(frozen=True, slots=True)
class OnDesk:
    """待我办理的事项 of one student."""

    student_id: int
    case_id: int
    kind: Kind
    state: State
    closes: datetime | None


@dataclass(frozen=True, slots=True)
class Todo:
    """还差的一步: what, until when, what happens otherwise, and what helps. `id` is what a chip filters by."""

    id: str
    label: str
    says: str
    closes: datetime | None
    consequence: str
    help: Help
    case_id: int | None = None
    can_remind: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """一名学生: the most pressing step first."""

    student_id: int
    todos: tuple[Todo, ...]
    risk: int


def lines(
    left: Iterable[Undone], desk: Iterable[OnDesk], matters: Mapping[str, Matter], at: datetime
) -> tuple[Line, ...]:
    """Everybody who is a step short of something that can still be done, the most urgent first.

    Whatever is past stands with nobody: it cannot be mended by a call.
    """
    found: dict[int, list[Todo]] = {}
    undone: dict[int, int] = {}
    shapes: dict[tuple[str, bool], Todo] = {}
    for one in left:
        undone[one.student_id] = len(one.undone)
        for name in one.undone:
            if not matters[name].is_open(at):
                continue
            key = (name, name in one.fixable)
            if key not in shapes:
                shapes[key] = _todo(matters[name], is_free=key[1])
            found.setdefault(one.student_id, []).append(shapes[key])
    for case in desk:
        found.setdefault(case.student_id, []).append(_on_desk(case))
    made = [_line(student, todos, undone.get(student, 0), at) for student, todos in found.items()]
    return tuple(sorted(made, key=lambda line: (-line.risk, line.student_id)))


def chips(found: Iterable[Line]) -> tuple[tuple[str, str, int], ...]:
    """Each reason with how many students it concerns, the most frequent first."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for line in found:
        for todo in {one.id: one for one in line.todos}.values():
            counts[todo.id] = counts.get(todo.id, 0) + 1
            labels[todo.id] = todo.label
    return tuple((name, labels[name], many) for name, many in sorted(counts.items(), key=lambda one: -one[1]))


def _todo(matter: Matter, *, is_free: bool) -> Todo:
    helps = Help.CALL
    if matter.id.endswith(PAPER):
        helps = Help.PAPER
    elif matter.id == PHOTO:
        helps = Help.PHOTO
    elif matter.id in _ON_SITE and is_free:
        helps = Help.SIGN
    says = "签字的纸质件未收到" if helps is Help.PAPER else "未办" if is_free else "未办，要先办完前面的，或等审核"
    return Todo(matter.id, matter.label, says, matter.closes, matter.consequence, helps, can_remind=is_free)


def _on_desk(case: OnDesk) -> Todo:
    says = _SAYS[case.kind, case.state]
    return Todo(f"desk:{case.kind}", f"{case.kind.chinese}待我办", says, case.closes, "", Help.CASE, case.case_id)


def _line(student: int, todos: list[Todo], undone: int, at: datetime) -> Line:
    def key(todo: Todo) -> tuple[bool, float, int]:
        # What closes first; of what closes together, what lies on the own desk, then what can be done at once.
        until = todo.closes.timestamp() if todo.closes else 0.0
        return (todo.closes is None, until, _ORDER.index(todo.help))

    ordered = tuple(sorted(todos, key=key))
    fixable = sum(todo.can_remind or todo.case_id is not None for todo in ordered)
    mine = sum(todo.case_id is not None for todo in ordered)
    pressing = next((todo.closes for todo in ordered if todo.closes is not None and todo.closes > at), None)
    return Line(student, ordered, risk(pressing, undone + mine, fixable, at))
