"""Sums by unit, of the whole, by month and procedure, of marks and of officers.

What follows from sums that are kept already is filled here, so that pages have their figures at once; for marks and officers
the next reading tells everything anew, and what was kept is read until it is done.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

_FIGURES = (
    "received", "reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out", "refused",
    "electronic", "digitised", "overdue", "waiting",
)  # fmt: skip
_SUMS = ", ".join(f"sum(c.{name})" for name in _FIGURES)
_FILL = [
    """UPDATE figures_category k SET
    way_id = (SELECT min(o.id) FROM figures_category o WHERE o.channel = k.channel AND o.is_behalf = k.is_behalf),
    procedure_id = (SELECT min(o.id) FROM figures_category o WHERE o.procedure_code = k.procedure_code)""",
    f"""INSERT INTO figures_unitcount (day, agency_id, category_id, {", ".join(_FIGURES)})
    SELECT c.day, c.agency_id, k.way_id, {_SUMS} FROM figures_fieldcount c JOIN figures_category k ON k.id = c.category_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
    f"""INSERT INTO figures_wholecount (day, agency_id, category_id, {", ".join(_FIGURES)})
    SELECT c.day, 0, c.category_id, {_SUMS} FROM figures_daycount c GROUP BY 1, 3 ORDER BY 1, 3""",
    """INSERT INTO figures_unitbalance (last_on, agency_id, category_id, stock, overdue, waiting)
    SELECT c.last_on, c.agency_id, k.way_id, sum(c.stock), sum(c.overdue), sum(c.waiting)
    FROM figures_fieldbalance c JOIN figures_category k ON k.id = c.category_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
    """INSERT INTO figures_wholebalance (last_on, agency_id, category_id, stock, overdue, waiting)
    SELECT c.last_on, 0, c.category_id, sum(c.stock), sum(c.overdue), sum(c.waiting) FROM figures_balance c
    GROUP BY 1, 3 ORDER BY 1, 3""",
    """INSERT INTO figures_monthcount (last_on, agency_id, procedure_id, received, online, resolved, received_there, done_there)
    SELECT (date_trunc('month', c.day - 14) + interval '1 month 13 days')::date, c.agency_id, k.procedure_id, sum(c.received),
        COALESCE(sum(c.received) FILTER (WHERE k.channel IN ('online', 'online_assisted')), 0),
        sum(c.early + c.on_time + c.late), 0, 0
    FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id
    WHERE c.received <> 0 OR c.early <> 0 OR c.on_time <> 0 OR c.late <> 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
    "UPDATE figures_cursor SET is_to_retell = true",
    # The latest of late ones first, so that the worst are found without ordering all of them.
    """CREATE INDEX stay_ended_worst ON figures_stay ((left_on - COALESCE(overdue_on, left_on)) DESC, dossier_id)
    WHERE leave = 3""",
]


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0006_late_stays'),
    ]

    operations = [
        migrations.AddField(
            model_name='category',
            name='procedure_id',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='category',
            name='way_id',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='cursor',
            name='is_to_retell',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='daycount',
            name='done_there',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='daycount',
            name='received_there',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='fieldcount',
            name='done_there',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='fieldcount',
            name='received_there',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='stay',
            name='contacts',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stay',
            name='is_done_there',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='stay',
            name='is_received_there',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='stay',
            name='step_mark',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='stay',
            name='worked',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None),
        ),
        migrations.CreateModel(
            name='MarkCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('user_id', models.BigIntegerField()),
                ('leave', models.SmallIntegerField()),
                ('mark', models.SmallIntegerField()),
                ('contacts', models.SmallIntegerField()),
                ('count', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số hồ sơ theo dấu',
                'constraints': [models.UniqueConstraint(fields=('day', 'agency_id', 'user_id', 'leave', 'mark', 'contacts'), name='mark_count_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthCount',
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
                'verbose_name': 'số đếm tháng theo thủ tục',
                'constraints': [models.UniqueConstraint(fields=('last_on', 'agency_id', 'procedure_id'), name='month_count_once')],
            },
        ),
        migrations.CreateModel(
            name='OfficerCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('user_id', models.BigIntegerField()),
                ('person_name', models.CharField(max_length=120)),
                ('unit_name', models.CharField(max_length=200)),
                ('received', models.IntegerField()),
                ('acts', models.IntegerField()),
                ('dossiers', models.IntegerField()),
            ],
            options={
                'verbose_name': 'việc của cán bộ trong ngày',
                'constraints': [models.UniqueConstraint(fields=('day', 'agency_id', 'user_id'), name='officer_count_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitBalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_on', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('category_id', models.IntegerField()),
                ('stock', models.IntegerField()),
                ('overdue', models.IntegerField()),
                ('waiting', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số còn lại cuối tháng theo đơn vị',
                'constraints': [models.UniqueConstraint(fields=('last_on', 'agency_id', 'category_id'), name='unit_balance_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('category_id', models.IntegerField()),
                ('received', models.IntegerField()),
                ('reopened', models.IntegerField()),
                ('moved_in', models.IntegerField()),
                ('early', models.IntegerField()),
                ('on_time', models.IntegerField()),
                ('late', models.IntegerField()),
                ('withdrawn', models.IntegerField()),
                ('stopped', models.IntegerField()),
                ('moved_out', models.IntegerField()),
                ('refused', models.IntegerField()),
                ('electronic', models.IntegerField(db_default=0, default=0)),
                ('digitised', models.IntegerField(db_default=0, default=0)),
                ('received_there', models.IntegerField(db_default=0, default=0)),
                ('done_there', models.IntegerField(db_default=0, default=0)),
                ('overdue', models.IntegerField()),
                ('waiting', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số đếm ngày theo đơn vị',
                'constraints': [models.UniqueConstraint(fields=('day', 'agency_id', 'category_id'), name='unit_count_once')],
            },
        ),
        migrations.CreateModel(
            name='WholeBalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_on', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('category_id', models.IntegerField()),
                ('stock', models.IntegerField()),
                ('overdue', models.IntegerField()),
                ('waiting', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số còn lại cuối tháng toàn tỉnh',
                'constraints': [models.UniqueConstraint(fields=('last_on', 'agency_id', 'category_id'), name='whole_balance_once')],
            },
        ),
        migrations.CreateModel(
            name='WholeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('category_id', models.IntegerField()),
                ('received', models.IntegerField()),
                ('reopened', models.IntegerField()),
                ('moved_in', models.IntegerField()),
                ('early', models.IntegerField()),
                ('on_time', models.IntegerField()),
                ('late', models.IntegerField()),
                ('withdrawn', models.IntegerField()),
                ('stopped', models.IntegerField()),
                ('moved_out', models.IntegerField()),
                ('refused', models.IntegerField()),
                ('electronic', models.IntegerField(db_default=0, default=0)),
                ('digitised', models.IntegerField(db_default=0, default=0)),
                ('received_there', models.IntegerField(db_default=0, default=0)),
                ('done_there', models.IntegerField(db_default=0, default=0)),
                ('overdue', models.IntegerField()),
                ('waiting', models.IntegerField()),
            ],
            options={
                'verbose_name': 'số đếm ngày toàn tỉnh',
                'constraints': [models.UniqueConstraint(fields=('day', 'agency_id', 'category_id'), name='whole_count_once')],
            },
        ),
        migrations.RunSQL(_FILL, "DROP INDEX stay_ended_worst"),
    ]
