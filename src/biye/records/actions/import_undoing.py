"""撤销导入: take back what one batch wrote, while nothing stands on it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.bulk import in_chunks, insert_many, lock, update_many
from biye.machinery.exchange.merging import Wiring, restore
from biye.machinery.exchange.models.batch import ImportBatch
from biye.machinery.ledger.chain import record
from biye.records.actions.import_wiring import WIRINGS
from biye.records.actions.shown_changes import students_changed
from biye.records.actions.undo_guards import follow, reasons_against
from biye.records.models.course import Course
from biye.records.models.facts import FactChange
from biye.records.models.plan import Plan
from biye.records.models.student import Student
from biye.records.queries.followers import students_of_courses, students_of_plans

State = ImportBatch.State


def undo_import(batch_id: int, *, reason: str, by: Actor, at: datetime) -> ImportBatch:
    """撤销: rows it made go, rows it changed are as they were. Refused, with every reason, once anything stands on it."""
    with transaction.atomic():
        lock(ImportBatch)
        batch = ImportBatch.objects.get(pk=batch_id)
        if batch.state != State.ACCEPTED:
            raise Refused(Reason("import_not_accepted", {"state": batch.get_state_display()}))
        undoing = _Undoing(batch)
        if against := undoing.reasons():
            raise Refused(*against)
        touched = undoing.run()
        follow(touched, at)
        insert_many(FactChange, ("student_id", "at"), ((key, at) for key in sorted(touched)))
        students_changed(touched, at=at, by=by)
        batch.state, batch.undone_at = State.UNDONE, at
        batch.save()
        record(by=by, at=at, action="undo_import", subject=f"import:{batch.pk}", before=batch.counts, reason=reason)
    return batch


class _Undoing:
    """One batch's rows: made by it, and changed by it."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._before: dict[str, list[list[Any]]] = {}
        self._created: dict[str, list[int]] = {}
        for change in batch.changes.all():
            self._before.setdefault(change.table, []).extend(change.before)
            self._created.setdefault(change.table, []).extend(key for (key,) in change.created)

    def reasons(self) -> list[Reason]:
        """Why it cannot be taken back: a later import of the same kind, a later change, anything that points to its rows."""
        batch = self._batch
        later = ImportBatch.objects.filter(state=State.ACCEPTED, pk__gt=batch.pk).order_by("pk")
        mine = set(batch.counts["tables"])
        found = [Reason("import_followed", {"batch": one.pk}) for one in later if mine & set(one.counts["tables"])]
        for table in sorted(mine):
            wiring = WIRINGS[table]
            counts = batch.counts["tables"][table]
            if wiring.numbered and self._rows(wiring).count() != counts["new"] + counts["changed"]:
                found.append(Reason("import_changed_since", {"table": wiring.label}))
        names = sorted({name for table in WIRINGS for name in self._pointing_at(table)})
        found += [Reason("import_built_upon", {"by": name}) for name in names]
        return [*found, *reasons_against(batch)]

    def run(self) -> set[int]:
        """Changed rows first, then what was made; gives the students whose facts are as before."""
        touched = {key for key, _ in self._before.get("covered", ())}
        update_many(Student, ("id",), ("covered",), ((was, key) for key, was in self._before.get("covered", ())))
        for table, wiring in reversed(WIRINGS.items()):
            if wiring.numbered:
                name = "id" if wiring.model is Student else "student_id"
                touched.update(self._rows(wiring).values_list(name, flat=True).distinct())
            else:
                touched.update(self._followers(table))
            restore(wiring, self._before.get(table, ()))
        for table, wiring in reversed(WIRINGS.items()):
            if wiring.numbered:
                self._rows(wiring).delete()
            for chunk in in_chunks(self._created.get(table, ())):
                wiring.model._default_manager.filter(pk__in=chunk).delete()
        return set(Student.objects.filter(pk__in=touched).values_list("id", flat=True)) if touched else set()

    def _rows(self, wiring: Wiring) -> models.QuerySet[models.Model]:
        return wiring.model._default_manager.filter(batch_id=self._batch.pk)

    def _followers(self, table: str) -> set[int]:
        """Students of plans and courses that the batch made or changed."""
        wiring = WIRINGS[table]
        keys = [*self._created.get(table, ()), *(row[0] for row, _, _ in self._before.get(table, ()))]
        if wiring.model is Plan:
            return students_of_plans(keys)
        if wiring.model is Course:
            return students_of_courses(keys)
        if wiring.scope != "plan_id":
            return set()
        plans: set[int | None] = set()
        for chunk in in_chunks(keys):
            plans.update(wiring.model._default_manager.filter(pk__in=chunk).values_list("plan_id", flat=True))
        return students_of_plans(plans)

    def _pointing_at(self, table: str) -> Iterator[str]:
        """What stands on rows the batch made, other than its own."""
        wiring = WIRINGS[table]
        made = self._made(wiring)
        labels = {wired.model: wired.label for wired in WIRINGS.values()}
        for relation in wiring.model._meta.related_objects if made else ():
            pointing = relation.related_model
            if not getattr(relation.field, "db_constraint", True):
                continue
            for chunk in in_chunks(made):
                rows = pointing._default_manager.filter(**{f"{relation.field.name}__in": chunk})
                if self._others(rows).exists():
                    yield labels.get(pointing, str(pointing._meta.verbose_name))
                    break

    def _others(self, rows: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
        """Rows without those of this batch."""
        wirings = [(name, wiring) for name, wiring in WIRINGS.items() if wiring.model is rows.model]
        if any(wiring.numbered for _, wiring in wirings):
            return rows.exclude(batch_id=self._batch.pk)
        made = {key for name, _ in wirings for key in self._made_in(name)}
        if not made:
            return rows
        return rows.filter(pk__in=set(rows.values_list("pk", flat=True)) - made)

    def _made_in(self, table: str) -> list[int]:
        return self._created.get(table, [])

    def _made(self, wiring: Wiring) -> list[int]:
        if wiring.model is not Student:
            return self._made_in(wiring.table)
        changed = {row[0] for row, _, _ in self._before.get(wiring.table, ())}
        return [key for key in self._rows(wiring).values_list("id", flat=True) if key not in changed]
