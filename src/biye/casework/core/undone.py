"""未办事项: which matters of a season students can be reminded of, and what of them each student has left undone. Pure.

What no table knows to be undone is never taken for undone: nobody is reminded of what may be done already.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biye.casework.core.closing import closing
from biye.casework.core.reminding import Matter, Undone
from biye.casework.core.transitions import Clock
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.seasons.core.season import Season, TaskSpec

PHOTO = "photo"
PAPER = "_paper"
Steps = frozenset[tuple[str, str]]
"""(kind, state) of each case that a student has in the season."""

_BEFORE: dict[Kind, frozenset[State]] = {
    Kind.RECORD_CHECK: frozenset({State.OPEN, State.LAPSED}),
    Kind.SIGN_OFF: frozenset({State.OPEN, State.LAPSED}),
    Kind.APPRAISAL: frozenset({State.OPEN, State.SAVED, State.RETURNED}),
}
"""事项 that everybody has: undone in these states, and where there is no case yet."""
_BEGUN: dict[Kind, frozenset[State]] = {
    Kind.DEGREE: frozenset({State.OPEN, State.RETURNED}),
    Kind.COMPLETION: frozenset({State.RETURNED}),
    Kind.DEFERRAL: frozenset({State.RETURNED}),
    Kind.CORRECTION: frozenset({State.RETURNED}),
}
"""申请 that nobody has to make: undone only where somebody began and it lies with the student."""
_CHOICES = (Kind.COMPLETION, Kind.DEFERRAL)


@dataclass(frozen=True, slots=True)
class Facts:
    """一名学生的情况: cases, the conclusion that was published (empty: undecided), does the photo lie with the student?"""

    steps: Steps
    is_published: bool = False
    conclusion: str = ""
    photo_open: bool = False


def matters(season: Season) -> dict[str, Matter]:
    """催办事项 of a season by id, in the order of its tasks; signed paper is a matter of its own."""
    return {matter.id: matter for matter in _matters(season)}


def undone(student_id: int, season: Season, known: Mapping[str, Matter], facts: Facts) -> Undone:
    """未办 of one student, and what of it is the student's to do now."""
    left = tuple(name for name in known if _is_undone(name, season, facts))
    return Undone(student_id, left, tuple(name for name in left if _is_free(name, season, facts, left)))


def _matters(season: Season) -> Iterator[Matter]:
    for name, task in season.tasks.items():
        if name == PHOTO:
            yield _matter(season, name, task.label, task.window)
        elif name in (*_BEFORE, *_BEGUN):
            yield _matter(season, name, task.label, task.window or _window(season, name))
    for kind in _BEGUN:
        route = season.routes.get(kind.value)
        if route is None:
            continue
        if kind.value not in season.tasks:
            yield _matter(season, kind.value, f"{route.label}（已退回，请补正）", route.window or route.paper)
        if Clock.PAPER in closing(season, kind):
            yield _matter(season, kind.value + PAPER, f"{route.label}：交纸质材料", route.paper)


def _window(season: Season, name: str) -> str | None:
    route = season.routes.get(name)
    return route.window or route.paper if route is not None else None


def _matter(season: Season, name: str, label: str, window: str | None) -> Matter:
    entry = season.calendar.get(window or "")
    if entry is None:
        return Matter(name, label)
    return Matter(name, label, entry.from_, entry.until, entry.consequence)


def _is_undone(name: str, season: Season, facts: Facts) -> bool:
    if name == PHOTO:
        return facts.photo_open
    if name.endswith(PAPER):
        return (name.removesuffix(PAPER), State.SUBMITTED) in facts.steps
    kind = Kind(name)
    states = {state for one, state in facts.steps if one == kind}
    if kind in _BEGUN:
        return not states.isdisjoint(_BEGUN[kind])
    task: TaskSpec = season.tasks[kind.value]  # type: ignore[index]
    if task.for_conclusion and facts.conclusion not in task.for_conclusion:
        return False
    return not states or not states.isdisjoint(_BEFORE[kind])


def _is_free(name: str, season: Season, facts: Facts, left: tuple[str, ...]) -> bool:
    """Nothing else has to be done first, by the student or by an office."""
    task = season.tasks.get(name)  # type: ignore[call-overload]
    if task is not None and any(need in left or (need, State.DISPUTED) in facts.steps for need in task.needs):
        return False
    if name != Kind.SIGN_OFF:
        return True
    waits = any((choice.value, state.value) in facts.steps for choice in _CHOICES for state in UNDECIDED)
    return facts.is_published and not waits
