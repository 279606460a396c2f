"""办理事项: one, a student's, or a queue of them, as the asker may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock, events
from biye.casework.core.words import Event, Kind, State, Who
from biye.casework.models.case import Case, Step
from biye.seasons.queries.seasons import season_file

PAGE = 50


@dataclass(frozen=True, slots=True)
class StepView:
    """办理步骤."""

    number: int
    event: Event
    before: State
    after: State
    at: datetime
    actor_name: str
    actor_role: Who
    reason: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseView:
    """办理事项, with what has happened and what this seat may try now."""

    id: int
    season_id: int
    student_no: str
    name: str
    centre: str
    level: str
    kind: Kind
    state: State
    about: str
    office: str
    form: dict[str, Any]
    steps: int
    opened_at: datetime
    changed_at: datetime
    closing: dict[Clock, datetime]
    may: tuple[Event, ...]
    history: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """办理事项 in a list."""

    id: int
    student_no: str
    name: str
    centre: str
    level: str
    kind: Kind
    state: State
    about: str
    office: str
    steps: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """筛选: every part given must hold; `text` begins a 学号 or stands in a name."""

    kinds: tuple[Kind, ...] = ()
    states: tuple[State, ...] = ()
    office: str = ""
    centre_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """一页 of a queue: who has waited longest stands first."""

    rows: tuple[CaseRow, ...]
    total: int


def case_of(asker: Asker, season_id: int, student_no: str, kind: Kind, about: str = "") -> CaseView | None:
    """The newest case of a kind of one student within the scope; None where there is none yet."""
    found = _cases(asker).filter(season_id=season_id, student__student_no=student_no, kind=kind, about=about)
    return next(iter(_views(asker, found.order_by("-id")[:1])), None)


def case_by_id(asker: Asker, case_id: int) -> CaseView | None:
    """A case within the scope."""
    return next(iter(_views(asker, _cases(asker).filter(pk=case_id))), None)


def cases_of(asker: Asker, season_id: int, student_no: str) -> tuple[CaseView, ...]:
    """Every case of one student in a season, the newest change first."""
    found = _cases(asker).filter(season_id=season_id, student__student_no=student_no)
    return tuple(_views(asker, found.order_by("-changed_at", "-id")))


def queue(
    asker: Asker, season_id: int, chosen: QueueFilter = QueueFilter(), start: int = 0, count: int = PAGE
) -> CasePage:
    """办理队列."""
    found = queued(asker, season_id, chosen)
    return CasePage(tuple(row_of(case) for case in in_turn(found, start, count)), found.count())


def in_turn(found: QuerySet[Case], start: int, count: int) -> list[Case]:
    """One page, who has waited longest first: ids are put in order before anything wider than an id is read."""
    ids = list(found.order_by("changed_at", "id").values_list("id", flat=True)[start : start + count])
    return list(found.filter(pk__in=ids).order_by("changed_at", "id"))


def queue_ids(asker: Asker, season_id: int, chosen: QueueFilter = QueueFilter()) -> tuple[int, ...]:
    """Every case a filter finds, for an act on all of them."""
    return tuple(queued(asker, season_id, chosen).order_by("changed_at", "id").values_list("id", flat=True))


def next_in_queue(asker: Asker, season_id: int, chosen: QueueFilter, after: int) -> int | None:
    """The case that stands behind this one, in the order of the queue; the first where this one has left it; None at the end."""
    found = queued(asker, season_id, chosen).exclude(pk=after)
    here = Case.objects.filter(pk=after).values_list("changed_at", flat=True).first()
    behind = found.filter(Q(changed_at__gt=here) | Q(changed_at=here, pk__gt=after)) if here else found
    order = ("changed_at", "id")
    return (
        behind.order_by(*order).values_list("id", flat=True).first()
        or found.order_by(*order).values_list("id", flat=True).first()
    )


def previous_in_queue(asker: Asker, season_id: int, chosen: QueueFilter, before: int) -> int | None:
    """The case that stands before this one, in the order of the queue; None at the beginning."""
    here = Case.objects.filter(pk=before).values_list("changed_at", flat=True).first()
    if here is None:
        return None
    found = queued(asker, season_id, chosen).filter(Q(changed_at__lt=here) | Q(changed_at=here, pk__lt=before))
    return found.order_by("-changed_at", "-id").values_list("id", flat=True).first()


def rows_by_id(asker: Asker, case_ids: Collection[int]) -> tuple[CaseRow, ...]:
    """These cases, as far as the asker may see them, by id."""
    return tuple(row_of(case) for case in _cases(asker).filter(pk__in=case_ids).order_by("pk"))


def queue_counts(asker: Asker, season_id: int) -> dict[tuple[Kind, State, str], int]:
    """How many cases of each kind, state and office the seat can see."""
    counted = _cases(asker, with_student=False).filter(season_id=season_id).order_by()
    return {
        (Kind(kind), State(state), office): many
        for kind, state, office, many in counted.values_list("kind", "state", "office").annotate(Count("id"))
    }


def _cases(asker: Asker, *, with_student: bool = True) -> QuerySet[Case]:
    found = within(asker, Case.objects.all())
    return found.select_related("student", "student__centre", "season") if with_student else found


def queued(asker: Asker, season_id: int, chosen: QueueFilter) -> QuerySet[Case]:
    """The cases a filter finds, for queries that ask more of them."""
    found = _cases(asker).filter(season_id=season_id)
    if chosen.kinds:
        found = found.filter(kind__in=chosen.kinds)
    if chosen.states:
        found = found.filter(state__in=chosen.states)
    if chosen.office:
        found = found.filter(office=chosen.office)
    if chosen.centre_id is not None:
        found = found.filter(student__centre_id=chosen.centre_id)
    if chosen.text:
        found = found.filter(Q(student__student_no__startswith=chosen.text) | Q(student__name__contains=chosen.text))
    return found


def _views(asker: Asker, found: Iterable[Case]) -> list[CaseView]:
    cases = list(found)
    steps: dict[int, list[StepView]] = {}
    for step in Step.objects.filter(case__in=[case.pk for case in cases]).order_by("case_id", "number"):
        steps.setdefault(step.case_id, []).append(_step(step))
    return [_view(asker, case, tuple(steps.get(case.pk, ()))) for case in cases]


def _view(asker: Asker, case: Case, history: tuple[StepView, ...]) -> CaseView:
    kind, state = Kind(case.kind), State(case.state)
    return CaseView(
        id=case.pk,
        season_id=case.season_id,
        student_no=case.student.student_no,
        name=case.student.name,
        centre=case.student.centre.name if case.student.centre else "",
        level=case.student.level,
        kind=kind,
        state=state,
        about=case.about,
        office=case.office,
        form=case.form,
        steps=case.steps,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        closing=closing(season_file(case.season.stem), kind, case.about, case.form),
        may=events(kind, state, Who(asker.role.value)),
        history=history,
    )


def row_of(case: Case) -> CaseRow:
    """A case that was read with its student and centre, as a list shows it."""
    return CaseRow(
        id=case.pk,
        student_no=case.student.student_no,
        name=case.student.name,
        centre=case.student.centre.name if case.student.centre else "",
        level=case.student.level,
        kind=Kind(case.kind),
        state=State(case.state),
        about=case.about,
        office=case.office,
        steps=case.steps,
        changed_at=case.changed_at,
    )


def _step(step: Step) -> StepView:
    return StepView(
        number=step.number,
        event=Event(step.event),
        before=State(step.before),
        after=State(step.after),
        at=step.at,
        actor_name=step.actor_name,
        actor_role=Who(step.actor_role),
        reason=step.reason,
        detail=step.detail,
    )
