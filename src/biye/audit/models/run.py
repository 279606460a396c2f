"""审查: a run and what it found."""

from django.db import models

from biye.records.models.student import Student
from biye.seasons.models.season import Season


class Rules(models.Model):
    """审查规则版本: the files of one season's rules as they were, by content. `based_on` is what a draft changes."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="rules")
    number = models.IntegerField("版本")
    digest = models.CharField("摘要", max_length=64)
    files = models.JSONField("文件")  # path → text
    is_draft = models.BooleanField("草稿", default=True)
    note = models.CharField("说明", max_length=400, blank=True)
    created_at = models.DateTimeField("建立时间")
    created_by_name = models.CharField("建立人", max_length=80)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("season", "number"), name="rules_number_once"),)

    def __str__(self) -> str:
        return f"{self.season} 规则 v{self.number}"


class Run(models.Model):
    """审查: one audit of a season's students; complete in itself and repeatable."""

    class Purpose(models.TextChoices):
        """用途."""

        TRIAL = "trial", "预审"
        REHEARSAL = "rehearsal", "试算"

    class State(models.TextChoices):
        """状态: outcomes of a run that is not done are not to be read; of one that was cleared only its counts are left."""

        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        CLEARED = "cleared", "明细已清理"

    season = models.ForeignKey(Season, models.PROTECT, related_name="runs")
    rules = models.ForeignKey(Rules, models.PROTECT, related_name="runs")
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices, default=Purpose.TRIAL)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.RUNNING)
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("审查时点")
    snapshot_at = models.DateTimeField("数据快照时间")
    rules_digest = models.CharField("规则摘要", max_length=64)
    engine_version = models.CharField("引擎版本", max_length=40)
    students = models.IntegerField("学生数", default=0)
    audited = models.IntegerField("本次计算人数", default=0)
    counts = models.JSONField("计数", default=dict)
    digest = models.CharField("结果摘要", max_length=64, blank=True)
    started_by_name = models.CharField("发起人", max_length=80)
    job_id = models.BigIntegerField("后台任务", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("season", "purpose", "state", "-id"), name="run_latest"),)

    def __str__(self) -> str:
        return f"{self.season} 审查 {self.pk}"


class Outcome(models.Model):
    """审查结果: one student in one run. Verdicts are bit sets by rule number; a bit in none of the three is 符合.

    `figures` packs have and need (int32) and detail (int64) of every rule, little endian, in rule order, as
    `audit.core.storing` lays them out.
    """

    pk = models.CompositePrimaryKey("run_id", "student_id")
    run = models.ForeignKey(Run, models.CASCADE, related_name="outcomes", db_index=False, db_constraint=False)
    # What a run found stays, whatever becomes of the student.
    student = models.ForeignKey(Student, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    candidate = models.SmallIntegerField("预毕业学生")  # verdicts.Truth
    inside = models.SmallIntegerField("在范围内")  # verdicts.Truth, whatever the 学籍状态
    conclusion = models.SmallIntegerField("审查结论")  # row of the first book; -1 undecided, -2 several
    others = models.BinaryField("其他结论")  # int16 a further book
    not_met = models.BigIntegerField("不符合")
    unknown = models.BigIntegerField("待核实")
    not_required = models.BigIntegerField("不适用")
    overridden = models.BigIntegerField("人工认定", default=0)
    routes = models.BigIntegerField("通道")  # two bits a route: verdicts.Truth
    figures = models.BinaryField("数值")

    def __str__(self) -> str:
        return f"{self.run_id} {self.student_id} {self.conclusion}"
