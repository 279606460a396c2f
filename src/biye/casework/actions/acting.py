"""办理: the one way to act on cases, one or ten thousand; scope, situation, step and ledger entry in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.casework.actions.announcing import announce
from biye.casework.actions.answering import answer
from biye.casework.actions.move import move
from biye.casework.core.closing import spec_of
from biye.casework.core.transitions import Guard, Refusal, step
from biye.casework.core.words import ENDED, Event, Kind, State, Who
from biye.casework.models.case import Case, Step
from biye.casework.queries.situations import CHOICES, Act, situations
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.bulk import in_chunks
from biye.machinery.ledger.chain import Said, record_many
from biye.records.actions.shown_changes import students_changed
from biye.records.models.student import Student
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

MANY = 1000
SEVERAL = (Kind.CORRECTION, Kind.OBJECTION)


@dataclass(frozen=True, slots=True)
class Moved:
    """成批办理的结果: ids of the cases that moved, and of those that did not with every reason."""

    moved: tuple[int, ...]
    refused: tuple[tuple[int, tuple[Reason, ...]], ...]


def act(
    *,
    season_id: int,
    student_no: str,
    kind: Kind,
    event: Event,
    by: Asker,
    at: datetime,
    about: str = "",
    seen: int | None = None,
    reason: str = "",
    form: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
    holds: Collection[Guard] = (),
) -> Case:
    """办理 one student's case of a kind, opened if there is none. A correction or objection that is over begins anew.

    `holds`: what the act itself vouches for. Refused("no_such_student"), and with every reason of the transition table.
    """
    with transaction.atomic():
        # The student's row puts two first steps in line, so that a doubled click opens one case.
        student = students_of(by).select_for_update(of=("self",)).filter(student_no=student_no).first()
        if student is None:
            raise Refused(Reason("no_such_student"))
        case = _found(season_id, student, kind, about) or _opened(season_id, student, kind, about, at)
        return _moved(case, event, by.actor, at, seen, reason, form, detail, holds)


def act_on(
    case_id: int,
    event: Event,
    *,
    by: Asker,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
    form: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
    holds: Collection[Guard] = (),
) -> Case:
    """办理 an existing case within the scope. Refused("no_such_case"), and with every reason of the transition table."""
    with transaction.atomic():
        found = within(by, Case.objects.select_for_update(of=("self",)).filter(pk=case_id)).first()
        if found is None:
            raise Refused(Reason("no_such_case"))
        return _moved(found, event, by.actor, at, seen, reason, form, detail, holds)


def act_on_many(
    case_ids: Collection[int],
    event: Event,
    *,
    by: Asker | Actor,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    details: Mapping[int, dict[str, Any]] | None = None,
    holds: Collection[Guard] = (),
) -> Moved:
    """成批办理: every case within the scope that may take the step takes it; the others are named with their reasons.

    A thousand cases are one transaction with a constant number of queries. An Actor is the system, whose scope is all.
    `details` adds what is so of one student only, by the student's id.
    """
    actor = by if isinstance(by, Actor) else by.actor
    wanted, moved, refused = sorted(set(case_ids)), [], []
    for start in range(0, len(wanted), MANY):
        with transaction.atomic():
            chosen = Case.objects.select_for_update(of=("self",)).filter(pk__in=wanted[start : start + MANY])
            cases = list((chosen if isinstance(by, Actor) else within(by, chosen)).order_by("pk"))
            those, why = _step_all(cases, Act(event, actor, at, reason, frozenset(holds)), detail or {}, details or {})
            moved.extend(those)
            refused.extend(why)
    return Moved(tuple(moved), tuple(refused))


def open_many(season_id: int, kind: Kind, students: Iterable[int], *, at: datetime) -> int:
    """Open a case of a kind for each of these students who has none; how many were opened. Inside a transaction."""
    office = _office(season_id, kind, "")
    opened = 0
    for part in in_chunks(list(students)):
        cases = Case.objects.filter(season_id=season_id, kind=kind, student_id__in=part)
        there = set(cases.values_list("student_id", flat=True))
        new = [
            Case(season_id=season_id, student_id=student, kind=kind, office=office, opened_at=at, changed_at=at)
            for student in part
            if student not in there
        ]
        Case.objects.bulk_create(new, batch_size=MANY, ignore_conflicts=True)
        opened += len(new)
    return opened


def _found(season_id: int, student: Student, kind: Kind, about: str) -> Case | None:
    cases = Case.objects.filter(season_id=season_id, student=student, kind=kind)
    if kind in SEVERAL:
        cases = cases.filter(about=about).exclude(state__in=(*ENDED, State.WITHDRAWN))
    return cases.order_by("-id").first()


def _opened(season_id: int, student: Student, kind: Kind, about: str, at: datetime) -> Case:
    office = _office(season_id, kind, about)
    return Case.objects.create(
        season_id=season_id, student=student, kind=kind, about=about, office=office, opened_at=at, changed_at=at
    )


def _office(season_id: int, kind: Kind, about: str) -> str:
    spec = spec_of(season_file(Season.objects.get(pk=season_id).stem), kind, about)
    return (spec.office or "") if spec is not None else ""


def _moved(
    case: Case,
    event: Event,
    actor: Actor,
    at: datetime,
    seen: int | None,
    reason: str,
    form: dict[str, Any] | None,
    detail: dict[str, Any] | None,
    holds: Collection[Guard],
) -> Case:
    about_to = Act(event, actor, at, reason, frozenset(holds))
    situation = situations(season_file(case.season.stem), [case], about_to)[0]
    moved = move(case, event, situation, by=actor, at=at, seen=seen, reason=reason, form=form, detail=detail)
    _spread([case], about_to)
    answer(moved, event, reason, by=actor, at=at)
    return moved


def _step_all(
    cases: Sequence[Case], about_to: Act, detail: dict[str, Any], details: Mapping[int, dict[str, Any]]
) -> tuple[list[int], list[tuple[int, tuple[Reason, ...]]]]:
    seasons = {season.pk: season for season in Season.objects.filter(pk__in={case.season_id for case in cases})}
    those: dict[State, list[Case]] = {}
    refused: list[tuple[int, tuple[Reason, ...]]] = []
    for season_id, season in seasons.items():
        group = [case for case in cases if case.season_id == season_id]
        for case, situation in zip(group, situations(season_file(season.stem), group, about_to), strict=True):
            answer = step(Kind(case.kind), State(case.state), about_to.event, Who(about_to.by.role), situation)
            if isinstance(answer, Refusal):
                refused.append((case.pk, answer.reasons))
            else:
                those.setdefault(answer.next, []).append(case)
    for state, group in those.items():
        _write(state, group, about_to, detail, details)
        _spread(group, about_to)
    return sorted(case.pk for group in those.values() for case in group), refused


def _spread(cases: Sequence[Case], done: Act) -> None:
    """The students are told; a choice that is granted, or taken back, is part of the conclusion shown from then on."""
    announce(cases, done.event, done.reason, by=done.by, at=done.at)
    if done.event in (Event.APPROVE, Event.TAKE_BACK):
        students = {case.student_id for case in cases if case.kind in CHOICES}
        students_changed(students, at=done.at, by=done.by)


def _write(
    state: State, cases: list[Case], done: Act, detail: dict[str, Any], details: Mapping[int, dict[str, Any]]
) -> None:
    """The new state, one step and one ledger entry each."""
    ids = [case.pk for case in cases]
    Case.objects.filter(pk__in=ids).update(state=state.value, steps=F("steps") + 1, changed_at=done.at)
    numbers = dict(Student.objects.filter(pk__in=[case.student_id for case in cases]).values_list("id", "student_no"))
    Step.objects.bulk_create(
        [
            Step(
                case=case,
                number=case.steps + 1,
                event=done.event.value,
                before=case.state,
                after=state.value,
                at=done.at,
                actor_id=done.by.user_id,
                actor_name=done.by.name,
                actor_role=done.by.role,
                reason=done.reason,
                detail={**detail, **details.get(case.student_id, {})},
            )
            for case in cases
        ],
        batch_size=MANY,
    )
    record_many(
        (
            Said(
                action=f"{case.kind}.{done.event.value}",
                subject=f"student:{numbers[case.student_id]}",
                before={"state": case.state},
                after={"state": state.value, "case": case.pk, **detail},
                reason=done.reason,
            )
            for case in cases
        ),
        by=done.by,
        at=done.at,
    )
