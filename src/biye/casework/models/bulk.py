"""成批办理."""

from django.db import models

from biye.seasons.models.season import Season


class BulkAct(models.Model):
    """成批办理: one act on many cases, looked at and taken back as one. Every step it made names it in its detail.

    `moved` and `refused` grow by a thousand cases at a time, in the transaction that moved them.
    """

    season = models.ForeignKey(Season, models.PROTECT, related_name="+")
    event = models.CharField("事件", max_length=24)
    kind = models.CharField("种类", max_length=20, blank=True)
    reason = models.TextField("理由", blank=True)
    wanted = models.JSONField("选中", default=list)  # ids of cases
    moved = models.JSONField("已办", default=list)  # ids of cases
    refused = models.JSONField("未办", default=list)  # [id of a case, [codes of reasons]]
    at = models.DateTimeField("时间")
    by_id = models.IntegerField("操作人", null=True)
    by_name = models.CharField("操作人姓名", max_length=80)
    by_role = models.CharField("身份", max_length=20)
    is_done = models.BooleanField("已做完", default=False)
    undone = models.JSONField("已撤销", default=list)  # ids of cases
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by_name = models.CharField("撤销人姓名", max_length=80, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "成批办理"
        indexes = (models.Index(fields=("season", "by_id", "-id"), name="bulk_by_actor"),)

    def __str__(self) -> str:
        return f"{self.event} × {len(self.wanted)}"
