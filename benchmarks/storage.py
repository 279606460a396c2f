"""基准数据库: the real schema by Django's migrations, filled with invented records by bulk writes."""

from collections.abc import Iterable

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import pyarrow as pa
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks import population
from benchmarks.population import Shape

SLOW_TO_KEEP = "records_result"


def make(shape: Shape) -> None:
    """Migrate an empty database and fill it."""
    call_command("migrate", verbosity=0)
    tables: dict[str, Iterable[pa.Table]] = {name: [table] for name, table in population.small_tables(shape).items()}
    tables |= {name: rows(shape) for name, rows in population.BIG_TABLES.items()}
    fill = _fill_postgresql if connection.vendor == "postgresql" else _fill_sqlite
    fill(tables)


def _fill_postgresql(tables: dict[str, Iterable[pa.Table]]) -> None:
    """Constraints of the big table are put back after its rows, as one would restore a copy."""
    dropped = _drop_constraints(SLOW_TO_KEEP)
    with adbc_driver_postgresql.dbapi.connect(settings.INSTALLATION.database_url.get_secret_value()) as target:
        for name, pieces in tables.items():
            for piece in pieces:
                with target.cursor() as cursor:
                    cursor.adbc_ingest(name, piece, mode="append")
            target.commit()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, definition in dropped:
            cursor.execute(f"ALTER TABLE {SLOW_TO_KEEP} ADD CONSTRAINT {name} {definition}")
        cursor.execute("VACUUM ANALYZE")


def hand_over(query: str) -> None:
    """Have the database produce every value of a query, and keep none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"COPY ({query}) TO '/dev/null' (FORMAT binary)")
        return
    path = str(settings.DATABASES["default"]["NAME"])
    rows = {"adbc.sqlite.query.batch_rows": 65_536}
    with adbc_driver_sqlite.dbapi.connect(path) as source, source.cursor(adbc_stmt_kwargs=rows) as cursor:
        cursor.execute(query)
        for _ in cursor.fetch_record_batch():
            pass


def _drop_constraints(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('p', 'f')",
            [table],
        )
        dropped = cursor.fetchall()
        for name, _ in dropped:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return dropped


def _fill_sqlite(tables: dict[str, Iterable[pa.Table]]) -> None:
    """SQLite keeps dates and moments as text, as Django writes them."""
    connection.close()
    with adbc_driver_sqlite.dbapi.connect(str(settings.DATABASES["default"]["NAME"])) as target:
        with target.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -2000000")
        for name, pieces in tables.items():
            for piece in pieces:
                with target.cursor() as cursor:
                    cursor.adbc_ingest(name, _as_text(piece), mode="append")
            target.commit()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _as_text(table: pa.Table) -> pa.Table:
    for number, column in enumerate(table.schema):
        if pa.types.is_date(column.type):
            table = table.set_column(number, column.name, table[column.name].cast(pa.string()))
        elif pa.types.is_timestamp(column.type):
            moments = table[column.name].cast(pa.timestamp("s")).cast(pa.string())
            table = table.set_column(number, column.name, moments)
    return table
