"""核对与填写的表单: answers a field at a time, and what students say of themselves, read from what was sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from biye.casework.core.fields import FieldLine
from biye.casework.core.own_fields import MOST_ROWS, NOTHING, TABLES, OwnLine
from biye.casework.queries.record_sheets import RecordSheet

ANSWER, SEEN, OWN, NONE = "answer-", "seen-", "own-", "none-"
SPARE_ROWS = 1


def answers(posted: Mapping[str, str]) -> dict[str, str]:
    """Field → right or wrong."""
    return {name.removeprefix(ANSWER): value for name, value in posted.items() if name.startswith(ANSWER)}


def seen(posted: Mapping[str, str]) -> dict[str, str]:
    """Field → the mark of the value that was on the page."""
    return {name.removeprefix(SEEN): value for name, value in posted.items() if name.startswith(SEEN)}


def own_entries(posted: Mapping[str, str], lines: Iterable[OwnLine]) -> dict[str, Any]:
    """Label → text, rows or 无, of the entries that were on the page."""
    found: dict[str, Any] = {}
    for number, line in enumerate(lines):
        if f"{NONE}{number}" in posted:
            found[line.label] = NOTHING
        elif line.is_table and f"{OWN}{number}-0-0" in posted:
            columns = TABLES[line.label]
            found[line.label] = [
                {name: posted.get(f"{OWN}{number}-{row}-{place}", "") for place, name in enumerate(columns)}
                for row in range(MOST_ROWS)
            ]
        elif f"{OWN}{number}" in posted:
            found[line.label] = posted[f"{OWN}{number}"]
    return found


def spare_rows(line: OwnLine) -> list[tuple[str, ...]]:
    """The rows of a table with room for more."""
    room = min(len(line.rows) + SPARE_ROWS, MOST_ROWS)
    return [*line.rows, *[("",) * len(line.columns)] * (room - len(line.rows))]


def wrong_lines(sheet: RecordSheet, said: Mapping[str, str]) -> list[FieldLine]:
    """Fields the student says are wrong."""
    return [line for line in sheet.lines if said.get(line.label) == "wrong"]


def day(text: str) -> date | None:
    """A day as a form sends it; None where it sends none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
