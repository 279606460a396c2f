import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_checked_and_files'),
        ('records', '0003_email'),
        ('seasons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reminder', '提醒'), ('notice', '通知')], max_length=12, verbose_name='种类')),
                ('task', models.CharField(blank=True, max_length=20, verbose_name='事项')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(verbose_name='正文')),
                ('consequence', models.TextField(blank=True, verbose_name='逾期后果')),
                ('deadline', models.DateTimeField(null=True, verbose_name='截止时刻')),
                ('created_at', models.DateTimeField(verbose_name='发出时间')),
                ('by_id', models.IntegerField(null=True, verbose_name='发出人')),
                ('by_name', models.CharField(max_length=80, verbose_name='发出人姓名')),
                ('by_role', models.CharField(max_length=20, verbose_name='身份')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='查看时间')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.season')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='records.student')),
            ],
            options={
                'verbose_name': '消息',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=20, verbose_name='事项')),
                ('minute', models.BigIntegerField(verbose_name='截止时刻（分钟）')),
                ('step', models.SmallIntegerField(verbose_name='第几次')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.season')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.student')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='casework.message')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信'), ('wecom', '企业微信')], max_length=8, verbose_name='渠道')),
                ('outcome', models.CharField(choices=[('waiting', '待发'), ('sending', '正在发'), ('sent', '已发出'), ('failed', '未能发出'), ('uncertain', '不能确定是否发出'), ('dropped', '已办完或已截止，不再发'), ('no_address', '没有登记地址')], default='waiting', max_length=12, verbose_name='结果')),
                ('tries', models.SmallIntegerField(default=0, verbose_name='次数')),
                ('at', models.DateTimeField(null=True, verbose_name='时间')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='casework.message')),
            ],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['student', '-id'], name='message_by_student'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['student'], name='message_unseen'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['season', '-id'], name='message_by_season'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('season', 'task', 'student', 'minute', 'step'), name='reminded_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('outcome__in', ('waiting', 'sending'))), fields=['outcome', 'id'], name='delivery_under_way'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='delivered_once'),
        ),
    ]
