"""合并: rows that should be in a table compared with those that are: new, changed, unchanged; and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.fields import Field

from biye.machinery.exchange.bulk import in_chunks, insert_many, update_many

Key = tuple[Any, ...]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wiring:
    """接线: the table of one kind, the columns that tell its rows apart, and those that may change.

    scope: the key column by which the rows that can matter are found. numbered: do rows carry the batch's number?
    kept: values that others write too, which a sheet's None leaves as they are.
    """

    table: str
    label: str
    model: type[models.Model]
    key: tuple[str, ...]
    values: tuple[str, ...]
    scope: str
    numbered: bool = True
    kept: tuple[str, ...] = ()

    @property
    def row_key(self) -> tuple[str, ...]:
        """The columns by which one row is updated: its own key, or the natural one where that is the table's key."""
        own = self.model._meta.pk
        return self.key if isinstance(own, models.CompositePrimaryKey) else (own.attname,)

    def column(self, name: str) -> Field[Any, Any]:
        """A column by the name under which it is wired."""
        return next(field for field in self.model._meta.local_concrete_fields if name in (field.name, field.attname))


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is there and says something else: where it is, what it said, from which batch, and what it should say."""

    key: Key
    row: Key
    old: Values
    batch: int | None
    values: Values


@dataclass(slots=True)
class Difference:
    """差异: what writing would do."""

    wiring: Wiring
    new: list[tuple[Key, Values]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """New, changed and unchanged rows."""
        return {"new": len(self.new), "changed": len(self.changed), "unchanged": self.unchanged}

    @property
    def before(self) -> list[list[Any]]:
        """The changed rows as they were: key, values, batch."""
        return [[list(change.row), list(change.old), change.batch] for change in self.changed]


def compare(wiring: Wiring, wanted: Iterable[tuple[Key, Values]], *, blank_keeps: bool = False) -> Difference:
    """Compare with the table. With `blank_keeps`, and for `kept` values always, None leaves what is there; a new row
    gets the default."""
    listed = list(wanted)
    defaults = [None if column.null else column.get_default() for column in map(wiring.column, wiring.values)]
    place = wiring.key.index(wiring.scope)
    present = _present(wiring, {key[place] for key, _ in listed})
    difference = Difference(wiring)
    keeps = [blank_keeps or name in wiring.kept for name in wiring.values]
    for key, values in listed:
        found = present.get(key)
        if found is None:
            difference.new.append((key, _filled(values, defaults, keeps)))
            continue
        said = _filled(values, found.values, keeps)
        if said == found.values:
            difference.unchanged += 1
        else:
            difference.changed.append(Change(key, found.row, found.values, found.batch, said))
    return difference


def _filled(values: Values, otherwise: Sequence[Any], keeps: Sequence[bool]) -> Values:
    if not any(keeps):
        return values
    return tuple(
        other if value is None and keep else value for value, other, keep in zip(values, otherwise, keeps, strict=True)
    )


def write(difference: Difference, batch_id: int) -> None:
    """Insert and update."""
    wiring = difference.wiring
    mark, number = (("batch_id",), (batch_id,)) if wiring.numbered else ((), ())
    if difference.new:
        rows = ((*key, *values, *number) for key, values in difference.new)
        insert_many(wiring.model, (*wiring.key, *wiring.values, *mark), rows)
    if difference.changed:
        rows = ((*change.values, *number, *change.row) for change in difference.changed)
        update_many(wiring.model, wiring.row_key, (*wiring.values, *mark), rows)


def row_keys(wiring: Wiring, keys: Iterable[Key]) -> list[Any]:
    """The database keys of rows that are there."""
    listed = list(keys)
    present = _present(wiring, {key[wiring.key.index(wiring.scope)] for key in listed})
    return [present[key].row for key in listed if key in present]


def restore(wiring: Wiring, before: Iterable[Sequence[Any]]) -> None:
    """Put changed rows back: each is the row's key, the values it had, and the batch it had them from."""
    listed = list(before)
    if not listed:
        return
    mark = ("batch_id",) if wiring.numbered else ()
    columns = [wiring.column(name) for name in wiring.values]
    rows = (
        (
            *(column.to_python(value) for column, value in zip(columns, old, strict=True)),
            *([batch] if mark else ()),
            *row,
        )
        for row, old, batch in listed
    )
    update_many(wiring.model, wiring.row_key, (*wiring.values, *mark), rows)


def _present(wiring: Wiring, scopes: set[Any]) -> dict[Key, "_Present"]:
    present: dict[Key, _Present] = {}
    width, values = len(wiring.key), len(wiring.values)
    names = [*wiring.key, *wiring.values]
    names += ["batch_id"] if wiring.numbered else []
    names += [] if wiring.row_key == wiring.key else ["pk"]
    manager = wiring.model._default_manager
    querysets = [manager.filter(**{f"{wiring.scope}__in": chunk}) for chunk in in_chunks(scopes - {None})]
    if None in scopes:
        querysets.append(manager.filter(**{f"{wiring.scope}__isnull": True}))
    for queryset in querysets:
        for row in queryset.order_by().values_list(*names).iterator(chunk_size=5_000):
            key = row[:width]
            batch = row[width + values] if wiring.numbered else None
            own = key if wiring.row_key == wiring.key else (row[-1],)
            present[key] = _Present(own, row[width : width + values], batch)
    return present


@dataclass(frozen=True, slots=True)
class _Present:
    row: Key
    values: Values
    batch: int | None
