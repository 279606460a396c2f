
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
        ('seasons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField(verbose_name='版次')),
                ('state', models.CharField(choices=[('preparing', '准备中'), ('released', '已公布'), ('withdrawn', '已收回')], default='preparing', max_length=12, verbose_name='状态')),
                ('students', models.IntegerField(default=0, verbose_name='人数')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='摘要')),
                ('released_at', models.DateTimeField(null=True, verbose_name='公布时间')),
                ('released_by_name', models.CharField(blank=True, max_length=80, verbose_name='公布人')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='收回时间')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='说明')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='PublishedConclusion',
            fields=[
                ('pk', models.CompositePrimaryKey('publication_id', 'student_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('document', models.JSONField(verbose_name='内容')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='指纹')),
                ('publication', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='conclusions', to='audit.publication')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_conclusions', to='records.student')),
            ],
        ),
        migrations.CreateModel(
            name='Rules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField(verbose_name='版本')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('files', models.JSONField(verbose_name='文件')),
                ('is_draft', models.BooleanField(default=True, verbose_name='草稿')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='说明')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('created_by_name', models.CharField(max_length=80, verbose_name='建立人')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='seasons.season')),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('trial', '预审'), ('rehearsal', '试算')], default='trial', max_length=12, verbose_name='用途')),
                ('state', models.CharField(choices=[('running', '进行中'), ('done', '已完成'), ('failed', '未完成')], default='running', max_length=12, verbose_name='状态')),
                ('at', models.DateTimeField(verbose_name='审查时点')),
                ('snapshot_at', models.DateTimeField(verbose_name='数据快照时间')),
                ('rules_digest', models.CharField(max_length=64, verbose_name='规则摘要')),
                ('engine_version', models.CharField(max_length=40, verbose_name='引擎版本')),
                ('students', models.IntegerField(default=0, verbose_name='学生数')),
                ('audited', models.IntegerField(default=0, verbose_name='本次计算人数')),
                ('counts', models.JSONField(default=dict, verbose_name='计数')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='结果摘要')),
                ('started_by_name', models.CharField(max_length=80, verbose_name='发起人')),
                ('job_id', models.BigIntegerField(null=True, verbose_name='后台任务')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='audit.run')),
                ('rules', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='audit.rules')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='seasons.season')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddField(
            model_name='publication',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='audit.run'),
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('pk', models.CompositePrimaryKey('run_id', 'student_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('candidate', models.SmallIntegerField(verbose_name='预毕业学生')),
                ('inside', models.SmallIntegerField(verbose_name='在范围内')),
                ('conclusion', models.SmallIntegerField(verbose_name='审查结论')),
                ('others', models.BinaryField(verbose_name='其他结论')),
                ('not_met', models.BigIntegerField(verbose_name='不符合')),
                ('unknown', models.BigIntegerField(verbose_name='待核实')),
                ('not_required', models.BigIntegerField(verbose_name='不适用')),
                ('overridden', models.BigIntegerField(default=0, verbose_name='人工认定')),
                ('routes', models.BigIntegerField(verbose_name='通道')),
                ('figures', models.BinaryField(verbose_name='数值')),
                ('student', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='records.student')),
                ('run', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='audit.run')),
            ],
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60, verbose_name='规则')),
                ('verdict', models.SmallIntegerField(verbose_name='认定为')),
                ('reason', models.TextField(verbose_name='理由')),
                ('evidence', models.CharField(max_length=400, verbose_name='依据材料')),
                ('expires_at', models.DateTimeField(null=True, verbose_name='有效期至')),
                ('given_at', models.DateTimeField(verbose_name='认定时间')),
                ('given_by', models.IntegerField(null=True, verbose_name='认定人')),
                ('given_by_name', models.CharField(max_length=80, verbose_name='认定人姓名')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='seasons.season')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='records.student')),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('season', 'student', 'rule'), name='one_standing_override')],
            },
        ),
        migrations.AddConstraint(
            model_name='rules',
            constraint=models.UniqueConstraint(fields=('season', 'number'), name='rules_number_once'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['season', 'purpose', 'state', '-id'], name='run_latest'),
        ),
    ]
