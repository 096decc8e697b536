"""Sums by field beside those by procedure, and dossiers filed on somebody's behalf; the next reading tells everything anew."""

from django.db import migrations, models

_FIGURES = (
    "received", "reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out", "refused",
    "overdue", "waiting",
)  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("figures", "0003_saved_table"),
        ("dossiers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_on", models.DateField()),
                ("agency_id", models.BigIntegerField()),
                ("category_id", models.IntegerField()),
                ("stock", models.IntegerField()),
                ("overdue", models.IntegerField()),
                ("waiting", models.IntegerField()),
            ],
            options={
                "verbose_name": "số còn lại cuối tháng theo lĩnh vực",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("last_on", "agency_id", "category_id"), name="field_balance_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("agency_id", models.BigIntegerField()),
                ("category_id", models.IntegerField()),
                *((name, models.IntegerField()) for name in _FIGURES),
            ],
            options={
                "verbose_name": "số đếm ngày theo lĩnh vực",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "agency_id", "category_id"), name="field_count_once"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="category", name="category_once"),
        migrations.AddField(
            model_name="category", name="is_behalf", field=models.BooleanField(default=False)
        ),
        migrations.AddField(model_name="category", name="kind_id", field=models.IntegerField(default=0)),
        migrations.AddField(model_name="closedcount", name="new_behalf", field=models.IntegerField(default=0)),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                fields=("procedure_code", "field_code", "channel", "is_behalf"), name="category_once"
            ),
        ),
        migrations.RunSQL(
            ["UPDATE figures_category SET kind_id = 0", "DELETE FROM figures_cursor"], migrations.RunSQL.noop
        ),
    ]
