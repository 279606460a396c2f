"""已有数据的键: what an import finds in the database: courses, plans, centres, and the students it names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from biye.machinery.exchange.bulk import in_chunks
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.plan import Plan, PlanCourse
from biye.records.models.student import Student


@dataclass(slots=True)
class ImportKeys:
    """键: positions in these lists are what the checks speak of; ids stand beside them."""

    course_id: list[int] = field(default_factory=list)
    course_code: list[str] = field(default_factory=list)
    course_name: list[str] = field(default_factory=list)
    plan_id: list[int] = field(default_factory=list)
    plan_code: list[str] = field(default_factory=list)
    centre_id: dict[str, int] = field(default_factory=dict)  # by name and by code
    student_id: list[int] = field(default_factory=list)
    student_no: list[str] = field(default_factory=list)
    student_name: list[str] = field(default_factory=list)
    student_plan: list[int] = field(default_factory=list)  # position, -1 none
    covered: list[int] = field(default_factory=list)


def import_keys() -> ImportKeys:
    """Everything but the students. For the import itself, which sees the whole school; permission is asked at its door."""
    keys = ImportKeys()
    for course_id, code, name in Course.objects.order_by("code").values_list("id", "code", "name"):
        keys.course_id.append(course_id)
        keys.course_code.append(code)
        keys.course_name.append(name)
    for plan_id, code in Plan.objects.order_by("code").values_list("id", "code"):
        keys.plan_id.append(plan_id)
        keys.plan_code.append(code)
    for centre_id, code, name in Centre.objects.values_list("id", "code", "name"):
        keys.centre_id |= {code: centre_id, name: centre_id}
    return keys


def add_students(keys: ImportKeys, numbers: Iterable[str]) -> None:
    """The students with these 学号, in their order."""
    plan_at = {plan_id: position for position, plan_id in enumerate(keys.plan_id)}
    for chunk in in_chunks(sorted(set(numbers))):
        found = Student.objects.filter(student_no__in=chunk).order_by("student_no")
        for student_id, number, name, plan_id, covered in found.values_list(
            "id", "student_no", "name", "plan_id", "covered"
        ):
            keys.student_id.append(student_id)
            keys.student_no.append(number)
            keys.student_name.append(name)
            keys.student_plan.append(plan_at.get(plan_id, -1))
            keys.covered.append(covered)


def plan_slots(keys: ImportKeys) -> np.ndarray:
    """Every slot of every plan as columns: plan and course by position, credits, kind, assessment."""
    plan_at = {plan_id: position for position, plan_id in enumerate(keys.plan_id)}
    course_at = {course_id: position for position, course_id in enumerate(keys.course_id)}
    found = PlanCourse.objects.order_by().values_list("plan_id", "course_id", "credits", "kind", "assessment")
    rows = [(plan_at[plan], course_at[course], *rest) for plan, course, *rest in found]
    return np.array(rows, np.int32).reshape(-1, 5).T
