"""`./run worker`: the process that does what was put down for later."""

import os

import django


def run(arguments: list[str]) -> int:
    """Work until stopped; the database is the one of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    from motcua.schedule import work

    work()
    return 0
