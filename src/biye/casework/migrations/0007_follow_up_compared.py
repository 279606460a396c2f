from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_settlement'),
    ]

    operations = [
        migrations.RenameField(model_name='followup', old_name='is_amended', new_name='is_compared'),
        migrations.AlterField(
            model_name='followup',
            name='is_compared',
            field=models.BooleanField(default=False, verbose_name='已与公布的结论比较'),
        ),
    ]
