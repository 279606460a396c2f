"""照片."""

from django.db import models

from biye.records.models.student import Student


class Photo(models.Model):
    """照片: one file of one status record, what was found on it, and what was done to make it.

    `source` is the file as it came, kept as evidence and never served; `picture` is drawn anew from its pixels.
    """

    class Purpose(models.TextChoices):
        """用途."""

        ENROLMENT = "enrolment", "录取照片"
        GRADUATION = "graduation", "毕业照片"

    student = models.ForeignKey(Student, models.CASCADE, related_name="photos")
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    name = models.CharField("文件名", max_length=160)
    sha256 = models.CharField("文件指纹", max_length=64, db_index=True)
    source = models.FileField("原文件", upload_to="photos/sources", max_length=200)
    picture = models.FileField("图像", upload_to="photos/pictures", max_length=200)
    specification = models.CharField("照片规格", max_length=120)
    specification_digest = models.CharField("规格指纹", max_length=64)
    answer = models.CharField("检查结论", max_length=20)
    findings = models.JSONField("检查意见", default=list)
    likeness = models.SmallIntegerField("与录取照片的相似度（千分之一）", null=True)
    likeness_model = models.CharField("比对模型指纹", max_length=64, blank=True)
    made_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="made")
    operations = models.JSONField("标准化操作", default=list)
    is_current = models.BooleanField("现用", default=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.IntegerField("上传人", null=True)
    uploaded_by_name = models.CharField("上传人姓名", max_length=80)

    class Meta:
        ordering = ("-id",)
        verbose_name = "照片"
        constraints = (
            models.UniqueConstraint(
                fields=("student", "purpose"), condition=models.Q(is_current=True), name="one_current_photo"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student} {self.get_purpose_display()}"
