from django.db import migrations

from motcua.core.chronology import chronology_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = chronology_sql()
