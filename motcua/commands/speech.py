"""How the command line speaks: Vietnamese first, then English, never a traceback for a person's trouble."""

import sys

from motcua.embedded.trouble import Trouble


def say(*lines: str) -> None:
    """Print lines at once, even into a pipe."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def complain(trouble: Trouble) -> None:
    """Print what is wrong and the way out."""
    sys.stderr.write(f"\n{trouble.vi}\n{trouble.en}\n")
    sys.stderr.flush()
