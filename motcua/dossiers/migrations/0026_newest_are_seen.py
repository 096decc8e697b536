"""The newest rows of two great tables are gone through soon (decision 35).

An index answers without its table only for pages that were gone through since they were written. By itself the server does
so when a fifth of a table is new: of ten million dossiers, after two million. Only new pages are read, so a thousand will do.
"""

from django.db import migrations

_SOON = """
ALTER TABLE {table} SET (autovacuum_vacuum_insert_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0)
"""
_BY_ITSELF = """
ALTER TABLE {table} RESET (autovacuum_vacuum_insert_threshold, autovacuum_vacuum_insert_scale_factor)
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0025_initials_are_seen")]

    operations = [
        migrations.RunSQL(_SOON.format(table=table), _BY_ITSELF.format(table=table))
        for table in ("dossiers_dossier", "dossiers_involvement")
    ]
