"""后台任务."""

from django.db import models


class Job(models.Model):
    """后台任务: long work with its progress, result and way back; work is claimed by conditional update."""

    class State(models.TextChoices):
        """状态."""

        WAITING = "waiting", "等待中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("种类", max_length=40)
    title = models.CharField("名称", max_length=120)
    arguments = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField("已完成", default=0)
    total = models.BigIntegerField("总数", default=0)
    message = models.CharField("说明", max_length=400, blank=True)
    result = models.JSONField("结果", null=True)
    file = models.FileField("结果文件", upload_to="results", blank=True, max_length=200)
    file_name = models.CharField("文件名", max_length=120, blank=True)
    expires_at = models.DateTimeField("有效期至", null=True)
    started_by = models.IntegerField("发起人", null=True)
    started_by_name = models.CharField("发起人姓名", max_length=80)
    attempts = models.SmallIntegerField("第几次", default=0)
    cancel_requested = models.BooleanField("已要求取消", default=False)
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True)
    heartbeat_at = models.DateTimeField("最近进展", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "后台任务"
        indexes = (models.Index(fields=("started_by", "-id"), name="job_by_starter"),)

    def __str__(self) -> str:
        return f"{self.title} {self.get_state_display()}"
