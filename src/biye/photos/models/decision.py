"""照片审看."""

from django.db import models

from biye.photos.models.photo import Photo


class PhotoDecision(models.Model):
    """照片审看: what a person decided on which file, by which answers; a later decision stands in place of an earlier one."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="decisions")
    sha256 = models.CharField("文件指纹", max_length=64)
    is_accepted = models.BooleanField("合格")
    answers = models.JSONField("逐项回答", default=dict)  # question → is it in order
    reason = models.CharField("说明", max_length=400, blank=True)
    decided_at = models.DateTimeField("审看时间")
    decided_by = models.IntegerField("审看人", null=True)
    decided_by_name = models.CharField("审看人姓名", max_length=80)
    is_standing = models.BooleanField("有效", default=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "照片审看"
        constraints = (
            models.UniqueConstraint(
                fields=("photo",), condition=models.Q(is_standing=True), name="one_standing_photo_decision"
            ),
        )

    def __str__(self) -> str:
        return f"{self.photo} {'合格' if self.is_accepted else '不合格'}"
