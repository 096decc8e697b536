"""The words of a name beside each unit a dossier concerns, kept by stretches of time (decision 40).

The column is written by making the table anew, once: it needs as much room again as the table has. The texts of the two
indexes are those `queries/by_name.py` asks with.
"""

from django.db import migrations, models

# As `people.rules.words_of` does: what is not a letter or a digit parts words.
_WORDS_ALONE = r"""
UPDATE dossiers_dossier
SET applicant_folded = btrim(regexp_replace(applicant_folded,
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'))
WHERE applicant_folded ~ '[\u0001-\u001f\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]'
"""
_BESIDE_UNITS = r"""
CREATE FUNCTION pg_temp.folded_of(asked bigint) RETURNS varchar LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN (SELECT applicant_folded FROM dossiers_dossier WHERE id = asked); END $$;
ALTER TABLE dossiers_involvement
    ALTER COLUMN applicant_folded TYPE varchar(300) USING pg_temp.folded_of(dossier_id);
DROP FUNCTION pg_temp.folded_of;
"""
_DAY = "((received_at AT TIME ZONE 'UTC')::date - '2000-01-01'::date)"
_OF_DAYS = f"({_DAY}::text || ':')"
_OF_UNIT = f"(unit_id::text || ':' || ({_DAY} / 64)::text || ':')"


def _write_index(name: str, behind: str, condition: str = "") -> str:
    words = f"array_to_tsvector(string_to_array({behind} || replace(applicant_folded, ' ', ' ' || {behind}), ' '))"
    return f"CREATE INDEX {name} ON dossiers_involvement USING gin ({words}) WITH (fastupdate = off){condition}"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0030_lines_within_the_index")]

    operations = [
        migrations.RunSQL(_WORDS_ALONE, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="involvement", name="involvement_by_name"),
        migrations.RemoveIndex(model_name="involvement", name="involvement_newest_of_unit"),
        migrations.RemoveField(model_name="involvement", name="name"),
        migrations.AddField(
            model_name="involvement",
            name="applicant_folded",
            field=models.CharField(default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunSQL(_BESIDE_UNITS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(
                fields=["unit", "-received_at", "-dossier"], name="involvement_newest_of_unit", include=["initials"]
            ),
        ),
        migrations.RunSQL(
            _write_index("involvement_by_words", _OF_UNIT), "DROP INDEX involvement_by_words"
        ),
        migrations.RunSQL(
            _write_index("involvement_by_words_of_all", _OF_DAYS, " WHERE role = 'receives'"),
            "DROP INDEX involvement_by_words_of_all",
        ),
    ]
