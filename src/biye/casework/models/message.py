"""消息."""

from django.db import models

from biye.machinery.gateway.core.letters import Channel
from biye.records.models.student import Student
from biye.seasons.models.season import Season


class Message(models.Model):
    """消息: what one student is told on the site; being there is its delivery, `seen_at` says when it was opened.

    `task` is the matter that the next tap leads to.
    """

    class Kind(models.TextChoices):
        """种类."""

        REMINDER = "reminder", "提醒"
        NOTICE = "notice", "通知"

    season = models.ForeignKey(Season, models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, related_name="messages")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    task = models.CharField("事项", max_length=20, blank=True)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文")
    consequence = models.TextField("逾期后果", blank=True)
    deadline = models.DateTimeField("截止时刻", null=True)
    created_at = models.DateTimeField("发出时间")
    by_id = models.IntegerField("发出人", null=True)
    by_name = models.CharField("发出人姓名", max_length=80)
    by_role = models.CharField("身份", max_length=20)
    seen_at = models.DateTimeField("查看时间", null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "消息"
        indexes = (
            models.Index(fields=("student", "-id"), name="message_by_student"),
            models.Index(fields=("student",), condition=models.Q(seen_at__isnull=True), name="message_unseen"),
            models.Index(fields=("season", "-id"), name="message_by_season"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.title}"


class Mention(models.Model):
    """提醒事项: of which matter, with which deadline, for the how manieth time a message reminds; once each, for ever."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    season = models.ForeignKey(Season, models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    task = models.CharField("事项", max_length=20)
    minute = models.BigIntegerField("截止时刻（分钟）")  # foundation.moments.minute_of; -1 without a deadline
    step = models.SmallIntegerField("第几次")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("season", "task", "student", "minute", "step"), name="reminded_once"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.task} {self.step}"


class Delivery(models.Model):
    """投递: a message on its way beyond the site by one channel, with what became of it and when."""

    class Outcome(models.TextChoices):
        """投递结果. `uncertain`: a worker was lost while sending; it is not sent again, so that nothing comes twice."""

        WAITING = "waiting", "待发"
        SENDING = "sending", "正在发"
        SENT = "sent", "已发出"
        FAILED = "failed", "未能发出"
        UNCERTAIN = "uncertain", "不能确定是否发出"
        DROPPED = "dropped", "已办完或已截止，不再发"
        NO_ADDRESS = "no_address", "没有登记地址"

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=8, choices=[(one.value, one.chinese) for one in Channel])
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    tries = models.SmallIntegerField("次数", default=0)
    at = models.DateTimeField("时间", null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("message", "channel"), name="delivered_once"),)
        indexes = (
            models.Index(
                fields=("outcome", "id"),
                condition=models.Q(outcome__in=("waiting", "sending")),
                name="delivery_under_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel} {self.outcome}"
