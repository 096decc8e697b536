import django.db.models.deletion
from django.db import migrations, models

_FILL = """
UPDATE dossiers_involvement i SET name_id = d.name_id FROM dossiers_dossier d WHERE d.id = i.dossier_id
"""


class Migration(migrations.Migration):

    # The rows are filled in one transaction and their table changed in the next: PostgreSQL does not alter a table
    # whose references still wait to be checked.
    atomic = False

    dependencies = [
        ('dossiers', '0003_printing'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='involvement',
            name='name',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.name'),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='involvement',
            name='name',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.name'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(fields=['unit', 'name', '-received_at', '-dossier'], name='involvement_by_name'),
        ),
    ]
