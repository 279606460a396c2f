"""成绩、统考、证书、交费、处分、标记、学信网照片、往季结论: what is known of a student, one short table each.

`batch_id` is the import that wrote the row, for undo. Codes are those of `foundation.codes`.
Results are many and narrow, so their key is the natural one and nothing else is indexed.
"""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce

from biye.records.models.course import Course
from biye.records.models.student import Student

# SQLite cannot be told that two NULLs are equal, so a constraint reads this day in place of an unknown one.
NO_DATE = models.Value(date.min, models.DateField())


class Result(models.Model):
    """成绩: one attempt at one course. `sequence` tells apart attempts that neither term nor way tells apart."""

    pk = models.CompositePrimaryKey("student_id", "course_id", "term", "obtained", "sequence")
    student = models.ForeignKey(Student, models.CASCADE, related_name="results", db_index=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    score = models.SmallIntegerField("分数（百分之一）", default=-1)
    mark = models.SmallIntegerField("成绩标记", default=0)
    obtained = models.SmallIntegerField("取得方式", default=0)
    term = models.SmallIntegerField("学期", default=-1)
    sequence = models.SmallIntegerField("次序", default=1)
    batch_id = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.student_id} {self.course_id} {self.score}"


class UnifiedExam(models.Model):
    """统考成绩: one subject of one student."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="exams")
    subject = models.CharField("统考科目", max_length=60)
    outcome = models.SmallIntegerField("结果", default=-1)
    score = models.SmallIntegerField("分数（百分之一）", default=-1)
    reason = models.CharField("免考原因", max_length=80, blank=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("student", "subject"), name="exam_once_a_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.subject}"


class Certificate(models.Model):
    """外语等证书."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="certificates")
    kind = models.CharField("证书种类", max_length=60)
    score = models.IntegerField("分数（百分之一）", default=-1)
    obtained_on = models.DateField("取得日期", null=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("student", "kind", Coalesce("obtained_on", NO_DATE), name="certificate_once"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind}"


class Fee(models.Model):
    """交费: due and paid of one kind and year, in cents."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="fees")
    kind = models.CharField("费用种类", max_length=40)
    year = models.SmallIntegerField("学年", default=-1)
    due = models.BigIntegerField("应交（分）")
    paid = models.BigIntegerField("已交（分）", null=True)
    posted_on = models.DateField("到账日", null=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("student", "kind", "year"), name="fee_once"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind} {self.year}"


class Sanction(models.Model):
    """处分."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="sanctions")
    kind = models.CharField("处分种类", max_length=40)
    imposed_on = models.DateField("处分日期", null=True)
    lifted_on = models.DateField("解除日期", null=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("student", "kind", Coalesce("imposed_on", NO_DATE), name="sanction_once"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.kind}"


class Flag(models.Model):
    """标记, e.g. 前置学历待复查."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="flags")
    flag = models.CharField("标记", max_length=60)
    is_cleared = models.BooleanField("已解除", null=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("student", "flag"), name="flag_once"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.flag}"


class ChsiPhoto(models.Model):
    """学信网照片: whether CHSI has a graduation photo, and its comparison in CHSI's own words."""

    student = models.OneToOneField(Student, models.CASCADE, primary_key=True, related_name="chsi_photo")
    at_chsi = models.BooleanField("学信网是否有毕业照", null=True)
    at_chsi_since = models.DateTimeField("上网时间", null=True)
    comparison = models.CharField("图像比对", max_length=40, blank=True)
    compared_at = models.DateTimeField("比对时间", null=True)
    specification = models.SmallIntegerField("规格检查", default=0)  # a Verdict
    batch_id = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.student_id} {self.comparison}"


class PastConclusion(models.Model):
    """往季结论: what an earlier season concluded."""

    id = models.AutoField(primary_key=True)
    student = models.ForeignKey(Student, models.CASCADE, related_name="past_conclusions")
    season = models.SmallIntegerField("批次")  # term index
    conclusion = models.CharField("审查结论", max_length=60, blank=True)
    outcome = models.CharField("结果", max_length=40, blank=True)
    batch_id = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("student", "season"), name="conclusion_once_a_season"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.season} {self.conclusion}"


class FactChange(models.Model):
    """事实变动: this student's facts changed; written in the transaction of the change, read by the next audit."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="+", db_constraint=False)
    at = models.DateTimeField("时间", db_index=True)

    def __str__(self) -> str:
        return f"{self.student_id} {self.at}"
