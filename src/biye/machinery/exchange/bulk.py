"""成批写入: many rows in one statement, inside Django's own transaction, on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import connection, models
from django.db.models.fields import Field

Row = Sequence[Any]
_CHUNK = 5_000


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of these columns; other columns get the model's default. PostgreSQL's COPY, SQLite's executemany."""
    given = [_field(model, name) for name in names]
    rest = [field for field in model._meta.local_concrete_fields if field not in given and not _is_automatic(field)]
    tail = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in (*given, *rest))
    table = quote(model._meta.db_table)
    prepared = ((*row, *tail) for row in _prepared(given, rows))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * (len(given) + len(rest)))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(prepared))  # noqa: S608 names are ours


def update_many(model: type[models.Model], key: Sequence[str], values: Sequence[str], rows: Iterable[Row]) -> None:
    """Update rows found by their key; each row holds the values first and the key after them."""
    listed = list(rows)
    if not listed:
        return
    quote = connection.ops.quote_name
    fields = [_field(model, name) for name in (*values, *key)]
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields[: len(values)])
    where = " AND ".join(f"{quote(str(field.column))} = %s" for field in fields[len(values) :])
    with connection.cursor() as cursor:
        statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {where}"  # noqa: S608 names are ours
        cursor.executemany(statement, list(_prepared(fields, listed)))


def in_chunks(ids: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Keys in pieces that one statement can name."""
    return batched(ids, _CHUNK)


def lock(model: type[models.Model]) -> None:
    """One writer at a time, until the transaction ends; SQLite has only one anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def _field(model: type[models.Model], name: str) -> Field[Any, Any]:
    return next(field for field in model._meta.local_concrete_fields if name in (field.name, field.attname))


def _is_automatic(field: Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField | models.CompositePrimaryKey) or field.column is None


def _prepared(fields: Sequence[Field[Any, Any]], rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """Rows as the database driver takes them; only moments and dates need a word with Django."""
    changes: list[Callable[[Any], Any] | None] = [
        _remembering(field) if isinstance(field, models.DateField) else None for field in fields
    ]
    if not any(changes):
        yield from map(tuple, rows)
        return
    for row in rows:
        yield tuple(value if change is None else change(value) for value, change in zip(row, changes, strict=True))


def _remembering(field: Field[Any, Any]) -> Callable[[Any], Any]:
    known: dict[Any, Any] = {}

    def change(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return change
