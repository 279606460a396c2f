"""更正后的重新审查."""

from django.db import models

from biye.casework.models.case import Case


class FollowUp(models.Model):
    """更正后的重新审查: a decision changed a figure; what the audit says now, and what of it the student is told.

    `is_compared`: was there a published conclusion, by the rules in force, to compare with? `told`: [what, before, after]
    in the words the student reads; empty where nothing of it moved.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    what = models.CharField("更正的数据", max_length=120)
    before = models.CharField("原值", max_length=120, blank=True)
    after = models.CharField("新值", max_length=120, blank=True)
    at = models.DateTimeField("更正时间")
    done_at = models.DateTimeField("重新审查时间", null=True)
    is_compared = models.BooleanField("已与公布的结论比较", default=False)
    told = models.JSONField("结论的变动", default=list)

    class Meta:
        ordering = ("-id",)
        verbose_name = "更正后的重新审查"
        indexes = (models.Index(fields=("done_at",), name="follow_up_waiting"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"
