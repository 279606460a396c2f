"""课程."""

from django.db import models


class Course(models.Model):
    """课程: what a result is a result of."""

    id = models.AutoField(primary_key=True)
    code = models.CharField("课程代码", max_length=40, unique=True)
    name = models.CharField("课程名称", max_length=120)

    class Meta:
        ordering = ("code",)
        verbose_name = "课程"

    def __str__(self) -> str:
        return self.name
