"""SQLite 列读取: a few students by Python's own SQLite, everybody by ADBC in processes of their own.

The ADBC driver carries a second copy of SQLite. Two copies in one process undo each other's file locks (closing a file
drops every lock the process holds on it), so the second one never shares a process with the first: it runs in a child
and sends Arrow through a pipe. That the children see one moment of the database is seen to by holding the write lock
while they begin.
"""

import json
import sqlite3
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection as django_connection
from django.db import transaction

from biye.machinery.columns.core.selecting import NONE, Columns, Dialect, Numbers, Select, Who, Words

READERS = 2
ROWS = 1_000_000  # a query
DIALECT = Dialect(
    day="CAST(julianday({}) - 2440587.5 AS INTEGER)",
    minute="CAST(strftime('%s', {}) AS INTEGER) / 60",
    truth="{}",
    fixed="{0}",
    listed="{} IN (SELECT value FROM json_each(:{}))",
    rows="(SELECT json_group_array(json_array({})) FROM (SELECT * FROM {} ORDER BY id))",
)


class _Plain(ABC):
    """What both readers do with plain rows."""

    dialect = DIALECT

    @abstractmethod
    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]:
        """Plain rows of something small."""

    def many(self, queries: list[str], numbers: Numbers) -> list[list[tuple[Any, ...]]]:
        """Rows of several queries."""
        return [self.rows(sql, numbers) for sql in queries]

    def query(self, select: Select, who: Who, extra: str = "") -> str:
        """What asks for these columns."""
        if who.among is not None and not extra:
            return select.once(DIALECT, lambda: self._written(select, who, extra))
        return self._written(select, who, extra)

    def _written(self, select: Select, who: Who, extra: str) -> str:
        asked = [*select.packed(DIALECT), *(column for column, _ in select.fixed.values()), *select.words.values()]
        names = ", ".join(f"{sql} AS c{at}" for at, sql in enumerate(asked))
        return f"SELECT {names} FROM {select.table}{select.condition(who, DIALECT, extra)}"

    def columns(self, select: Select, rows: list[tuple[Any, ...]]) -> Columns:
        """What `query` found."""
        first_fixed, first_word = len(select.layout), len(select.layout) + len(select.fixed)
        by_column = list(zip(*rows, strict=True)) or [()] * (first_word + len(select.words))
        columns = select.unpack([np.array(by_column[at], np.int64) for at in range(first_fixed)])
        for at, (name, (_, width)) in enumerate(select.fixed.items(), first_fixed):
            columns[name] = np.array([text.encode("gb18030") for text in by_column[at]], f"S{width}")
        for at, name in enumerate(select.words, first_word):
            place: dict[str, int] = {}
            codes = [place.setdefault(word, len(place)) for word in by_column[at]]
            columns[name] = Words(np.array(codes, np.int32), list(place))
        return columns

    def pieces(self, select: Select, who: Who, extra: str = "") -> Iterator[Columns]:
        """What the query finds, at once."""
        yield self.columns(select, self.rows(self.query(select, who, extra), who.numbers))


class Reader(_Plain):
    """读取者: plain rows by Python's own SQLite; right for some thousand students."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]:
        """Plain rows of something small."""
        lists = {name: json.dumps(list(listed)) for name, listed in numbers.items()}
        return self.connection.execute(sql, lists).fetchall()

    def ranges(self, select: Select) -> list[str]:
        """The table is read in one go."""
        return [""]


class Child(_Plain):
    """子进程: an ADBC connection in a process of its own, told queries by a line each, answering in Arrow streams."""

    def __init__(self, path: str) -> None:
        command = [sys.executable, "-m", "biye.machinery.columns.sqlite_child", path]
        self.complaints = TemporaryFile()  # noqa: SIM115  # closed with the child
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints)

    def begin(self) -> None:
        """Wait until its read transaction stands."""
        self._stream("BEGIN").read_all()

    def _stream(self, sql: str) -> pa.ipc.RecordBatchStreamReader:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("a child has pipes")
        self.process.stdin.write(sql.encode() + b"\n")
        self.process.stdin.flush()
        try:
            return pa.ipc.open_stream(self.process.stdout)
        except pa.ArrowInvalid:
            self.complaints.seek(0)
            raise RuntimeError(f"the reader of {sql!r} ended:\n{self.complaints.read().decode()}") from None

    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]:
        """Plain rows of something small."""
        return [tuple(row.values()) for row in self._stream(_written_out(sql, numbers)).read_all().to_pylist()]

    def pieces(self, select: Select, who: Who, extra: str = "") -> Iterator[Columns]:
        """What the query finds, a batch at a time."""
        for batch in self._stream(_written_out(self.query(select, who, extra), who.numbers)):
            first_fixed, first_word = len(select.layout), len(select.layout) + len(select.fixed)
            columns = select.unpack([batch.column(at).to_numpy() for at in range(first_fixed)])
            for at, (name, (_, width)) in enumerate(select.fixed.items(), first_fixed):
                columns[name] = np.array([text.encode("gb18030") for text in batch.column(at).to_pylist()], f"S{width}")
            for at, name in enumerate(select.words, first_word):
                coded = batch.column(at).dictionary_encode()
                columns[name] = Words(coded.indices.to_numpy(), coded.dictionary.to_pylist())
            yield columns

    def ranges(self, select: Select) -> list[str]:
        """Conditions that cut the table into ranges of row numbers."""
        last = self.rows(f"SELECT COALESCE(max(rowid), 0) AS last FROM {select.table}")[0][0]
        return [f"rowid > {at} AND rowid <= {at + ROWS}" for at in range(0, max(int(last), 1), ROWS)]

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()
        self.complaints.close()


def _written_out(sql: str, numbers: Numbers) -> str:
    """The numbers in their places: a child is told one line of SQL and nothing beside it."""
    for name, listed in numbers.items():
        sql = sql.replace(f":{name}", f"'{json.dumps(list(listed))}'")
    return sql


@contextmanager
def few_readers() -> Iterator[list[Reader]]:
    """One connection of its own, in a read transaction."""
    with closing(sqlite3.connect(path(), isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master")
        yield [Reader(connection)]


@contextmanager
def readers() -> Iterator[list[Child]]:
    """Children that see one and the same moment of the database."""
    with ExitStack() as open_:
        made = [open_.enter_context(closing(Child(path()))) for _ in range(READERS)]
        # Their start takes longer than the begin: wait for it before the lock is taken.
        for child in made:
            child.rows("SELECT 1 AS one")
        with transaction.atomic(durable=True):
            for child in made:
                child.begin()
        yield made


def path() -> str:
    """The database's file."""
    return str(django_connection.settings_dict["NAME"])


def here() -> Reader:
    """Django's own connection, with whatever its transaction has not committed yet."""
    django_connection.ensure_connection()
    return Reader(django_connection.connection)
