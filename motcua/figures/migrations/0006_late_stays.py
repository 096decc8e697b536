"""Late stays are few among all: narrow indexes, so that who is late is found without going through the others."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("figures", "0005_digitised")]

    operations = [
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["left_on"], name="stay_ended_late", condition=Q(leave=3)),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                fields=["overdue_on"],
                name="stay_overdue",
                condition=Q(left_on__isnull=True, overdue_on__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                fields=["left_on"],
                name="stay_was_overdue",
                condition=Q(left_on__isnull=False, overdue_on__isnull=False),
            ),
        ),
    ]
