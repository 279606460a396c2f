"""A certificate or sanction without a date, and a substitution without a plan, stand once on SQLite, too."""

import datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

NO_DATE = models.Value(datetime.date(1, 1, 1), models.DateField())


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="certificate", name="certificate_once"),
        migrations.RemoveConstraint(model_name="sanction", name="sanction_once"),
        migrations.RemoveConstraint(model_name="substitution", name="substitution_once"),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                models.F("student"), models.F("kind"), Coalesce("obtained_on", NO_DATE), name="certificate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.UniqueConstraint(
                models.F("student"), models.F("kind"), Coalesce("imposed_on", NO_DATE), name="sanction_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.UniqueConstraint(
                Coalesce("plan", 0), models.F("taken"), models.F("counts_as"), name="substitution_once"
            ),
        ),
    ]
