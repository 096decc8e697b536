"""What the words of a name are, beside each unit a dossier concerns (decision 35). It is filled by a later one (0027)."""

from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = [("dossiers", "0023_initials")]

    operations = [
        migrations.RemoveIndex(model_name="involvement", name="involvement_newest_of_unit"),
        migrations.AddField("involvement", "initials", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                fields=["unit", "-received_at", "-dossier"], name="involvement_newest_of_unit", include=["initials"]
            ),
        ),
    ]
