"""办理事项."""

from django.db import models

from biye.casework.core.words import Kind, State
from biye.records.models.student import Student
from biye.seasons.models.season import Season

SINGLE = tuple(kind.value for kind in Kind if kind not in (Kind.CORRECTION, Kind.OBJECTION))


class Case(models.Model):
    """办理事项: one matter of one student in one season. `about` tells several corrections or objections apart.

    `steps` counts what has happened; a change names the count it saw, so that the slower of two people is told.
    """

    season = models.ForeignKey(Season, models.PROTECT, related_name="cases")
    student = models.ForeignKey(Student, models.CASCADE, related_name="cases")
    kind = models.CharField("种类", max_length=20, choices=[(kind.value, kind.chinese) for kind in Kind])
    about = models.CharField("关于", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=[(state.value, state.chinese) for state in State], default=State.OPEN.value
    )
    office = models.CharField("负责科室", max_length=40, blank=True)
    form = models.JSONField("填报内容", default=dict)
    steps = models.IntegerField("步数", default=0)
    opened_at = models.DateTimeField("开始时间")
    changed_at = models.DateTimeField("最近变动")

    class Meta:
        ordering = ("-changed_at",)
        verbose_name = "办理事项"
        constraints = (
            models.UniqueConstraint(
                fields=("season", "student", "kind"), condition=models.Q(kind__in=SINGLE), name="one_case_of_a_kind"
            ),
        )
        indexes = (
            models.Index(fields=("season", "kind", "state", "office"), name="case_queue"),
            models.Index(fields=("season", "kind", "state", "changed_at", "id"), name="case_in_turn"),
            models.Index(fields=("student", "season"), name="case_by_student"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {Kind(self.kind).chinese} {State(self.state).chinese}"


class Step(models.Model):
    """办理步骤: what happened to a case, by whom, when, why, and with what (a fingerprint, a paper's code …)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="history")
    number = models.IntegerField("序号")
    event = models.CharField("事件", max_length=24)
    before = models.CharField("原状态", max_length=20)
    after = models.CharField("新状态", max_length=20)
    at = models.DateTimeField("时间")
    actor_id = models.IntegerField("操作人", null=True)
    actor_name = models.CharField("操作人姓名", max_length=80)
    actor_role = models.CharField("身份", max_length=20)
    reason = models.TextField("理由", blank=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="step_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.event}"


class Shown(models.Model):
    """所示内容: exactly what a student was shown, kept once by its fingerprint; a signature names it."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    season = models.ForeignKey(Season, models.PROTECT, related_name="+")
    fingerprint = models.CharField("指纹", max_length=64)
    document = models.JSONField("内容")
    first_at = models.DateTimeField("首次显示")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("student", "season", "fingerprint"), name="shown_once"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.fingerprint[:12]}"


class CaseFile(models.Model):
    """材料: a file of a case: evidence, signature, signed form, proof of delivery. Named by content, never served as uploaded."""

    class Purpose(models.TextChoices):
        """用途."""

        EVIDENCE = "evidence", "证明材料"
        SIGNATURE = "signature", "手写签名"
        SIGNED_FORM = "signed_form", "签字表扫描件"
        DELIVERY = "delivery", "送达凭证"
        ANSWER = "answer", "答复附件"

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    label = models.CharField("材料名称", max_length=80, blank=True)
    name = models.CharField("文件名", max_length=200)
    path = models.CharField("存放处", max_length=120)
    digest = models.CharField("摘要", max_length=64)
    media = models.CharField("类型", max_length=40)
    size = models.IntegerField("字节")
    at = models.DateTimeField("时间")
    by_name = models.CharField("上传人", max_length=80)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "purpose", "digest"), name="case_file_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
