"""热力图: reasons × centres, each number with the depth of its colour; and which data are missing most."""

from collections.abc import Sequence
from dataclasses import dataclass

from biye.audit.queries.results import HeatRow

STEPS = (0.05, 0.15, 0.30)  # shares of a centre's students from which on the colour is a step deeper
SHOWN = 20
GAPS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One number; `depth` 0 is nobody, 4 the deepest."""

    number: int
    rule: int
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """One centre, or all of them."""

    centre_id: int | None
    label: str
    students: int
    cells: tuple[Cell, ...]
    unknown: Cell


@dataclass(frozen=True, slots=True)
class Gap:
    """缺口: facts of one rule that one centre's students lack."""

    centre_id: int | None
    centre: str
    rule: int
    label: str
    students: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """热力图. Rules that keep nobody back have no column."""

    columns: tuple[str, ...]
    total: Line
    lines: tuple[Line, ...]
    rest: tuple[Line, ...]
    gaps: tuple[Gap, ...]


def heat_map(rows: Sequence[HeatRow], labels: Sequence[str]) -> HeatMap:
    """From the counts of a run."""
    used = [rule for rule in range(len(labels)) if any(row.not_met[rule] for row in rows)]
    whole = HeatRow(
        centre_id=None,
        centre="合计",
        students=sum(row.students for row in rows),
        not_met=tuple(sum(row.not_met[rule] for row in rows) for rule in range(len(labels))),
        unknown=tuple(sum(row.unknown[rule] for row in rows) for rule in range(len(labels))),
        anything_unknown=sum(row.anything_unknown for row in rows),
    )
    lines = tuple(_line(row, used) for row in rows)
    return HeatMap(
        columns=tuple(labels[rule] for rule in used),
        total=_line(whole, used),
        lines=lines[:SHOWN],
        rest=lines[SHOWN:],
        gaps=_gaps(rows, labels),
    )


def _line(row: HeatRow, used: list[int]) -> Line:
    cells = tuple(Cell(row.not_met[rule], rule, _depth(row.not_met[rule], row.students)) for rule in used)
    unknown = Cell(row.anything_unknown, -1, _depth(row.anything_unknown, row.students))
    return Line(row.centre_id, row.centre, row.students, cells, unknown)


def _depth(number: int, students: int) -> int:
    if not number:
        return 0
    return 1 + sum(number >= students * step for step in STEPS)


def _gaps(rows: Sequence[HeatRow], labels: Sequence[str]) -> tuple[Gap, ...]:
    found = [
        Gap(row.centre_id, row.centre, rule, label, row.unknown[rule])
        for row in rows
        for rule, label in enumerate(labels)
        if row.unknown[rule]
    ]
    return tuple(sorted(found, key=lambda gap: -gap.students)[:GAPS])
