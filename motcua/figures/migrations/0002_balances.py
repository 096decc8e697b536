"""What was held at the end of each month; months made one row before are reckoned once more by the next reading."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Balance",
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
                "verbose_name": "số còn lại cuối tháng",
                "constraints": [
                    models.UniqueConstraint(fields=("last_on", "agency_id", "category_id"), name="balance_once")
                ],
            },
        ),
        migrations.RunSQL("UPDATE figures_cursor SET compacted_on = NULL", migrations.RunSQL.noop),
    ]
