"""叠表: the sheets of one kind laid one under another, so that a kind is checked once however many files it came in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import ASKED, REFUSED, Each, Rows, Table, Values

Positions = npt.NDArray[np.int32]


class Stack:
    """Tables under one another; a row keeps its own sheet's name and number in every problem."""

    def __init__(self, tables: list[Table]) -> None:
        self.tables = tables
        self._starts = np.cumsum([0, *map(len, tables)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __contains__(self, name: str) -> bool:
        return any(name in table for table in self.tables)

    def __getitem__(self, name: str) -> Values:
        distinct: list[Any] = [None]
        codes = [np.empty(0, np.int32)]
        for table in self.tables:
            values = table[name]
            codes.append(np.where(values.codes > 0, values.codes + (len(distinct) - 1), 0))
            distinct.extend(values.distinct[1:])
        return Values(np.concatenate(codes).astype(np.int32), distinct)

    @property
    def state(self) -> npt.NDArray[np.uint8]:
        """What became of each row so far."""
        return np.concatenate([np.empty(0, np.uint8), *(table.state for table in self.tables)])

    @property
    def good(self) -> Rows:
        """Rows not refused."""
        good: Rows = self.state < REFUSED
        return good

    @property
    def asked(self) -> Rows:
        """Rows that wait for a person's yes."""
        asked: Rows = self.state == ASKED
        return asked

    @property
    def table_of(self) -> Positions:
        """Which table each row stands in."""
        return np.repeat(np.arange(len(self.tables), dtype=np.int32), np.diff(self._starts))

    def complain(
        self, rows: Rows, code: str, severity: Severity, column: str = "", each: Each = Each.ROW, **details: object
    ) -> None:
        """One problem of some rows, each table for itself."""
        if rows.any():
            for table, part in self._parts(rows):
                table.complain(part, code, severity, column, each, **details)

    def post(self, rows: list[int], code: str, severity: Severity, column: str, details: Mapping[str, object]) -> None:
        """One problem that stands for these rows, each table for itself."""
        marked = np.zeros(len(self), np.bool_)
        marked[rows] = True
        for table, part in self._parts(marked):
            if part.any():
                table.post(np.flatnonzero(part).tolist(), code, severity, column, details)

    def _parts(self, rows: Rows) -> list[tuple[Table, Rows]]:
        starts = self._starts.tolist()
        return [(table, rows[start : start + len(table)]) for table, start in zip(self.tables, starts, strict=False)]


def keep_one_of_each(stack: Stack, rows: Rows, keys: npt.NDArray[Any], content: npt.NDArray[Any]) -> Rows:
    """重复: of good rows with one key the first stays where all say the same; where they differ, all are refused."""
    places = np.flatnonzero(rows)
    disputed, repeated = alike(keys[places], content[places])
    marked = np.zeros((2, len(rows)), np.bool_)
    marked[0, places[disputed]] = True
    marked[1, places[repeated]] = True
    stack.complain(marked[0], "same_key_differs", Severity.REFUSE)
    stack.complain(marked[1], "same_row_twice", Severity.NOTE)
    return rows & ~marked.any(axis=0)


def alike(keys: npt.NDArray[Any], content: npt.NDArray[Any]) -> tuple[Rows, Rows]:
    """Which entries share a key with one that says something else, and which only repeat an earlier one."""
    disputed, repeated = np.zeros(len(keys), np.bool_), np.zeros(len(keys), np.bool_)
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    opens = np.ones(len(order), np.bool_)
    opens[1:] = sorted_keys[1:] != sorted_keys[:-1]
    if opens.all():
        return disputed, repeated
    group = np.cumsum(opens) - 1
    differs = content[order] != content[order[opens]][group]
    quarrel = np.zeros(int(group[-1]) + 1, np.bool_)
    quarrel[group[differs]] = True
    disputed[order[quarrel[group]]] = True
    repeated[order[~opens & ~quarrel[group]]] = True
    return disputed, repeated


def content_of(values: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.int64]:
    """One number a row that is equal where all columns are: for comparing rows."""
    total = np.zeros(len(values[0]), np.int64)
    for column in values:
        _, codes = np.unique(column, return_inverse=True)
        _, total = np.unique(total * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    return total.astype(np.int64)


def codes_of(values: Values) -> Positions:
    """A column's values as comparable numbers: equal values, equal numbers."""
    numbers: dict[Any, int] = {}
    lookup = [numbers.setdefault(value, len(numbers)) for value in values.distinct]
    return np.array(lookup, np.int32)[values.codes]
