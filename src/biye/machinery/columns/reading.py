"""列读取: tables as columns, all of them at one moment, by as many readers as the database has to give."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Queue
from typing import Any, Protocol

from django.db import connection

from biye.machinery.columns import postgresql, sqlite
from biye.machinery.columns.core.selecting import EVERYBODY, NONE, Columns, Dialect, Numbers, Select, Who, joined

AHEAD = 4  # pieces that may wait to be looked at
FEW = 20_000  # students whose rows are quicker read than a child is started


class Reader(Protocol):
    """读取者: what reads one table, or a range of it."""

    dialect: Dialect

    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]: ...

    def many(self, queries: list[str], numbers: Numbers) -> list[list[tuple[Any, ...]]]: ...

    def query(self, select: Select, who: Who, extra: str = "") -> str: ...

    def columns(self, select: Select, rows: list[tuple[Any, ...]]) -> Columns: ...

    def pieces(self, select: Select, who: Who, extra: str = "") -> Iterator[Columns]: ...

    def ranges(self, select: Select) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """快照: the database as it was at one moment."""

    readers: list[Reader]

    def rows(self, sql: str, numbers: Numbers = NONE) -> list[tuple[Any, ...]]:
        """Plain rows of something small."""
        return self.readers[0].rows(sql, numbers)

    def columns(self, select: Select, who: Who = EVERYBODY) -> Columns:
        """One table, or what of it concerns some students."""
        return self.all_of({select.table: select}, who)[select.table]

    def all_of(self, selects: dict[str, Select], who: Who = EVERYBODY) -> dict[str, Columns]:
        """Several tables by name."""
        found: dict[str, list[Columns]] = {name: [] for name in selects}
        self.each(selects, who, lambda name, piece: found[name].append(piece))
        return {name: joined(select, found[name]) for name, select in selects.items()}

    @property
    def dialect(self) -> Dialect:
        """How the database says what the other says differently."""
        return self.readers[0].dialect

    def at_once(self, selects: dict[str, Select], who: Who) -> dict[str, Columns]:
        """What of some tables concerns a few students, asked for together."""
        reader = self.readers[0]
        found = reader.many([reader.query(select, who) for select in selects.values()], who.numbers)
        tables = zip(selects.items(), found, strict=True)
        return {name: reader.columns(select, rows) for (name, select), rows in tables}

    def each(self, selects: dict[str, Select], who: Who, look: Callable[[str, Columns], None]) -> None:
        """Hand every piece of these tables to `look`, in whatever order they arrive, while the next ones are read."""
        if len(self.readers) == 1 or who.among is not None:
            for name, select in selects.items():
                for piece in self.readers[0].pieces(select, who):
                    look(name, piece)
            return
        wanted = iter([(name, extra) for name, select in selects.items() for extra in self.readers[0].ranges(select)])
        arrived: Queue[Any] = Queue(AHEAD)
        stop, turn = threading.Event(), threading.Lock()

        def read(reader: Reader) -> None:
            try:
                while not stop.is_set():
                    with turn:
                        task = next(wanted, None)
                    if task is None:
                        break
                    name, extra = task
                    for piece in reader.pieces(selects[name], who, extra):
                        arrived.put((name, piece))
            except BaseException as error:  # noqa: BLE001  # raised again where somebody waits for it
                arrived.put(error)
            finally:
                arrived.put(None)

        threads = [threading.Thread(target=read, args=(reader,), daemon=True) for reader in self.readers]
        for thread in threads:
            thread.start()
        try:
            _look_until_over(arrived, len(threads), look)
        finally:
            stop.set()
            _drain(arrived, threads)


def _look_until_over(arrived: "Queue[Any]", reading: int, look: Callable[[str, Columns], None]) -> None:
    while reading:
        piece = arrived.get()
        if piece is None:
            reading -= 1
        elif isinstance(piece, BaseException):
            raise piece
        else:
            look(*piece)


def _drain(arrived: "Queue[Any]", threads: list[threading.Thread]) -> None:
    """Let readers that wait for room see that they are to stop."""
    while any(thread.is_alive() for thread in threads):
        while not arrived.empty():
            arrived.get_nowait()
        for thread in threads:
            thread.join(0.01)


@contextmanager
def snapshot(*, students: int) -> Iterator[Snapshot]:
    """快照 by connections of its own. Must not be opened inside a transaction that it should see."""
    if connection.vendor == "postgresql":
        with postgresql.readers() as readers:
            yield Snapshot(list(readers))
    elif students > FEW:
        with sqlite.readers() as children:
            yield Snapshot(list(children))
    else:
        with sqlite.few_readers() as few:
            yield Snapshot(list(few))


def here() -> Snapshot:
    """The database as Django's own connection sees it now; for pages, and for one student or a few."""
    return Snapshot([postgresql.here() if connection.vendor == "postgresql" else sqlite.here()])
