"""A dossier's code is kept once by one index; the other, for its beginnings, nobody asked and every receipt wrote."""

from django.db import migrations, models

_ONE_INDEX = """
DROP INDEX IF EXISTS dossiers_dossier_code_6d68c351_like;
ALTER TABLE dossiers_dossier RENAME CONSTRAINT dossiers_dossier_code_key TO dossier_code_once;
"""
_BACK = """
ALTER TABLE dossiers_dossier RENAME CONSTRAINT dossier_code_once TO dossiers_dossier_code_key;
CREATE INDEX dossiers_dossier_code_6d68c351_like ON dossiers_dossier (code varchar_pattern_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0032_words_are_seen")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(_ONE_INDEX, _BACK)],
            [
                migrations.AlterField("dossier", "code", models.CharField(max_length=60)),
                migrations.AddConstraint(
                    "dossier", models.UniqueConstraint(fields=["code"], name="dossier_code_once")
                ),
            ],
        )
    ]
