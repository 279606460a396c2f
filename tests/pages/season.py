"""一个小批次: one plan, four students, an audit, a publication; the smallest school in which every page has something to say."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from biye.accounts.core.asker import Asker
from biye.accounts.queries.seats import seats_of
from biye.audit.actions.publications import prepare_publication, release_publication
from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.publication import Publication
from biye.audit.models.run import Rules, Run
from biye.foundation.actor import SYSTEM
from biye.foundation.codes import Assessment, Kind, Outcome, Part
from biye.foundation.moments import moment
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import Result, UnifiedExam
from biye.records.models.plan import Plan, PlanCourse, PlanExam, PlanModule
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests.pages.people import AT, People

STEM = "2022-autumn"
COURSES = {"A1": ("大学语文", 400), "A2": ("管理学", 360), "A3": ("会计学", 40)}
PASSED = {"20200001": ("A1", "A2"), "20200002": ("A1", "A2", "A3")}
EVERYTHING = sum(1 << part for part in Part)


@dataclass(frozen=True, slots=True)
class World:
    """林晓 (20200001) owes 4.0 credits, 周建国 (20200002) nothing; one is suspended, one has left."""

    people: People
    officer: Asker
    season_id: int
    rules: Rules
    run: Run
    publication: Publication


def audited_season(people: People) -> World:
    """Everything up to the release of the conclusions."""
    season_id = open_season(stem=STEM, by=SYSTEM, at=AT)
    fill_records()
    rules = adopt_rules(season_id, settings.SCHOOL_FOLDER, by=SYSTEM, at=AT)
    run = audit_now(rules, AT)
    officer = seats_of(people.college.pk)[0]
    publication = prepare_publication(run.pk, by=officer, at=AT)
    return World(people, officer, season_id, rules, run, release_publication(publication.pk, by=officer, at=AT))


def audit_now(rules: Rules, at: datetime) -> Run:
    """One more audit of everybody."""
    return run_audit(rules.pk, by=SYSTEM, at=at, now=at)


def fill_records() -> None:
    """Plan, courses, results and exams."""
    plan = Plan.objects.create(code="P1", name="工商管理", total_credits=800)
    module = PlanModule.objects.create(plan=plan, code="M1", name="专业必修", credits=800)
    PlanExam.objects.create(plan=plan, subject="大学英语B")
    courses = {code: Course.objects.create(code=code, name=name) for code, (name, _) in COURSES.items()}
    for code, (_, credits) in COURSES.items():
        PlanCourse.objects.create(
            plan=plan,
            course=courses[code],
            module=module,
            credits=credits,
            kind=Kind.REQUIRED,
            assessment=Assessment.EXAMINED,
        )
    here = Centre.objects.get(code="C1")
    for number, name, status in (("20200003", "欧阳雪梅", "休学"), ("20200004", "买买提·艾力", "退学")):
        Student.objects.create(student_no=number, name=name, level="专升本", centre=here, entry=4040, status=status)
    Student.objects.update(plan=plan, covered=EVERYTHING, suspended_terms=0)
    for number, passed in PASSED.items():
        student = Student.objects.get(student_no=number)
        UnifiedExam.objects.create(student=student, subject="大学英语B", outcome=Outcome.PASSED)
        for code in passed:
            Result.objects.create(student=student, course=courses[code], score=8000, term=4041)


LATER = moment("2022-06-14 09:00")
