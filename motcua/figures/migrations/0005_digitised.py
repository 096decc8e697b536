"""Whether what is resolved has an electronic result and papers with files, in stays and sums; everything is told anew."""

from django.db import migrations, models

_FLAG = {"default": False, "db_default": False}
_COUNT = {"default": 0, "db_default": 0}


class Migration(migrations.Migration):

    dependencies = [
        ("figures", "0004_by_field_and_behalf"),
    ]

    operations = [
        *(
            migrations.AddField(model_name="stay", name=name, field=models.BooleanField(**_FLAG))
            for name in ("is_electronic", "is_digitised")
        ),
        *(
            migrations.AddField(model_name=model, name=name, field=models.IntegerField(**_COUNT))
            for model in ("daycount", "fieldcount")
            for name in ("electronic", "digitised")
        ),
        *(
            migrations.AddField(model_name="closedcount", name=name, field=models.IntegerField(default=0))
            for name in ("electronic", "digitised")
        ),
        migrations.RunSQL("DELETE FROM figures_cursor", migrations.RunSQL.noop),
    ]
