"""毕业批次."""

from django.db import models


class Season(models.Model):
    """毕业批次: one round of graduation. What it asks stands in the school's files; `stem` names its file."""

    id = models.AutoField(primary_key=True)
    stem = models.CharField("文件名", max_length=60, unique=True)
    label = models.CharField("名称", max_length=60)
    term = models.SmallIntegerField("学期")
    opened_at = models.DateTimeField("建立时间")

    class Meta:
        ordering = ("-term", "stem")
        verbose_name = "毕业批次"

    def __str__(self) -> str:
        return self.label
