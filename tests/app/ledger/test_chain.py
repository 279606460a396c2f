"""操作留痕: written with the change or not at all, append-only, and every tampering shows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from biye.foundation.actor import SYSTEM, Actor
from biye.machinery.ledger.chain import breaks, record
from biye.machinery.ledger.models.entry import ChainEnd, Entry

triggers = import_module("biye.machinery.ledger.migrations.0002_append_only")

NOW = datetime(2022, 6, 1, 8, 30, tzinfo=UTC)
CLERK = Actor(7, "王老师", "college")


def write(number: int) -> Entry:
    with transaction.atomic():
        return record(
            by=CLERK,
            at=NOW,
            action="student.corrected",
            subject=f"student:{number}",
            before={"name": "李雪"},
            after={"name": "李雯", "on": NOW},
            reason="身份证更正",
        )


def without_triggers(change: Callable[[], object]) -> None:
    """What somebody with the database in hand would do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS ledger_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only")
    change()


@pytest.mark.django_db
def test_an_untouched_chain_has_no_breaks() -> None:
    assert list(breaks()) == []
    first, second = write(1), write(2)
    assert (first.previous, second.previous) == ("", first.digest)
    assert second.after == {"name": "李雯", "on": "2022-06-01 08:30:00+00:00"}
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_belongs_inside_the_transaction_of_its_change() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(by=SYSTEM, at=NOW, action="a", subject="b")
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_entry() -> None:
    def change() -> None:
        with transaction.atomic():
            write(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert (Entry.objects.count(), list(breaks())) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_alter_an_entry(change: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # the suite's set-up takes it away, see tests/conftest.py
            cursor.execute(triggers.SQLITE[1])
    write(1)
    rows = Entry.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="") if change == "update" else rows._raw_delete(rows.db)
    assert list(breaks()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "entries"),
    [
        (lambda ids: Entry.objects.filter(pk=ids[1]).update(reason="改"), [1]),
        (lambda ids: Entry.objects.filter(pk=ids[1]).update(at=datetime(2022, 6, 2, tzinfo=UTC)), [1]),
        (lambda ids: Entry.objects.filter(pk=ids[1]).delete(), [2, None]),
        (lambda ids: Entry.objects.filter(pk=ids[2]).delete(), [None]),
        (lambda ids: Entry.objects.all().delete(), [None]),
        (lambda ids: ChainEnd.objects.update(count=7), [None]),
    ],
    ids=["edited", "redated", "one gone", "last gone", "all gone", "end changed"],
)
def test_tampering_shows_where(tamper: Callable[[list[int]], object], entries: list[int | None]) -> None:
    ids = [write(number).pk for number in range(3)]
    without_triggers(lambda: tamper(ids))
    expected = [0 if place is None else ids[place] for place in entries]
    assert [found.entry for found in breaks()] == expected


@pytest.mark.django_db
def test_an_inserted_entry_shows() -> None:
    first = write(1)
    forged = Entry.objects.get(pk=first.pk)
    forged.pk, forged.digest = None, "f" * 64
    forged.save(force_insert=True)
    assert [found.entry for found in breaks()] == [forged.pk, forged.pk, 0]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_stand_in_line() -> None:
    def work(number: int) -> None:
        for place in range(5):
            write(number * 10 + place)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert (Entry.objects.count(), list(breaks())) == (20, [])
