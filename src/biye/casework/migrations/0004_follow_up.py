import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=120, verbose_name='更正的数据')),
                ('before', models.CharField(blank=True, max_length=120, verbose_name='原值')),
                ('after', models.CharField(blank=True, max_length=120, verbose_name='新值')),
                ('at', models.DateTimeField(verbose_name='更正时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='重新审查时间')),
                ('is_amended', models.BooleanField(default=False, verbose_name='已更新结论')),
                ('told', models.JSONField(default=list, verbose_name='结论的变动')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='casework.case')),
            ],
            options={
                'verbose_name': '更正后的重新审查',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['done_at'], name='follow_up_waiting')],
            },
        ),
    ]
