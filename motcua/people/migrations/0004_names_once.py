"""A name as it is searched is kept once by one index; the other, for its beginnings, is asked nothing since names are turned."""

from django.db import migrations, models

_ONE_INDEX = """
DROP INDEX IF EXISTS people_name_folded_63811d7f_like;
ALTER TABLE people_name RENAME CONSTRAINT people_name_folded_key TO people_name_once;
"""
_BACK = """
ALTER TABLE people_name RENAME CONSTRAINT people_name_once TO people_name_folded_key;
CREATE INDEX people_name_folded_63811d7f_like ON people_name (folded varchar_pattern_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_common_words")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(_ONE_INDEX, _BACK)],
            [
                migrations.AlterField("name", "folded", models.CharField(max_length=300)),
                migrations.AddConstraint(
                    "name", models.UniqueConstraint(fields=["folded"], name="people_name_once")
                ),
            ],
        )
    ]
