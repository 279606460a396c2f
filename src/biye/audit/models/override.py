"""人工认定."""

from django.db import models

from biye.records.models.student import Student
from biye.seasons.models.season import Season


class Override(models.Model):
    """人工认定: a person sets one verdict of one student, with reason, evidence and expiry."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="overrides")
    student = models.ForeignKey(Student, models.CASCADE, related_name="overrides")
    rule = models.CharField("规则", max_length=60)
    verdict = models.SmallIntegerField("认定为")
    reason = models.TextField("理由")
    evidence = models.CharField("依据材料", max_length=400)
    expires_at = models.DateTimeField("有效期至", null=True)
    given_at = models.DateTimeField("认定时间")
    given_by = models.IntegerField("认定人", null=True)
    given_by_name = models.CharField("认定人姓名", max_length=80)
    withdrawn_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("season", "student", "rule"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_override",
            ),
        )

    def __str__(self) -> str:
        return f"{self.student} {self.rule}"
