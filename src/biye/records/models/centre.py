"""学习中心."""

from django.db import models


class Centre(models.Model):
    """学习中心、校外教学点、函授站、二级学院: one table, a kind; what it is called is the school's."""

    id = models.AutoField(primary_key=True)
    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=20, blank=True)
    telephone = models.CharField("联系电话", max_length=60, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name = "学习中心"

    def __str__(self) -> str:
        return self.name
