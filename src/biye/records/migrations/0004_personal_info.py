import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_email'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalInfo',
            fields=[
                ('student', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='personal', serialize=False, to='records.student')),
                ('said', models.JSONField(default=dict, verbose_name='填写内容')),
                ('changed_at', models.DateTimeField(verbose_name='最近保存')),
            ],
            options={'verbose_name': '个人信息'},
        ),
    ]
