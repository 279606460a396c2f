from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_amendment")]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="state",
            field=models.CharField(
                choices=[
                    ("running", "进行中"),
                    ("done", "已完成"),
                    ("failed", "未完成"),
                    ("cleared", "明细已清理"),
                ],
                default="running",
                max_length=12,
                verbose_name="状态",
            ),
        ),
    ]
