"""列写入: many rows into one table as columns; PostgreSQL takes them as one block of bytes, SQLite row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Protocol

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connection
from psycopg import sql as quoting

from biye.machinery.columns import postgresql, sqlite

Column = npt.NDArray[np.generic]
PATIENCE = 60.0
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"


class Writer(Protocol):
    """写入者: appends rows; what it has written stays, whatever happens later."""

    def append(self, table: str, columns: dict[str, Column]) -> None:
        """Columns of equal length: whole numbers of the table's own width, or (n, m) arrays that become bytes."""


@contextmanager
def writer() -> Iterator[Writer]:
    """写入者 with a connection of its own, so that it can work beside Django's."""
    if connection.vendor == "postgresql":
        with postgresql.connect() as own:
            yield _PostgreSQL(own)
    else:
        with closing(
            sqlite3.connect(sqlite.path(), timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        ) as own:
            own.execute("PRAGMA synchronous=NORMAL")
            yield _SQLite(own)


class _PostgreSQL:
    def __init__(self, own: psycopg.Connection) -> None:
        self.own = own

    def append(self, table: str, columns: dict[str, Column]) -> None:
        """Rows of one width are laid out at once, as COPY in binary has them."""
        names = quoting.SQL(", ").join(map(quoting.Identifier, columns))
        statement = quoting.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(quoting.Identifier(table), names)
        with self.own.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(_HEADER + _copy_rows(list(columns.values())).tobytes() + _TRAILER)


def _copy_rows(columns: list[Column]) -> npt.NDArray[np.void]:
    shape: list[tuple[str, str]] = [("fields", ">i2")]
    for number, column in enumerate(columns):
        shape.append((f"length{number}", ">i4"))
        if _width(column):
            shape.append((f"value{number}", f"V{_width(column)}" if column.ndim > 1 else f">i{column.itemsize}"))
    rows = np.empty(len(columns[0]), np.dtype(shape))
    rows["fields"] = len(columns)
    for number, column in enumerate(columns):
        rows[f"length{number}"] = _width(column)
        if _width(column):
            rows[f"value{number}"] = _bytes(column) if column.ndim > 1 else column
    return rows


class _SQLite:
    def __init__(self, own: sqlite3.Connection) -> None:
        self.own = own

    def append(self, table: str, columns: dict[str, Column]) -> None:
        """One transaction a call, so that others who write wait for a moment only."""
        places = ", ".join("?" * len(columns))
        values = [
            column.tolist()
            if column.ndim == 1
            else (_bytes(column).tolist() if _width(column) else [b""] * len(column))
            for column in columns.values()
        ]
        self.own.execute("BEGIN IMMEDIATE")
        try:
            self.own.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", zip(*values, strict=True)
            )
        except BaseException:
            self.own.execute("ROLLBACK")
            raise
        self.own.execute("COMMIT")


def _width(column: Column) -> int:
    """Bytes of one row."""
    return column.itemsize * (column.shape[1] if column.ndim > 1 else 1)


def _bytes(column: Column) -> npt.NDArray[np.void]:
    return np.ascontiguousarray(column).view(f"V{_width(column)}").reshape(len(column))
