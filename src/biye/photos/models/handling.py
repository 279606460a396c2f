"""照片办理."""

from django.db import models

from biye.photos.core.states import Review
from biye.records.models.student import Student


class PhotoHandling(models.Model):
    """照片办理: what is known here, besides CHSI's answer, of how far one status record's photo has come."""

    student = models.OneToOneField(Student, models.CASCADE, primary_key=True, related_name="photo_handling")
    capturing_since = models.DateTimeField("开始采集时间", null=True)
    paper_received_at = models.DateTimeField("收到纸质照片时间", null=True)
    paper_received_by_name = models.CharField("纸质照片收件人", max_length=80, blank=True)
    paper_confirmed_at = models.DateTimeField("学生确认纸质照片时间", null=True)
    review = models.CharField(
        "人工复核", max_length=10, choices=[(one.value, one.chinese) for one in Review], blank=True
    )
    review_changed_at = models.DateTimeField("复核变动时间", null=True)
    review_reason = models.CharField("复核说明", max_length=400, blank=True)

    class Meta:
        verbose_name = "照片办理"

    def __str__(self) -> str:
        return f"{self.student} {self.get_review_display()}"
