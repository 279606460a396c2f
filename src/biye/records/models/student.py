"""学生."""

from django.db import models

from biye.records.models.centre import Centre
from biye.records.models.plan import Plan


class Student(models.Model):
    """学籍: one row a status record (学号), never a person; a person may have two."""

    id = models.AutoField(primary_key=True)
    student_no = models.CharField("学号", max_length=40, unique=True)
    exam_no = models.CharField("考生号", max_length=40, blank=True)
    name = models.CharField("姓名", max_length=80)
    sex = models.SmallIntegerField("性别", default=0)  # 1 男, 2 女, 0 unknown
    birth_date = models.DateField("出生日期", null=True)
    ethnicity = models.CharField("民族", max_length=24, blank=True)
    political_status = models.CharField("政治面貌", max_length=24, blank=True)
    identity_type = models.CharField("证件类型", max_length=24, blank=True)
    identity_number = models.CharField("证件号码", max_length=40, blank=True, db_index=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=120, blank=True)
    level = models.CharField("层次", max_length=20, blank=True)
    mode = models.CharField("学习形式", max_length=20, blank=True)
    entry = models.SmallIntegerField("入学批次", default=-1)  # term index
    major_code = models.CharField("专业代码", max_length=20, blank=True)
    major = models.CharField("专业", max_length=80, blank=True)
    class_name = models.CharField("班级", max_length=60, blank=True)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="students")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="students")
    status = models.CharField("学籍状态", max_length=20, blank=True)
    suspended_terms = models.SmallIntegerField("休学学期数", default=-1)
    is_outside_system = models.BooleanField("老生（不在教务系统）", default=False)
    covered = models.IntegerField("已导入的数据范围", default=0)  # bit foundation.codes.Part
    batch_id = models.IntegerField("导入批次", null=True)

    class Meta:
        ordering = ("student_no",)
        verbose_name = "学生"
        indexes = (models.Index(fields=("centre", "student_no"), name="student_by_centre"),)

    def __str__(self) -> str:
        return f"{self.name}（{self.student_no}）"
