"""What the inbox shows of a task lies in the indexes of open tasks; what is new to a person has one of its own.

Each is made by reading the table of tasks through once; they hold open tasks alone.
"""

from django.db import migrations, models

IN_POOL = models.Q(("assignee", None), ("done_at", None))
OF_PERSON = models.Q(("assignee__isnull", False), ("done_at", None))
NEW_TO_PERSON = models.Q(("assignee__isnull", False), ("done_at", None), ("taken_at", None))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0029_whole_words_are_seen")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_open_in_pool"),
        migrations.RemoveIndex(model_name="task", name="task_open_of_person"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["unit", "due_at", "id"],
                name="task_open_in_pool",
                include=["post", "kind", "taken_at", "dossier", "name"],
                condition=IN_POOL,
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["assignee", "due_at", "id"],
                name="task_open_of_person",
                include=["unit", "kind", "taken_at", "dossier", "name"],
                condition=OF_PERSON,
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["assignee", "due_at", "id"],
                name="task_new_to_person",
                include=["unit", "kind", "dossier", "name"],
                condition=NEW_TO_PERSON,
            ),
        ),
    ]
