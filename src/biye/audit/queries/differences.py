"""两次审查的差异: who is concluded otherwise, from what to what, which rules moved; for re-audits and for rehearsals.

Conclusions and rules are compared by their words and ids, because a rehearsal's rulebook may number them otherwise.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.core.engine import Programme
from biye.audit.models.run import Run
from biye.audit.queries.results import UNDECIDED_LABEL, conclusion_labels
from biye.audit.queries.rules import read_rules
from biye.foundation.verdicts import Truth, Verdict

PAGE = 50
NOT_CANDIDATE = "非预毕业学生"
_STATE = "{0}.candidate, {0}.conclusion"
_BOTH = """
    FROM audit_outcome now JOIN audit_outcome was ON was.student_id = now.student_id AND was.run_id = %s
    JOIN records_student student ON student.id = now.student_id
    LEFT JOIN records_centre centre ON centre.id = student.centre_id
    WHERE now.run_id = %s
"""
_ONLY = """
    SELECT count(*) FROM audit_outcome one WHERE one.run_id = %s
    AND NOT EXISTS (SELECT 1 FROM audit_outcome other WHERE other.run_id = %s AND other.student_id = one.student_id)
"""


@dataclass(frozen=True, slots=True)
class Flip:
    """变动: so many students from one conclusion to another, and the pair as stored, to ask for them."""

    was: str
    now: str
    students: int
    is_better: bool
    is_worse: bool
    key: str


@dataclass(frozen=True, slots=True)
class Moved:
    """一条规则的变动: from which verdict to which, for how many students whose conclusion flipped or not."""

    label: str
    was: Verdict
    now: Verdict
    students: int


@dataclass(frozen=True, slots=True)
class Difference:
    """差异 of a run against an earlier (or real) one."""

    flips: tuple[Flip, ...]
    moved: tuple[Moved, ...]
    compared: int
    only_now: int
    only_before: int

    @property
    def better(self) -> int:
        """Students who come to a favourable conclusion."""
        return sum(flip.students for flip in self.flips if flip.is_better)

    @property
    def worse(self) -> int:
        """Students who lose a favourable conclusion."""
        return sum(flip.students for flip in self.flips if flip.is_worse)

    @property
    def changed(self) -> int:
        """Students concluded otherwise."""
        return sum(flip.students for flip in self.flips)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """一名变动的学生: what moved, rule by rule."""

    student_no: str
    name: str
    level: str
    centre: str
    was: str
    now: str
    moved: tuple[tuple[str, Verdict, Verdict], ...]


def difference(asker: Asker, was: Run, now: Run) -> Difference | None:
    """The whole in a constant number of queries; None without the permission."""
    if not asker.may(Permission.RUN_AUDIT):
        return None
    sides = _Side.of(was), _Side.of(now)
    pairs: Counter[tuple[str, str]] = Counter()
    keys: dict[tuple[str, str], list[str]] = {}
    compared = 0
    grouped = f"SELECT {_STATE.format('was')}, {_STATE.format('now')}, count(*) {_BOTH} GROUP BY 1, 2, 3, 4"
    for old_candidate, old, new_candidate, new, students in _rows(grouped, was.pk, now.pk):
        compared += students
        pair = sides[0].words(old_candidate, old), sides[1].words(new_candidate, new)
        if pair[0] != pair[1]:
            pairs[pair] += students
            keys.setdefault(pair, []).append(f"{old_candidate}.{old}.{new_candidate}.{new}")
    flips = [_flip(pair, students, "_".join(keys[pair]), sides) for pair, students in pairs.items()]
    return Difference(
        flips=tuple(sorted(flips, key=lambda flip: (-flip.students, flip.was, flip.now))),
        moved=_moved(was, now, sides),
        compared=compared,
        only_now=_rows(_ONLY, now.pk, was.pk)[0][0],
        only_before=_rows(_ONLY, was.pk, now.pk)[0][0],
    )


def changed_students(asker: Asker, was: Run, now: Run, key: str, after: str = "") -> tuple[tuple[ChangedRow, ...], str]:
    """A page of the students behind one flip, in the order of 学号, and where the next page begins ("" at the end)."""
    if not asker.may(Permission.RUN_AUDIT):
        return (), ""
    pairs = [tuple(int(part) for part in pair.split(".")) for pair in key.split("_")]
    wanted = " OR ".join(
        "(was.candidate = %s AND was.conclusion = %s AND now.candidate = %s AND now.conclusion = %s)" for _ in pairs
    )
    masks = ", ".join(f"{side}.{mask}" for side in ("was", "now") for mask in ("not_met", "unknown", "not_required"))
    sql = (
        f"SELECT student.student_no, student.name, student.level, centre.name, {_STATE.format('was')},"
        f" {_STATE.format('now')}, {masks} {_BOTH} AND ({wanted}) AND student.student_no > %s"
        f" ORDER BY student.student_no LIMIT {PAGE + 1}"
    )
    values = [value for pair in pairs for value in pair]
    found = _rows(sql, was.pk, now.pk, *values, after)
    sides = _Side.of(was), _Side.of(now)
    rows = tuple(_changed(row, sides) for row in found[:PAGE])
    return rows, rows[-1].student_no if len(found) > PAGE else ""


@dataclass(frozen=True, slots=True)
class _Side:
    labels: dict[int, str]
    favourable: frozenset[str]
    programme: Programme

    @classmethod
    def of(cls, run: Run) -> "_Side":
        programme = read_rules(run.rules).programme
        first = next(iter(programme.books.values()))
        favourable = frozenset(row.give for row in first.conclusions if row.favourable)
        return cls(conclusion_labels(run), favourable, programme)

    def words(self, candidate: int, conclusion: int) -> str:
        return NOT_CANDIDATE if candidate == Truth.FALSE else self.labels.get(conclusion, UNDECIDED_LABEL)

    def bits(self) -> dict[str, int]:
        return {rule.id: number for number, rule in enumerate(self.programme.rules)}


def _flip(pair: tuple[str, str], students: int, key: str, sides: tuple[_Side, _Side]) -> Flip:
    good_before, good_now = pair[0] in sides[0].favourable, pair[1] in sides[1].favourable
    return Flip(*pair, students, good_now and not good_before, good_before and not good_now, key)


def _moved(was: Run, now: Run, sides: tuple[_Side, _Side]) -> tuple[Moved, ...]:
    """Rule by rule, verdicts that are not what they were; one query that counts all of them."""
    before, after = sides[0].bits(), sides[1].bits()
    common = [rule for rule in after if rule in before]
    if not common:
        return ()
    columns = ", ".join(_verdict("was", before[rule]) + ", " + _verdict("now", after[rule]) for rule in common)
    # Verdicts of all rules are grouped together: there are few combinations however many students.
    sql = f"SELECT {columns}, count(*) {_BOTH} GROUP BY {', '.join(str(n + 1) for n in range(2 * len(common)))}"
    tally: Counter[tuple[str, Verdict, Verdict]] = Counter()
    for row in _rows(sql, was.pk, now.pk):
        for place, rule in enumerate(common):
            old, new = Verdict(row[2 * place]), Verdict(row[2 * place + 1])
            if old != new:
                tally[rule, old, new] += row[-1]
    labels = {rule.id: rule.label for rule in sides[1].programme.rules}
    found = [Moved(labels[rule], old, new, students) for (rule, old, new), students in tally.items()]
    return tuple(sorted(found, key=lambda one: (-one.students, one.label)))


def _verdict(side: str, bit: int) -> str:
    return (
        f"CASE WHEN ({side}.not_met >> {bit}) & 1 = 1 THEN {Verdict.NOT_MET:d}"
        f" WHEN ({side}.unknown >> {bit}) & 1 = 1 THEN {Verdict.UNKNOWN:d}"
        f" WHEN ({side}.not_required >> {bit}) & 1 = 1 THEN {Verdict.NOT_REQUIRED:d} ELSE {Verdict.MET:d} END"
    )


def _changed(row: tuple[Any, ...], sides: tuple[_Side, _Side]) -> ChangedRow:
    student_no, name, level, centre, *states = row
    numbers = [int(value) for value in states]
    before, after = numbers[4:7], numbers[7:10]
    bits = sides[0].bits(), sides[1].bits()
    moved = []
    for rule in sides[1].programme.rules:
        old = _read(before, bits[0][rule.id]) if rule.id in bits[0] else Verdict.NOT_REQUIRED
        new = _read(after, bits[1][rule.id])
        if old != new:
            moved.append((rule.label, old, new))
    return ChangedRow(
        student_no,
        name,
        level,
        centre or "",
        sides[0].words(numbers[0], numbers[1]),
        sides[1].words(numbers[2], numbers[3]),
        tuple(moved),
    )


def _read(masks: Iterable[int], bit: int) -> Verdict:
    for mask, verdict in zip(masks, (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.NOT_REQUIRED), strict=True):
        if mask >> bit & 1:
            return verdict
    return Verdict.MET


def _rows(sql: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
