"""`./run rekey`: encrypted columns brought under the first of MOTCUA_FIELD_KEYS."""

from motcua.commands import manage
from motcua.commands.options import new_parser


def run(arguments: list[str]) -> int:
    """Hand over to the command of this name; afterwards the old key may be dropped."""
    new_parser("rekey", "Đổi khóa mã hóa / encrypt anew").parse_args(arguments)
    return manage.run_installed(["rekey"])
