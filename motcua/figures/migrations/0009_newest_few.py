"""Stays that are few among all know when their dossier was received, so that lists of them are walked newest first."""

from django.db import migrations, models
from django.db.models import Q

# One row in twelve; about ten seconds for a million dossiers.
_FILL = """
UPDATE figures_stay s SET received_at = d.received_at FROM dossiers_dossier d
WHERE d.id = s.dossier_id AND (s.leave > 2 OR s.enter > 1 OR s.is_waiting OR s.overdue_on IS NOT NULL)
"""
_NEWEST = ["-received_at", "-dossier_id"]


class Migration(migrations.Migration):

    dependencies = [("figures", "0008_by_quarter")]

    operations = [
        migrations.AddField(
            model_name="stay", name="received_at", field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=_NEWEST, name="stay_late_newest", condition=Q(leave=3)),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=_NEWEST, name="stay_overdue_newest", condition=Q(overdue_on__isnull=False)),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=_NEWEST, name="stay_waiting_newest", condition=Q(is_waiting=True)),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                fields=_NEWEST,
                name="stay_apart_newest",
                condition=Q(leave__in=(4, 5, 6, 7)) | Q(enter__in=(2, 3, 4)),
            ),
        ),
        # What it is like is known at once: the server would look by itself only after a tenth of the table had changed.
        migrations.RunSQL("ANALYZE figures_stay", migrations.RunSQL.noop),
    ]
