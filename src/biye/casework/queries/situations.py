"""情形: what is so for many cases at once: clocks, routes, rival applications, locks; a constant number of queries."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from biye.audit.models.run import Outcome, Run
from biye.audit.queries.explained import speaking
from biye.audit.queries.rules import read_rules
from biye.casework.core.closing import closing, passed, silence_counts
from biye.casework.core.transitions import TABLE, Guard, Situation
from biye.casework.core.words import UNDECIDED, Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.foundation.actor import Actor
from biye.foundation.verdicts import Truth
from biye.seasons.core.season import Season

CHOICES = (Kind.COMPLETION.value, Kind.DEFERRAL.value)
_ROUTES = (Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE)
_LIVE = tuple(state.value for state in (*UNDECIDED, State.APPROVED))


@dataclass(frozen=True, slots=True)
class Act:
    """一次办理: what somebody is about to do."""

    event: Event
    by: Actor
    at: datetime
    reason: str = ""
    holds: frozenset[Guard] = frozenset()


def situations(season: Season, cases: Sequence[Case], act: Act) -> list[Situation]:
    """One situation a case, in their order. All cases are of one season; what no row of the table asks for is not looked up."""
    asked = {guard for row in TABLE if row.event is act.event for guard in row.guards}
    always = set(act.holds) | ({Guard.REASON_GIVEN} if act.reason.strip() else set())
    answers = {guard: _LOOK[guard](season, cases, act) for guard in asked & _LOOK.keys()}
    return [
        Situation(
            passed(closing(season, Kind(case.kind), case.about, case.form), act.at),
            frozenset(always | {guard for guard, those in answers.items() if case.pk in those}),
        )
        for case in cases
    ]


def _of_kinds(cases: Iterable[Case], kinds: Collection[Kind]) -> list[Case]:
    return [case for case in cases if Kind(case.kind) in kinds]


def _route_open(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    """By the conclusion that was published: nobody applies upon what they were not told."""
    found = _of_kinds(cases, _ROUTES)
    publication = speaking(found[0].season_id) if found else None
    if publication is None:
        return set()
    order = [route.id for route in read_rules(publication.run.rules).programme.routes]
    standing = _outcomes(publication.run, found)
    return {
        case.pk
        for case in found
        if case.kind in order
        and case.student_id in standing
        and (standing[case.student_id][2] >> 2 * order.index(case.kind)) & 3 == Truth.TRUE
    }


def _favourable(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    """By the newest audit; an approved completion stands for it, an approved deferral against it."""
    found = _of_kinds(cases, (Kind.PRE_CONFIRMATION,))
    if not found:
        return set()
    done = Run.objects.filter(season_id=found[0].season_id, purpose=Run.Purpose.TRIAL, state=Run.State.DONE)
    run = done.select_related("rules", "rules__season").order_by("-id").first()
    granted = _granted(found)
    good: set[int] = set()
    if run is not None:
        first = next(iter(read_rules(run.rules).programme.books.values()))
        rows = {number for number, row in enumerate(first.conclusions) if row.favourable}
        standing = _outcomes(run, found)
        good = {
            student for student, (candidate, given, _) in standing.items() if candidate == Truth.TRUE and given in rows
        }
    return {
        case.pk
        for case in found
        if (case.student_id, Kind.DEFERRAL.value) not in granted
        and (case.student_id in good or (case.student_id, Kind.COMPLETION.value) in granted)
    }


def _granted(cases: Sequence[Case]) -> set[tuple[int, str]]:
    approved = Case.objects.filter(season_id=cases[0].season_id, kind__in=CHOICES, state=State.APPROVED)
    return set(approved.filter(student_id__in=[case.student_id for case in cases]).values_list("student_id", "kind"))


def _outcomes(run: Run, cases: Sequence[Case]) -> dict[int, tuple[int, int, int]]:
    rows = Outcome.objects.filter(run_id=run.pk, student_id__in=[case.student_id for case in cases])
    return {row[0]: row[1:] for row in rows.values_list("student_id", "candidate", "conclusion", "routes")}


def _without_rival(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    return _without_choice(cases, _LIVE)


def _settled(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    return _without_choice(cases, tuple(state.value for state in UNDECIDED))


def _without_choice(cases: Sequence[Case], states: tuple[str, ...]) -> set[int]:
    """Cases beside which the student has no other application for completion or deferral in one of these states."""
    if not cases:
        return set()
    others = Case.objects.filter(season_id=cases[0].season_id, kind__in=CHOICES, state__in=states)
    students = [case.student_id for case in cases]
    pairs = set(others.filter(student_id__in=students).values_list("student_id", "kind"))
    busy = {kind: {student for student, other in pairs if other == kind} for kind in CHOICES}
    return {
        case.pk for case in cases if not any(case.student_id in busy[kind] for kind in CHOICES if kind != case.kind)
    }


def _not_frozen(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    """Nothing moves after the season's moment, nor once the student is on the locked list."""
    if not cases or (season.frozen_from is not None and season.frozen_from <= act.at):
        return set()
    locked = set(
        Case.objects.filter(
            season_id=cases[0].season_id,
            kind=Kind.PRE_CONFIRMATION,
            state=State.LOCKED,
            student_id__in=[case.student_id for case in cases],
        ).values_list("student_id", flat=True)
    )
    return {case.pk for case in cases if case.student_id not in locked}


def _second_person(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    """Where the school asks for two people: somebody else has checked it, or proposed it, and nobody took that back."""
    free = {case.pk for case in cases if case.kind not in season.second_person}
    bound = [case for case in cases if case.pk not in free]
    if not bound:
        return free
    first = (Event.CHECK.value, Event.PROPOSE.value)
    later = Step.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    undone = later.filter(event__in=(Event.TAKE_BACK, Event.RETURN, Event.LAPSE))
    checked = Step.objects.filter(case__in=[case.pk for case in bound], event__in=first).exclude(Exists(undone))
    return free | set(checked.exclude(actor_id=act.by.user_id).values_list("case_id", flat=True))


def _public_long_enough(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    return {
        case.pk
        for case in _of_kinds(cases, (Kind.WITHDRAWAL,))
        if passed(closing(season, Kind.WITHDRAWAL, form=case.form), act.at)
    }


def _silence(season: Season, cases: Sequence[Case], act: Act) -> set[int]:
    counts = {kind: silence_counts(season, kind) for kind in Kind}
    return {case.pk for case in cases if counts[Kind(case.kind)]}


_LOOK: dict[Guard, Callable[[Season, Sequence[Case], Act], set[int]]] = {
    Guard.ROUTE_OPEN: _route_open,
    Guard.FAVOURABLE: _favourable,
    Guard.NO_RIVAL_CHOICE: _without_rival,
    Guard.CHOICE_SETTLED: _settled,
    Guard.NOT_FROZEN: _not_frozen,
    Guard.SECOND_PERSON: _second_person,
    Guard.PUBLICITY_OVER: _public_long_enough,
    Guard.SILENCE_COUNTS: _silence,
}
