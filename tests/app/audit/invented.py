"""虚构学籍: a small school in the database with something of everything, drawn from a seed. Nobody in it is real."""

import random
from datetime import UTC, date, datetime, timedelta

from biye.foundation.codes import Part
from biye.foundation.terms import term
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import (
    Certificate,
    ChsiPhoto,
    Fee,
    Flag,
    PastConclusion,
    Result,
    Sanction,
    UnifiedExam,
)
from biye.records.models.plan import Plan, PlanCourse, PlanExam, PlanModule, Substitution
from biye.records.models.student import Student

COURSES, MODULES = 12, 3
EVERYTHING = (1 << len(Part)) - 1
LEVELS = ("专升本", "专科", "高起本", "")
STATUSES = ("在籍", "在籍", "在籍", "休学", "退学", "")
MOMENT = datetime(2022, 6, 15, 3, 59, tzinfo=UTC)


def school(students: int, seed: int = 1) -> list[Student]:
    """Two plans, three centres and this many students with their facts."""
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret
    courses = Course.objects.bulk_create([Course(code=f"K{n:02d}", name=f"课程{n}") for n in range(COURSES + 3)])
    plans = [_plan(number, courses) for number in range(2)]
    Substitution.objects.create(plan=None, taken=courses[COURSES + 1], counts_as=courses[0])
    centres = Centre.objects.bulk_create([Centre(code=f"C{n}", name=f"第{n}学习中心") for n in range(3)])
    return [_student(number, chance, courses, [*plans, None], [*centres, None]) for number in range(students)]


def _plan(number: int, courses: list[Course]) -> Plan:
    plan = Plan.objects.create(code=f"P{number}", name=f"计划{number}", total_credits=240 if number else None)
    modules = [PlanModule.objects.create(plan=plan, code=f"M{n}", name=f"模块{n}", credits=80) for n in range(MODULES)]
    modules[0].overflow_to = modules[1]
    modules[0].save()
    for place, course in enumerate(courses[:COURSES]):
        PlanCourse.objects.create(
            plan=plan,
            course=course,
            module=modules[place % MODULES] if place else None,
            credits=30,
            kind=place % 4,
            assessment=place % 2,
            is_core=place % 3 == 0,
            is_degree=place % 5 == 0,
        )
    Substitution.objects.create(plan=plan, taken=courses[COURSES], counts_as=courses[number + 1])
    for subject in ("大学英语B", "计算机应用基础")[: number + 1]:
        PlanExam.objects.create(plan=plan, subject=subject)
    return plan


def _student(
    number: int, chance: random.Random, courses: list[Course], plans: list[Plan | None], centres: list[Centre | None]
) -> Student:
    student = Student.objects.create(
        student_no=f"2020{number:06d}",
        name=chance.choice(("王𬱖", "买买提·艾力", "欧阳一二三四五六七八")),
        sex=chance.randrange(3),
        birth_date=chance.choice((None, date(1969, 12, 31), date(1990, 2, 28))),
        ethnicity=chance.choice(("", "汉族")),
        identity_type=chance.choice(("", "居民身份证", "军官证")),
        identity_number=chance.choice(("", "99010119900228001X", "军字第1234567号")),
        level=chance.choice(LEVELS),
        mode=chance.choice(("", "网络教育")),
        entry=chance.choice((-1, term("2018春"), term("2020春"))),
        major=chance.choice(("", "会计学", "护理学")),
        centre=chance.choice(centres),
        plan=chance.choice(plans),
        status=chance.choice(STATUSES),
        suspended_terms=chance.choice((-1, 0, 2)),
        is_outside_system=chance.random() < 0.1,
        covered=chance.choice((EVERYTHING, EVERYTHING, EVERYTHING & ~(1 << Part.EXAMS), 0)),
    )
    for course in chance.sample(courses, chance.randrange(len(courses) + 1)):
        for obtained in range(chance.choice((1, 1, 1, 2))):
            add_result(student, course, chance, obtained)
    _facts(student, chance)
    return student


def add_result(student: Student, course: Course, chance: random.Random, obtained: int = 0) -> None:
    """One attempt, by a number or by a word."""
    mark = chance.choice((0, 0, 0, 2, 5, 8, 11))
    score = chance.choice((0, 5999, 6000, 7850, 10000)) if mark == 0 else -1
    Result.objects.create(
        student=student, course=course, score=score, mark=mark, obtained=obtained, term=chance.choice((-1, 4040, 4042))
    )


def _facts(student: Student, chance: random.Random) -> None:
    for subject in chance.sample(("大学英语B", "计算机应用基础", "大学语文B"), chance.randrange(4)):
        outcome = chance.randrange(-1, 4)
        reason = "年满40周岁" if outcome == 2 else ""
        UnifiedExam.objects.create(
            student=student, subject=subject, outcome=outcome, score=chance.choice((-1, 7000)), reason=reason
        )
    if chance.random() < 0.5:
        obtained_on = chance.choice((None, date(2021, 11, 20), date(2022, 6, 30)))
        Certificate.objects.create(
            student=student, kind="学位英语", score=chance.choice((-1, 6000)), obtained_on=obtained_on
        )
    if chance.random() < 0.5:
        paid = chance.choice((None, 0, 220_000))
        Fee.objects.create(student=student, kind="学费", year=2021, due=220_000, paid=paid, posted_on=date(2021, 9, 1))
    if chance.random() < 0.2:
        Sanction.objects.create(student=student, kind="记过", imposed_on=date(2021, 1, 1), lifted_on=None)
    if chance.random() < 0.2:
        Flag.objects.create(student=student, flag="前置学历待复查", is_cleared=chance.choice((None, True, False)))
    if chance.random() < 0.9:
        since = chance.choice((None, MOMENT, MOMENT + timedelta(minutes=2)))
        ChsiPhoto.objects.create(
            student=student,
            at_chsi=chance.choice((None, True, True, False)),
            at_chsi_since=since,
            comparison=chance.choice(("", "通过", "不通过", "身份核验异常")),
            compared_at=since,
            specification=chance.randrange(4),
        )
    if chance.random() < 0.2:
        PastConclusion.objects.create(student=student, season=4043, conclusion="暂不符合毕业条件", outcome="")
