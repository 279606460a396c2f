"""改几处数据, 可让多少人通过: fixes of facts by centre and rule, those that unblock most first."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.cache import cache
from django.db.models import Count

from biye.accounts.core.asker import Asker
from biye.audit.core.engine import Programme
from biye.audit.core.unblocking import unblocked
from biye.audit.models.run import Run
from biye.audit.queries.results import Filter, favourable_rows, outcomes_of
from biye.audit.queries.rules import read_rules
from biye.foundation.terms import UNKNOWN_TERM
from biye.foundation.verdicts import Verdict, Verdicts
from biye.records.core.tables import NO_DAY, Coded, Students
from biye.seasons.core.people import People, belongs

SHOWN = 5
KEPT = 3600
_GROUP = (
    "not_met",
    "unknown",
    "not_required",
    "student__centre_id",
    "student__centre__name",
    "student__level",
    "student__mode",
    "student__entry",
    "student__major",
    "student__status",
    "student__suspended_terms",
    "student__is_outside_system",
)


@dataclass(frozen=True, slots=True)
class DataFix:
    """一处: facts of one rule, of one centre's students; `verdict` UNKNOWN is something to import, NOT_MET to check."""

    rule: int
    label: str
    verdict: Verdict
    centre_id: int | None
    centre: str
    students: int


def fixes(asker: Asker, run: Run) -> tuple[DataFix, ...]:
    """The few that unblock the most students, of those for whom nothing else stands in the way.

    A finished run never changes, so that what it gave once is kept for a while.
    """
    key = f"fixes:{run.pk}:{run.digest[:16]}:{asker.role}:{asker.centre_id}"
    found: tuple[DataFix, ...] | None = cache.get(key)
    if found is None:
        found = _fixes(asker, run)
        cache.set(key, found, KEPT)
    return found


def _fixes(asker: Asker, run: Run) -> tuple[DataFix, ...]:
    loaded = read_rules(run.rules)
    programme, frame = loaded.programme, loaded.frame(run.at)
    needed = _columns(programme)
    names = [name for name in _GROUP if name in needed]
    blocked = outcomes_of(asker, run, Filter(in_season=True)).exclude(conclusion__in=favourable_rows(run)).order_by()
    rows = list(blocked.values_list(*names).annotate(Count("student_id")))
    if not rows:
        return ()
    column = dict(zip((*names, "many"), zip(*rows, strict=True), strict=True))
    who = _students(column, len(rows))

    def concerned(people: People) -> Verdicts:
        return belongs(people, who, frame)

    not_met, unknown, not_required = (
        np.array(column[name], np.int64) for name in ("not_met", "unknown", "not_required")
    )
    many = np.array(column["many"], np.int64)
    totals: defaultdict[tuple[int, Verdict, int | None, str], int] = defaultdict(int)
    for rule, freed in unblocked(programme, not_met, unknown, not_required, concerned).items():
        for place in np.flatnonzero(freed).tolist():
            verdict = Verdict.UNKNOWN if int(unknown[place]) >> rule & 1 else Verdict.NOT_MET
            centre = (column["student__centre_id"][place], column["student__centre__name"][place] or "（未注明）")
            totals[rule, verdict, *centre] += int(many[place])
    found = [
        DataFix(rule, programme.rules[rule].label, verdict, centre_id, centre, students)
        for (rule, verdict, centre_id, centre), students in totals.items()
    ]
    return tuple(sorted(found, key=lambda fix: (-fix.students, fix.rule, fix.centre))[:SHOWN])


def _columns(programme: Programme) -> frozenset[str]:
    """What the groups are told apart by: as little as the conclusions ask about."""
    asked = {"not_met", "unknown", "not_required", "student__centre_id", "student__centre__name"}
    rows = next(iter(programme.books.values())).conclusions
    for people in (part for row in rows if row.for_ is not None for part in row.for_.parts()):
        asked |= {f"student__{name}" for name in ("level", "mode", "major", "status") if getattr(people, name)}
        if people.plan:
            asked.add("student__plan__code")
        if people.entry is not None or people.within_study_limit is not None:
            asked |= {"student__entry", "student__level", "student__suspended_terms"}
        if people.outside_system is not None:
            asked.add("student__is_outside_system")
    return frozenset(asked)


def _students(column: dict[str, tuple[Any, ...]], n: int) -> Students:
    """One row a group, with what its students have in common; what nobody asks about is unknown."""

    def words(name: str) -> Coded:
        return Coded.of(list(column.get(name, ("",) * n)))

    def numbers(name: str) -> npt.NDArray[np.int16]:
        return np.array(column.get(name, (UNKNOWN_TERM,) * n), np.int16)

    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[],
        name=[],
        level=words("student__level"),
        mode=words("student__mode"),
        centre=words("student__centre__name"),
        status=words("student__status"),
        major=words("student__major"),
        entry=numbers("student__entry"),
        plan=words("student__plan__code").codes,
        suspended_terms=numbers("student__suspended_terms"),
        birth_day=np.full(n, NO_DAY, np.int32),
        sex=np.zeros(n, np.int8),
        identity_type=Coded.empty(n),
        identity=np.full(n, b"", "S18"),
        outside_system=np.array(column.get("student__is_outside_system", (False,) * n), bool),
        covered=np.zeros(n, np.int32),
        plan_codes=tuple(words("student__plan__code").words),
    )
