from django.db import migrations, models

import motcua.core.chronology


class Migration(migrations.Migration):
    dependencies = [("core", "0002_chronology"), ("dossiers", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="xact_id",
            field=models.BigIntegerField(db_default=motcua.core.chronology.WritingOrder()),
        ),
    ]
