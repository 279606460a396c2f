"""个人信息."""

from django.db import models

from biye.records.models.student import Student


class PersonalInfo(models.Model):
    """个人信息: what students fill in themselves, for the forms that are printed of them; nobody else changes it.

    `said`: label → a text, 无, or rows of a table (简历, 家庭成员); what is not in it is not filled in yet.
    """

    student = models.OneToOneField(Student, models.CASCADE, primary_key=True, related_name="personal")
    said = models.JSONField("填写内容", default=dict)
    changed_at = models.DateTimeField("最近保存")

    class Meta:
        verbose_name = "个人信息"

    def __str__(self) -> str:
        return f"{self.student_id} {len(self.said)}"
