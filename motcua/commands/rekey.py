"""`./run rekey`: encrypted columns brought under the first of MOTCUA_FIELD_KEYS."""

from motcua.commands import manage


def run(arguments: list[str]) -> int:
    """Hand over to the command of this name; afterwards the old key may be dropped."""
    return manage.run(["rekey", *arguments])
