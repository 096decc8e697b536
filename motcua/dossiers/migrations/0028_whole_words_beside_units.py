"""The words of a name beside each unit a dossier concerns, written as those of the dossier (decisions 35 and 37)."""

from django.db import migrations, models

_FILL = r"""
CREATE FUNCTION pg_temp.initials_of(asked bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN (SELECT initials FROM dossiers_dossier WHERE id = asked); END $$;
ALTER TABLE dossiers_involvement ALTER COLUMN initials TYPE bigint USING pg_temp.initials_of(dossier_id);
DROP FUNCTION pg_temp.initials_of;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0027_whole_words")]

    operations = [
        migrations.RemoveIndex(model_name="involvement", name="involvement_newest_of_unit"),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                fields=["unit", "-received_at", "-dossier"], name="involvement_newest_of_unit", include=["initials"]
            ),
        ),
    ]
