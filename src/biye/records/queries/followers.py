"""随计划而动的学生: whose audit looks at a plan or a course, so that whoever changes one knows whom it concerns."""

from collections.abc import Collection

from biye.machinery.exchange.bulk import in_chunks
from biye.records.models.facts import Result
from biye.records.models.plan import PlanCourse
from biye.records.models.student import Student


def students_of_plans(plans: Collection[int | None]) -> set[int]:
    """Students who follow one of these plans. None is what speaks of every plan: everybody who follows one."""
    followers = Student.objects.filter(plan__isnull=False).order_by()
    if None not in plans:
        followers = followers.filter(plan_id__in=[plan for plan in plans if plan is not None])
    return set(followers.values_list("id", flat=True)) if plans else set()


def students_of_courses(courses: Collection[int]) -> set[int]:
    """Students whose plan asks for one of these courses, or who have a result in one."""
    found: set[int] = set()
    for chunk in in_chunks(courses):
        plans = PlanCourse.objects.order_by().filter(course_id__in=chunk).values_list("plan_id", flat=True)
        found |= students_of_plans(set(plans))
        found.update(Result.objects.filter(course_id__in=chunk).values_list("student_id", flat=True).distinct())
    return found
