"""公布的审查结论."""

from django.db import models

from biye.audit.models.run import Run
from biye.records.models.student import Student


class Publication(models.Model):
    """公布: conclusions of one run released in one act; frozen, versioned and hashed."""

    class State(models.TextChoices):
        """状态: only the one that is `released` and newest speaks."""

        PREPARING = "preparing", "准备中"
        RELEASED = "released", "已公布"
        WITHDRAWN = "withdrawn", "已收回"

    run = models.ForeignKey(Run, models.PROTECT, related_name="publications")
    number = models.IntegerField("版次")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.PREPARING)
    students = models.IntegerField("人数", default=0)
    digest = models.CharField("摘要", max_length=64, blank=True)
    released_at = models.DateTimeField("公布时间", null=True)
    released_by_name = models.CharField("公布人", max_length=80, blank=True)
    withdrawn_at = models.DateTimeField("收回时间", null=True)
    reason = models.CharField("说明", max_length=400, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.run.season} 第 {self.number} 版"


class PublishedConclusion(models.Model):
    """公布的结论: exactly what one student was shown, in its own words."""

    pk = models.CompositePrimaryKey("publication_id", "student_id")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="conclusions", db_index=False)
    student = models.ForeignKey(Student, models.PROTECT, related_name="published_conclusions")
    document = models.JSONField("内容")
    fingerprint = models.CharField("指纹", max_length=64)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.student_id}"
