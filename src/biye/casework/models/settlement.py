"""到期结转."""

from django.db import models

from biye.seasons.models.season import Season


class Settlement(models.Model):
    """到期结转: what silence came to at one closing moment of a season. `counts` grow in the transaction that moved the cases."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="settlements")
    entry = models.CharField("日程", max_length=40)
    until = models.DateTimeField("截止时刻")
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    counts = models.JSONField("结果", default=dict)  # kind → cases settled
    by_name = models.CharField("操作人", max_length=80)

    class Meta:
        ordering = ("until", "entry")
        constraints = (models.UniqueConstraint(fields=("season", "entry"), name="settled_once"),)

    def __str__(self) -> str:
        return f"{self.season} {self.entry}"
