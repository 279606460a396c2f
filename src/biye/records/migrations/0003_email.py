from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_unknown_counts_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='student',
            name='email',
            field=models.CharField(blank=True, max_length=120, verbose_name='电子邮箱'),
        ),
    ]
