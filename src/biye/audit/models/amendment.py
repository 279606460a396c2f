"""更正公布."""

from django.db import models

from biye.audit.models.publication import Publication
from biye.audit.models.run import Run
from biye.records.models.student import Student


class Amendment(models.Model):
    """更正公布: one student's published conclusion was said anew after a fact was corrected; its former words are kept here.

    With every amendment's former words the publication can be put together again as it was released.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="amendments")
    student = models.ForeignKey(Student, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="amendments")
    before = models.JSONField("原内容")
    before_fingerprint = models.CharField("原指纹", max_length=64)
    fingerprint = models.CharField("新指纹", max_length=64)
    reason = models.CharField("理由", max_length=400)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("student", "publication"), name="amendment_of_student"),)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.student_id} {self.reason}"
