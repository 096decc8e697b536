"""Drawing one model at a time says the same to the database as drawing everything related to it."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from motcua.core.management.commands.migrate import sparing

_OPERATIONS = [
    migrations.CreateModel("House", [("id", models.BigAutoField(primary_key=True)), ("no", models.IntegerField())]),
    migrations.CreateModel(
        "Room",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("house", models.ForeignKey("core.House", models.PROTECT, related_name="rooms")),
        ],
    ),
    migrations.AddField("House", "code", models.CharField(max_length=9, unique=True)),
    migrations.AddField("Room", "of_code", models.ForeignKey("core.House", models.PROTECT, to_field="code", null=True)),
    migrations.AddField("House", "kept_by", models.ManyToManyField("core.Room")),
    migrations.AddIndex("House", models.Index(fields=["no"], name="house_by_no")),
    migrations.AddConstraint("Room", models.UniqueConstraint(fields=["house", "of_code"], name="room_once")),
    migrations.AlterField("House", "no", models.CharField(max_length=20)),
    # Columns other tables point at: their own columns change with them.
    migrations.AlterField("House", "code", models.IntegerField(unique=True)),
    migrations.AlterField("House", "id", models.CharField(max_length=40, primary_key=True)),
    migrations.RemoveField("House", "no"),
    migrations.RemoveField("House", "kept_by"),
    migrations.DeleteModel("Room"),
]  # fmt: skip


class _Told(migrations.RunPython):
    """Python code of a migration, which notes what it meets."""

    reduces_to_sql = True
    met: list[tuple[list[str], bool]] = []


def _meet(apps: object, editor: object) -> None:
    known = {model.__name__: model for model in apps.get_models()}  # type: ignore[attr-defined]
    house, room = known["House"], known.get("Room")
    # A row of the one must be accepted where the other points at it.
    is_joined = room is None or room._meta.get_field("house").related_model is house
    _Told.met.append((sorted(field.name for field in house._meta.get_fields()), is_joined))


@contextlib.contextmanager
def _as_django() -> Iterator[None]:
    yield


def _write_down(manner: object) -> list[str]:
    """The statements of all operations, none of them carried out."""
    migration = migrations.Migration("written_down", "core")
    migration.operations = [step for each in _OPERATIONS for step in (each, _Told(_meet))]
    state = ProjectState()
    assert state.apps
    with manner(), connection.schema_editor(collect_sql=True, atomic=False) as editor:  # type: ignore[operator]
        migration.apply(state, editor)
    return [line for line in editor.collected_sql if not line.startswith("--")]


@pytest.mark.django_db
def test_the_statements_and_what_code_meets_are_the_same() -> None:
    written, met = [], []
    for manner in (_as_django, sparing):
        _Told.met = []
        written.append(_write_down(manner))
        met.append(_Told.met)
    assert (
        "rooms" in met[0][1][0] and "rooms" not in met[0][-1][0] and all(joined for _names, joined in met[0])
    )
    assert len(written[0]) > 15 and any("of_code_id" in line and "TYPE" in line for line in written[0])
    assert written[0] == written[1]
    assert met[0] == met[1]
