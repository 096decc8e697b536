"""Names turned so that each two of their words come first: what held each word once is written anew (decision 35)."""

from django.db import migrations, models

# As `people.rules.turn_name` does from now on. A name of up to six words by pairs, a longer one word by word.
PAIRS = r"""
INSERT INTO people_namesuffix (suffix, name_id)
SELECT DISTINCT concat_ws(' ', a.word, b.word, rest.words) || ' ', n.id
FROM (SELECT id, string_to_array(folded, ' ') AS words FROM people_name WHERE folded <> '') n
CROSS JOIN LATERAL unnest(n.words) WITH ORDINALITY AS a(word, place)
LEFT JOIN LATERAL unnest(n.words) WITH ORDINALITY AS b(word, place) ON b.place <> a.place
CROSS JOIN LATERAL (
    SELECT string_agg(c.word, ' ' ORDER BY c.place) FROM unnest(n.words) WITH ORDINALITY AS c(word, place)
    WHERE c.place <> a.place AND c.place <> b.place
) AS rest(words)
WHERE array_length(n.words, 1) <= 6 AND (b.place IS NOT NULL OR array_length(n.words, 1) = 1)
"""
LONG = r"""
INSERT INTO people_namesuffix (suffix, name_id)
SELECT DISTINCT '~' || array_to_string(n.words[w:] || n.words[:w - 1], ' ') || ' ', n.id
FROM (SELECT id, string_to_array(folded, ' ') AS words FROM people_name) n
CROSS JOIN LATERAL generate_series(1, array_length(n.words, 1)) AS w
WHERE array_length(n.words, 1) > 6
"""
_EMPTY = "TRUNCATE people_namesuffix RESTART IDENTITY"


def _refer(*, is_checked: bool) -> migrations.AlterField:
    """All entries are checked against their names at once when they are there, not each as it comes."""
    to_name = models.ForeignKey(
        "people.name", models.CASCADE, db_index=False, db_constraint=is_checked
    )
    return migrations.AlterField("namesuffix", "name", to_name)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="namesuffix", name="people_name_by_words"),
        migrations.AlterField(
            model_name="namesuffix", name="suffix", field=models.CharField(max_length=302)
        ),
        _refer(is_checked=False),
        migrations.RunSQL([_EMPTY, PAIRS, LONG], migrations.RunSQL.noop),
        _refer(is_checked=True),
        migrations.AddIndex(
            model_name="namesuffix",
            index=models.Index(
                fields=["suffix", "name"],
                name="people_name_by_words",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ),
    ]
