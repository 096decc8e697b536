"""What the words of a name are, beside the dossier (decision 35). It is filled by a later one, once (0027)."""

from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_wholes_outside"), ("people", "0002_names_by_two_words")]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_newest"),
        migrations.AddField("dossier", "initials", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["-received_at", "-id"], name="dossier_newest", include=["initials"]),
        ),
    ]
