"""写入导入: a prepared import compared with the tables and, unless it is only a preview, written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import numpy as np
from django.db.models import F

from biye.machinery.exchange.bulk import in_chunks, insert_many, update_many
from biye.machinery.exchange.merging import Difference, Key, Values, compare, row_keys, write
from biye.machinery.exchange.models.batch import ImportBatch, ImportChange
from biye.records.actions.import_preparing import Prepared
from biye.records.actions.import_wiring import STUDENT_VALUES, WIRINGS, Row, result_rows, rows_of
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import FactChange
from biye.records.models.plan import Plan, PlanModule
from biye.records.models.student import Student
from biye.records.queries.followers import students_of_courses, students_of_plans

_CODE_LENGTH = 32


@dataclass(slots=True)
class Written:
    """写入结果: counts by table, and the students whose facts changed."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


class Writer:
    """写入者: table by table, each compared before it is written. Without a batch nothing is written.

    In a preview new rows get keys below zero, which no row of the database has.
    """

    def __init__(self, prepared: Prepared, batch: ImportBatch | None) -> None:
        self._prepared = prepared
        self._batch = batch
        self._invented = count(-1, -1)
        self._plan_ids: list[int] = []
        self._course_ids: list[int] = []
        self._student_ids: list[int] = []
        self.written = Written()

    def run(self, at: datetime) -> Written:
        """Everything, in the order in which one table needs another."""
        centres = self._centres()
        self._courses()
        self._plans()
        self._students(centres)
        self._facts()
        self._coverage()
        if self._batch and self.written.touched:
            insert_many(FactChange, ("student_id", "at"), ((key, at) for key in sorted(self.written.touched)))
        return self.written

    def _merge(self, table: str, rows: Iterable[Row], *, blank_keeps: bool = False) -> Difference:
        difference = compare(WIRINGS[table], rows, blank_keeps=blank_keeps)
        if difference.new or difference.changed or difference.unchanged:
            self.written.counts[table] = difference.counts
        if self._batch and (difference.new or difference.changed):
            write(difference, self._batch.pk)
            created = []
            if not difference.wiring.numbered:
                created = [list(row) for row in row_keys(difference.wiring, (key for key, _ in difference.new))]
            for chunk in in_chunks(difference.before) if difference.before else [()]:
                ImportChange.objects.create(batch=self._batch, table=table, created=created, before=list(chunk))
                created = []
        return difference

    def _ids(self, model: Any, name: str, wanted: Sequence[str]) -> list[int]:
        """Keys by natural key; invented ones where a preview would have made the row."""
        found: dict[str, int] = {}
        for chunk in in_chunks(wanted):
            found |= model.objects.filter(**{f"{name}__in": chunk}).values_list(name, "id")
        return [found.get(value) or next(self._invented) for value in wanted]

    def _centres(self) -> dict[str, int]:
        known = dict(self._prepared.keys.centre_id)
        names = {row["centre"] for row in self._prepared.student_rows if row["centre"] is not None}
        new = sorted(names - set(known))
        if new:
            self._merge(
                "centres", [((name,), (code,)) for name, code in zip(new, codes_for(new, set(known)), strict=True)]
            )
            known |= dict(zip(new, self._ids(Centre, "name", new), strict=True))
        return known

    def _courses(self) -> None:
        prepared = self._prepared
        old = set(prepared.keys.course_code)
        # A course that only a substitution names has no name of its own to bring along.
        rows: dict[str, str | None] = {
            code: None if name == code and code in old else name
            for code, name in zip(prepared.courses.code, prepared.courses.name, strict=True)
        }
        for code, name in zip(prepared.course_code, prepared.course_name, strict=True):
            if code not in old:
                rows.setdefault(code, name)
        merged = self._merge("courses", [((code,), (name,)) for code, name in rows.items()], blank_keeps=True)
        renamed = [key for change in merged.changed for key in change.row]
        self.written.touched |= students_of_courses(renamed)
        new = prepared.course_code[len(prepared.keys.course_id) :]
        self._course_ids = [*prepared.keys.course_id, *self._ids(Course, "code", new)]

    def _plans(self) -> None:
        prepared, plans = self._prepared, self._prepared.plans
        totals = [None if total < 0 else total for total in plans.total_credits.tolist()]
        changed = [
            self._merge("plans", _rows(zip(plans.code, strict=True), zip(totals, strict=True)), blank_keeps=True)
        ]
        new = prepared.plan_code[len(prepared.keys.plan_id) :]
        self._plan_ids = [*prepared.keys.plan_id, *self._ids(Plan, "code", new)]
        at = dict(zip(prepared.plan_code, self._plan_ids, strict=True))
        plan_ids = [at[code] for code in plans.code]
        course_at = dict(zip(prepared.course_code, self._course_ids, strict=True))
        course_ids = [course_at[code] for code in prepared.courses.code]
        module_plan = [plan_ids[position] for position in plans.module_plan.tolist()]
        module_keys = list(zip(module_plan, plans.module_code, strict=True))
        described = zip(plans.module_name, plans.module_credits.tolist(), strict=True)
        changed.append(self._merge("plan_modules", _rows(module_keys, described)))
        module_ids = self._module_ids(module_keys)
        overflow = [
            (key, (module_ids[target],))
            for key, target in zip(module_keys, plans.module_overflow.tolist(), strict=True)
            if target >= 0
        ]
        changed.append(self._merge("module_overflow", overflow))
        slots = zip(
            [module_ids[module] if module >= 0 else None for module in plans.slot_module.tolist()],
            plans.slot_credits.tolist(),
            plans.slot_kind.tolist(),
            plans.slot_assessment.tolist(),
            map(bool, plans.slot_core.tolist()),
            map(bool, plans.slot_degree.tolist()),
            strict=True,
        )
        slot_plan = [plan_ids[position] for position in plans.slot_plan.tolist()]
        slot_course = [course_ids[position] for position in plans.slot_course.tolist()]
        changed.append(self._merge("plan_courses", _rows(zip(slot_plan, slot_course, strict=True), slots)))
        exams = [
            (plan_ids[plan], subject)
            for plan, subject in zip(plans.exam_plan.tolist(), plans.exam_subject, strict=True)
        ]
        changed.append(self._merge("plan_exams", [(key, ()) for key in exams]))
        substitutions = zip(
            plans.substitution_plan.tolist(),
            plans.substitution_taken.tolist(),
            plans.substitution_counts_as.tolist(),
            strict=True,
        )
        keys = [
            (plan_ids[plan] if plan >= 0 else None, course_ids[taken], course_ids[counts_as])
            for plan, taken, counts_as in substitutions
        ]
        changed.append(self._merge("substitutions", [(key, ()) for key in keys]))
        self._touch_students_of_plans(changed)

    def _module_ids(self, keys: list[Key]) -> list[int]:
        found = PlanModule.objects.filter(plan_id__in={plan for plan, _ in keys}).values_list("plan_id", "code", "id")
        ids = {(plan, code): module for plan, code, module in found}
        return [ids.get(key) or next(self._invented) for key in keys]

    def _touch_students_of_plans(self, changed: list[Difference]) -> None:
        """Whoever follows a plan that changed is to be audited again."""
        plans: set[int | None] = set()
        for difference in changed:
            if difference.wiring.scope == "plan_id":
                plans.update(key[0] for key, _ in difference.new)
                plans.update(change.key[0] for change in difference.changed)
            else:
                plans.update(key for change in difference.changed for key in change.row)
        self.written.touched |= students_of_plans(plans)

    def _students(self, centres: dict[str, int]) -> None:
        prepared = self._prepared
        rows: list[Row] = []
        for row in prepared.student_rows:
            said = row | {
                "centre_id": centres[row["centre"]] if row["centre"] is not None else None,
                "plan_id": self._plan_ids[row["plan"]] if row["plan"] is not None else None,
            }
            rows.append(((row["student_no"],), tuple(said[name] for name in STUDENT_VALUES)))
        difference = self._merge("students", rows, blank_keeps=True)
        new = prepared.student_no[len(prepared.keys.student_id) :]
        self._student_ids = [*prepared.keys.student_id, *self._ids(Student, "student_no", new)]
        at = dict(zip(prepared.student_no, self._student_ids, strict=True))
        changed = [*(key for key, _ in difference.new), *(change.key for change in difference.changed)]
        self.written.touched.update(at[number] for (number,) in changed)

    def _facts(self) -> None:
        prepared = self._prepared
        grades = prepared.grades
        rows = result_rows(grades.results, grades.sequence.tolist(), self._student_ids, self._course_ids)
        self._merge_facts("results", rows, grades.asked.tolist())
        for kind, facts in prepared.facts.items():
            self._merge_facts(kind, rows_of(kind, facts.table, self._student_ids), facts.asked.tolist())

    def _merge_facts(self, table: str, rows: list[Row], asked: list[bool]) -> None:
        if self._prepared.hold_asked:
            rows = [row for row, is_asked in zip(rows, asked, strict=True) if not is_asked]
        difference = self._merge(table, rows)
        self.written.touched.update(key[0] for key, _ in difference.new)
        self.written.touched.update(change.key[0] for change in difference.changed)

    def _coverage(self) -> None:
        """What is known of whom. Those in the sheets one by one, all others by what holds for everyone."""
        prepared = self._prepared
        ids = self._student_ids
        old = dict(zip(prepared.keys.student_id, prepared.keys.covered, strict=True))
        before = np.array([old.get(key, 0) for key in ids], np.int32)
        after = prepared.coverage.result(before)
        moved = [
            (key, was, now) for key, was, now in zip(ids, before.tolist(), after.tolist(), strict=True) if was != now
        ]
        bits = prepared.coverage.everyone
        others = []
        if bits:
            short = Student.objects.annotate(known=F("covered").bitand(bits)).exclude(known=bits)
            named = set(ids)
            others = [(key, was) for key, was in short.values_list("id", "covered") if key not in named]
            moved += [(key, was, was | bits) for key, was in others]
        self.written.touched.update(key for key, _, _ in moved)
        if self._batch and moved:
            update_many(Student, ("id",), ("covered",), ((now, key) for key, _, now in moved))
            for chunk in in_chunks([[key, was] for key, was, _ in moved]):
                ImportChange.objects.create(batch=self._batch, table="covered", before=list(chunk))


def codes_for(names: list[str], taken: set[str]) -> list[str]:
    """A code for each name: its beginning, numbered where another has it."""
    codes: list[str] = []
    for name in names:
        numbered = (f"{name[: _CODE_LENGTH - 4]}{number or ''}" for number in count())
        codes.append(next(code for code in numbered if code not in taken))
        taken.add(codes[-1])
    return codes


def _rows(keys: Iterable[Key], values: Iterable[Values]) -> list[Row]:
    return list(zip(keys, values, strict=True))
