"""审查结果入库: a thread that counts, marks and stores what is judged, while the next students are judged."""

import threading
from dataclasses import fields
from queue import Queue
from types import TracebackType
from typing import Any, Self

import numpy as np

from biye.audit.core.batch import Batch
from biye.audit.core.engine import Judged, Override, Programme
from biye.audit.core.pipeline import within
from biye.audit.core.storing import NOTHING, Stored, plus, stored
from biye.audit.core.tally import Group, Tally
from biye.audit.models.run import Outcome
from biye.foundation.verdicts import Truth
from biye.machinery.columns.writing import Writer, writer
from biye.records.core.tables import Coded

AHEAD = 3  # chunks that may wait to be stored


class Storage:
    """入库 of one run's outcomes. Leaving the block waits until everything is stored, and raises what went wrong."""

    def __init__(self, run_id: int, programme: Programme) -> None:
        self.run_id, self.programme = run_id, programme
        self.tally, self.digest, self.students = Tally(programme), NOTHING, 0
        self._waiting: Queue[tuple[Stored, Group] | None] = Queue(AHEAD)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._store, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.put(None)
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def keep(self, batch: Batch, judged: Judged, overrides: tuple[Override, ...]) -> None:
        """Hand over what was found about one batch."""
        if self._error is not None:
            raise self._error
        overridden = np.zeros(batch.n, np.int64)
        for override in within(overrides, batch):
            overridden[override.rows] |= np.int64(1) << override.rule
        scope = self.programme.scope
        inside = np.full(batch.n, Truth.TRUE, np.uint8) if scope is None else batch.belongs(scope)
        rows = stored(self.programme, judged, batch.students.key, inside, overridden)
        self._waiting.put((rows, group_of(rows, batch.students.centre)))

    def _store(self) -> None:
        try:
            with writer() as target:
                while (piece := self._waiting.get()) is not None:
                    self._write(target, *piece)
        except BaseException as error:  # noqa: BLE001  # raised again by whoever hands over
            self._error = error
            while self._waiting.get() is not None:
                pass

    def _write(self, target: Writer, rows: Stored, group: Group) -> None:
        self.digest = plus(self.digest, rows)
        self.students += len(rows)
        self.tally.add(group)
        columns: dict[str, Any] = {"run_id": np.full(len(rows), self.run_id, np.int64)}
        for column in fields(rows):
            values = getattr(rows, column.name)
            columns[column.name] = values.astype(np.int16) if values.dtype == np.uint8 else values
        target.append(Outcome._meta.db_table, columns)


def group_of(rows: Stored, centre: Coded) -> Group:
    """Students one by one, as the tally counts groups of them."""
    long = np.int64
    return Group(
        centre=centre,
        candidate=rows.candidate.astype(long),
        inside=rows.inside.astype(long),
        conclusion=rows.conclusion.astype(long),
        not_met=rows.not_met,
        unknown=rows.unknown,
        not_required=rows.not_required,
        count=np.ones(len(rows), long),
    )
