"""Sums of procedures by quarter, filled from those of months; and the worst late ones are read from their index alone."""

from django.db import migrations, models

_SUMS = ("received", "online", "resolved", "received_there", "done_there")
_FILL = f"""
INSERT INTO figures_quartercount (last_on, agency_id, procedure_id, {", ".join(_SUMS)})
SELECT (date_trunc('quarter', last_on) + interval '2 months 13 days')::date, agency_id, procedure_id,
    {", ".join(f"sum({name})" for name in _SUMS)}
FROM figures_monthcount GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_WORST = "((left_on - COALESCE(overdue_on, left_on)) DESC, dossier_id)"
# The day it left, the first day late and the unit stand beside: few of its entries would be worth reading a row for.
_INDEX = f"CREATE INDEX stay_ended_worst ON figures_stay {_WORST} INCLUDE (left_on, overdue_on, agency_id) WHERE leave = 3"
_BEFORE = f"CREATE INDEX stay_ended_worst ON figures_stay {_WORST} WHERE leave = 3"


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0007_coarser_sums'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuarterCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_on', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('procedure_id', models.IntegerField()),
                ('received', models.IntegerField()),
                ('online', models.IntegerField()),
                ('resolved', models.IntegerField()),
                ('received_there', models.IntegerField()),
                ('done_there', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số đếm quý theo thủ tục',
                'constraints': [models.UniqueConstraint(fields=('last_on', 'agency_id', 'procedure_id'), name='quarter_count_once')],
            },
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.RunSQL(["DROP INDEX stay_ended_worst", _INDEX], ["DROP INDEX stay_ended_worst", _BEFORE]),
    ]
