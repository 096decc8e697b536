from django.db import migrations

from motcua.core.chronology import horizon_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0002_chronology")]

    operations = [horizon_sql()]
