"""The words of a name, and how they begin, beside the dossier (decisions 35 and 37).

The column is written by making the table anew, which leaves nothing behind as millions of updated rows would: the name of
each dossier is looked up in a table of this migration. It needs as much room again as the table has.
"""

from django.db import migrations, models

# As `people.rules.gather_initials` does; punctuation is none of a word's letters.
FUNCTIONS = r"""
CREATE FUNCTION pg_temp.letter_bit(letters text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE number bigint := 0;
BEGIN
    FOR place IN 1..length(letters) LOOP number := (number * 25 + ascii(substr(letters, place, 1))) % 63; END LOOP;
    RETURN 1::bigint << number::int;
END $$;
CREATE FUNCTION pg_temp.initials(folded text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(bit_or(pg_temp.letter_bit(left(word || ' ', 2)) | pg_temp.letter_bit(word || ' ')), 0)
    FROM unnest(string_to_array(regexp_replace(folded, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+',
                                               ' ', 'g'), ' ')) AS word
    WHERE word <> ''
$$;
"""
_DOSSIERS = r"""
CREATE TEMP TABLE initials_of_name ON COMMIT DROP AS
    SELECT id, folded, pg_temp.initials(folded) AS initials FROM people_name;
ALTER TABLE initials_of_name ADD PRIMARY KEY (id);
ANALYZE initials_of_name;
CREATE FUNCTION pg_temp.initials_of(asked bigint, said text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE kept record;
BEGIN
    SELECT folded, initials INTO kept FROM pg_temp.initials_of_name WHERE id = asked;
    RETURN CASE WHEN kept.folded = said THEN kept.initials ELSE pg_temp.initials(said) END;
END $$;
ALTER TABLE dossiers_dossier ALTER COLUMN initials TYPE bigint USING pg_temp.initials_of(name_id, applicant_folded);
DROP FUNCTION pg_temp.initials_of, pg_temp.initials, pg_temp.letter_bit;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0026_newest_are_seen"), ("people", "0003_common_words")]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_newest"),
        migrations.RunSQL(FUNCTIONS + _DOSSIERS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["-received_at", "-id"], name="dossier_newest", include=["initials"]),
        ),
    ]
