"""教学计划 with its modules, courses, substitutions and unified exams."""

from django.db import models
from django.db.models.functions import Coalesce

from biye.records.models.course import Course


class Plan(models.Model):
    """教学计划."""

    id = models.AutoField(primary_key=True)
    code = models.CharField("计划代码", max_length=60, unique=True)
    name = models.CharField("计划名称", max_length=120, blank=True)
    total_credits = models.IntegerField("总学分（十分之一）", null=True)

    class Meta:
        ordering = ("code",)
        verbose_name = "教学计划"

    def __str__(self) -> str:
        return self.name or self.code


class PlanModule(models.Model):
    """模块: a group of courses with the credits it asks; surplus may flow to another one of the plan."""

    id = models.AutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="modules")
    code = models.CharField("模块代码", max_length=40)
    name = models.CharField("模块名称", max_length=80)
    credits = models.IntegerField("要求学分（十分之一）", default=0)
    overflow_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("plan", "code")
        constraints = (models.UniqueConstraint(fields=("plan", "code"), name="module_once_in_plan"),)

    def __str__(self) -> str:
        return self.name


class PlanCourse(models.Model):
    """计划课程: one slot of a plan."""

    id = models.AutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="courses")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    module = models.ForeignKey(PlanModule, models.SET_NULL, null=True, blank=True, related_name="courses")
    credits = models.IntegerField("学分（十分之一）")
    kind = models.SmallIntegerField("课程性质")  # foundation.codes.Kind
    assessment = models.SmallIntegerField("考核方式")  # foundation.codes.Assessment
    is_core = models.BooleanField("主干课", default=False)
    is_degree = models.BooleanField("学位课", default=False)

    class Meta:
        ordering = ("plan", "course")
        constraints = (models.UniqueConstraint(fields=("plan", "course"), name="course_once_in_plan"),)

    def __str__(self) -> str:
        return f"{self.plan} {self.course}"


class Substitution(models.Model):
    """课程替代: a result in `taken` counts for `counts_as`; without a plan, in every plan."""

    id = models.AutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="substitutions")
    taken = models.ForeignKey(Course, models.CASCADE, related_name="+")
    counts_as = models.ForeignKey(Course, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            # Every plan is one of them, too: SQLite cannot be told that two NULLs are equal.
            models.UniqueConstraint(Coalesce("plan", 0), "taken", "counts_as", name="substitution_once"),
        )

    def __str__(self) -> str:
        return f"{self.taken} → {self.counts_as}"


class PlanExam(models.Model):
    """统考科目 a plan asks."""

    id = models.AutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exams")
    subject = models.CharField("统考科目", max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "subject"), name="exam_once_in_plan"),)

    def __str__(self) -> str:
        return self.subject
