"""What was written anew is gone through once, so that an index may answer without its table (decision 35)."""

from django.db import migrations


class Migration(migrations.Migration):
    # VACUUM runs in no transaction.
    atomic = False

    dependencies = [("dossiers", "0024_initials_beside_units")]

    operations = [
        migrations.RunSQL(
            f"VACUUM (ANALYZE) {table}",
            migrations.RunSQL.noop,
        )
        for table in ("dossiers_dossier", "dossiers_involvement", "people_namesuffix")
    ]
