"""What the office of the tests begins with, made in one process: what every installation has, and the demonstration.

`python -m tests.furnishing COUNT`, as the owner of the tables.
"""

import os
import sys

import django


def main(count: int) -> None:
    """Prepare as the first start does, and load so many dossiers instead of the usual number."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    from django.core.management import call_command

    from motcua.commands.prepare import prepare

    prepare(with_demonstration=False)
    call_command("load_demonstration", count=count)


if __name__ == "__main__":
    main(int(sys.argv[1]))
