"""Charges of a period are counted: they stand in the order they were made, so that a narrow index is enough."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("payments", "0002_waived_and_voided")]

    operations = [
        migrations.AddIndex(
            model_name="charge",
            index=BrinIndex(fields=["charged_at"], name="payments_charge_moment", pages_per_range=32),
        ),
    ]
