"""导入批次: what was uploaded, what came of it, and what is needed to take it back."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ImportBatch(models.Model):
    """导入批次: one upload of one or more files, from receiving to acceptance, or back again.

    counts: kind → new, changed, unchanged, refused, asked (rows). problems: those kept in full, as plain values.
    """

    class State(models.TextChoices):
        """状态."""

        RECEIVED = "received", "已上传"
        CHECKED = "checked", "已核对，待导入"
        ACCEPTED = "accepted", "已导入"
        UNDONE = "undone", "已撤销"
        DISCARDED = "discarded", "已放弃"

    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.RECEIVED)
    choices = models.JSONField("读表选择", default=dict)
    kinds = models.JSONField("种类", default=list)
    counts = models.JSONField("行数", default=dict)
    problems = models.JSONField("问题", default=list)
    problem_counts = models.JSONField("问题数", default=dict)
    mend = models.FileField("待改表", upload_to="imports", blank=True, max_length=200)
    received_by = models.IntegerField("上传人", null=True)
    received_by_name = models.CharField("上传人姓名", max_length=80)
    received_at = models.DateTimeField("上传时间")
    accepted_at = models.DateTimeField("导入时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "导入批次"

    def __str__(self) -> str:
        return f"导入批次 {self.pk} {self.get_state_display()}"


class ImportFile(models.Model):
    """导入文件: one uploaded file, kept under a name of its own and never served."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField(upload_to="imports", max_length=200)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("batch", "name"), name="file_once_in_batch"),)

    def __str__(self) -> str:
        return self.name


class ImportChange(models.Model):
    """导入改动: what one batch did to one table beyond the rows that carry its number.

    created: keys of rows it made, in tables whose rows carry no number. before: rows it changed, as they were.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    table = models.CharField("表", max_length=40)
    created = models.JSONField("新增", default=list)
    before = models.JSONField("原值", default=list, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.table}"
