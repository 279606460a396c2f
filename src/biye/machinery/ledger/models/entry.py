"""操作留痕."""

from django.db import models


class Entry(models.Model):
    """操作留痕: who did what to whom, before and after, why. Append-only; each entry carries the hash of the one before.

    `actor_id` is a plain number, so that an entry outlives the account. `subject` is "kind:key" (student:20180001).
    """

    at = models.DateTimeField("时间", db_index=True)
    actor_id = models.IntegerField("操作人", null=True)
    actor_name = models.CharField("操作人姓名", max_length=80)
    actor_role = models.CharField("身份", max_length=20)
    action = models.CharField("操作", max_length=60, db_index=True)
    subject = models.CharField("对象", max_length=120, db_index=True)
    before = models.JSONField("原值", null=True)
    after = models.JSONField("新值", null=True)
    reason = models.TextField("理由", blank=True)
    previous = models.CharField("前一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "操作留痕"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.subject}"


class ChainEnd(models.Model):
    """链尾: the one row that says where the chain ends; locking it puts writers in line."""

    id = models.SmallIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} {self.digest[:12]}"
