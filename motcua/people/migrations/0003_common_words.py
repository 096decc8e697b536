"""Which words many names hold is kept, so that a search knows how to go about them (decision 37)."""

from django.db import migrations, models

# As `people.actions.count_common_words` does every night: what is kept already is counted at once.
COUNT = (
    """INSERT INTO people_commonwords (words, names) SELECT counted.words, count(*)
    FROM people_namesuffix s CROSS JOIN LATERAL (
        SELECT split_part(s.suffix, ' ', 1) || ' ' || CASE WHEN left(s.suffix, 1) = '~' THEN ''
               WHEN split_part(s.suffix, ' ', 2) = '' THEN '' ELSE split_part(s.suffix, ' ', 2) || ' ' END
    ) AS counted(words) GROUP BY 1 HAVING count(*) >= 300""",
    """INSERT INTO people_commonwords (words, names) SELECT counted.words, count(*)
    FROM (
        SELECT '=' || unnest(string_to_array(folded, ' ')) || ' ' FROM people_name
    ) AS counted(words) GROUP BY 1 HAVING count(*) >= 300""",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_names_by_two_words")]

    operations = [
        migrations.CreateModel(
            name="CommonWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=302)),
                ("names", models.IntegerField()),
            ],
            options={
                "verbose_name": "từ thường gặp trong họ tên",
                "indexes": [
                    models.Index(
                        fields=["words"], name="people_common_by_words", opclasses=["text_pattern_ops"]
                    ),
                ],
            },
        ),
        migrations.RunSQL(list(COUNT), migrations.RunSQL.noop),
    ]
