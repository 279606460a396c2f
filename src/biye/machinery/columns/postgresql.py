"""PostgreSQL 列读取: a table as a few large byte strings, put together by the server and cut up here by NumPy.

COPY and plain rows cost the server about a tenth of a microsecond for every value, and the client the same again. One
aggregate over packed words is one value for half a million rows. Ranges of pages are read by several connections that
share one snapshot.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
import psycopg
from django.db import connection as django_connection
from psycopg import sql as quoting
from psycopg.rows import tuple_row

from biye.machinery.columns.core.selecting import NONE, Columns, Dialect, Numbers, Select, Who, Words

READERS = 2
PAGES = 4096  # of 8 KiB a query
DIALECT = Dialect(
    day="({} - DATE '1970-01-01')",
    minute="floor(date_part('epoch', {}) / 60)::bigint",
    truth="({})::int",
    listed="{} = ANY(%({})s)",
    rows="(SELECT COALESCE(json_agg(json_build_array({}) ORDER BY id), '[]')::text FROM {})",
    fixed=r"substr(convert_to({0}, 'GB18030') || decode(repeat('00', {1}), 'hex'), 1, {1})",
)


class Reader:
    """读取者: one connection, in a transaction of its own or of its owner's."""

    dialect = DIALECT

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]:
        """Plain rows of something small."""
        return self._asked(sql, numbers).fetchall()

    def many(self, queries: list[str], numbers: Numbers) -> list[list[tuple[Any, ...]]]:
        """Rows of several queries, sent together."""
        with self.connection.pipeline():
            asked = [self._asked(sql, numbers) for sql in queries]
            return [cursor.fetchall() for cursor in asked]

    def _asked(self, sql: str, numbers: Numbers) -> psycopg.Cursor[tuple[Any, ...]]:
        """What comes with numbers is planned once and asked again with others."""
        cursor = psycopg.Cursor(self.connection, row_factory=tuple_row)
        if not numbers:
            return cursor.execute(sql, binary=True)
        lists = {name: list(listed) for name, listed in numbers.items()}
        return cursor.execute(sql, lists, prepare=True, binary=True)

    def query(self, select: Select, who: Who, extra: str = "") -> str:
        """What asks for these columns."""
        if who.among is not None and not extra:
            return select.once(DIALECT, lambda: self._written(select, who, extra))
        return self._written(select, who, extra)

    def _written(self, select: Select, who: Who, extra: str) -> str:
        words, fixed = list(select.words.values()), select.fixed
        packed = [f"string_agg(int8send({word}), '')" for word in select.packed(DIALECT)]
        packed += [f"string_agg({DIALECT.fixed.format(column, width)}, '')" for column, width in fixed.values()]
        group = f" GROUP BY {', '.join(words)} ORDER BY {', '.join(words)}" if words else ""
        condition = select.condition(who, DIALECT, extra)
        return f"SELECT {', '.join([*words, *packed])} FROM {select.table}{condition}{group}"

    def columns(self, select: Select, rows: list[tuple[Any, ...]]) -> Columns:
        """What `query` found. Without words to group by there is a row even where there is nothing."""
        return _columns(select, [row for row in rows if row[-1] is not None])

    def pieces(self, select: Select, who: Who, extra: str = "") -> Iterator[Columns]:
        """What the query finds, at once."""
        yield self.columns(select, self.rows(self.query(select, who, extra), who.numbers))

    def ranges(self, select: Select) -> list[str]:
        """Conditions that cut the table into ranges of pages; what is written after the snapshot began is not seen."""
        name = quoting.Literal(select.table).as_string()
        size = self.rows(f"SELECT pg_relation_size({name}) / current_setting('block_size')::int")[0][0]
        return [f"ctid >= '({at},0)' AND ctid < '({at + PAGES},0)'" for at in range(0, max(int(size), 1), PAGES)]


def _columns(select: Select, found: list[tuple[Any, ...]]) -> Columns:
    many, first_fixed = len(select.words), len(select.words) + len(select.layout)
    sizes = [len(row[many]) // 8 for row in found]
    packed = [
        np.frombuffer(b"".join(row[at] for row in found), ">i8").astype(np.int64) for at in range(many, first_fixed)
    ]
    columns = select.unpack(packed)
    for at, name in enumerate(select.words):
        listed = list(dict.fromkeys(row[at] for row in found))
        place = {word: number for number, word in enumerate(listed)}
        columns[name] = Words(np.repeat(np.array([place[row[at]] for row in found], np.int32), sizes), listed)
    for at, (name, (_, width)) in enumerate(select.fixed.items(), first_fixed):
        columns[name] = np.frombuffer(b"".join(row[at] for row in found), f"S{width}")
    return columns


@contextmanager
def readers() -> Iterator[list[Reader]]:
    """Connections of their own that see one and the same moment of the database."""
    with ExitStack() as open_:
        made: list[Reader] = []
        shared = ""
        for _ in range(READERS):
            one = open_.enter_context(connect())
            one.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if shared:
                one.execute(f"SET TRANSACTION SNAPSHOT '{shared}'")
            else:
                shared = one.execute("SELECT pg_export_snapshot()").fetchall()[0][0]
            # Compiling a query anew for every range takes longer than it saves.
            one.execute("SET LOCAL jit = off")
            made.append(Reader(one))
        yield made


def connect() -> psycopg.Connection:
    """Another connection to Django's database, without its wrappers."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    told = {name: value for name, value in django_connection.get_connection_params().items() if name in known}
    return psycopg.connect(psycopg.conninfo.make_conninfo(**told), autocommit=True)


def here() -> Reader:
    """Django's own connection, with whatever its transaction has not committed yet."""
    django_connection.ensure_connection()
    return Reader(django_connection.connection)
