"""What was written anew is gone through once, so that an index may answer without its table (decision 40)."""

from django.db import migrations


class Migration(migrations.Migration):
    # VACUUM runs in no transaction.
    atomic = False

    dependencies = [("dossiers", "0031_words_by_stretch")]

    operations = [
        migrations.RunSQL(
            f"VACUUM (ANALYZE) {table}",
            migrations.RunSQL.noop,
        )
        for table in ("dossiers_dossier", "dossiers_involvement")
    ]
