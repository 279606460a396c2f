
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='种类')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('arguments', models.JSONField(default=dict, verbose_name='参数')),
                ('state', models.CharField(choices=[('waiting', '等待中'), ('running', '进行中'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='waiting', max_length=12, verbose_name='状态')),
                ('done', models.BigIntegerField(default=0, verbose_name='已完成')),
                ('total', models.BigIntegerField(default=0, verbose_name='总数')),
                ('message', models.CharField(blank=True, max_length=400, verbose_name='说明')),
                ('result', models.JSONField(null=True, verbose_name='结果')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='results', verbose_name='结果文件')),
                ('file_name', models.CharField(blank=True, max_length=120, verbose_name='文件名')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='有效期至')),
                ('started_by', models.IntegerField(null=True, verbose_name='发起人')),
                ('started_by_name', models.CharField(max_length=80, verbose_name='发起人姓名')),
                ('attempts', models.SmallIntegerField(default=0, verbose_name='第几次')),
                ('cancel_requested', models.BooleanField(default=False, verbose_name='已要求取消')),
                ('created_at', models.DateTimeField(verbose_name='提交时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('heartbeat_at', models.DateTimeField(null=True, verbose_name='最近进展')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
            ],
            options={
                'verbose_name': '后台任务',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['started_by', '-id'], name='job_by_starter')],
            },
        ),
    ]
