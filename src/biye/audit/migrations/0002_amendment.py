import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('records', '0004_personal_info'),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(verbose_name='原内容')),
                ('before_fingerprint', models.CharField(max_length=64, verbose_name='原指纹')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='新指纹')),
                ('reason', models.CharField(max_length=400, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='audit.publication')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='audit.run')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.student')),
            ],
            options={
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['student', 'publication'], name='amendment_of_student')],
            },
        ),
    ]
