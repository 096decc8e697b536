"""The words after a command: read by argparse, and what is wrong with them said in both languages with what to give."""

import argparse
import re
from collections.abc import Callable
from typing import NoReturn

from motcua.embedded.trouble import Trouble

_BOTH = re.compile(r"\s+/\s+")
Said = tuple[str, str]


class Mistyped(Trouble):
    """Words a command does not take, or too few of them; the status is that of the shell's own commands."""

    status = 2


class Parser(argparse.ArgumentParser):
    """Argparse with its mistakes and its help in Vietnamese and English.

    Each argument has a help of two halves parted by ` / `; they are quoted where the argument is missing.
    """

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False)
        self._positionals.title, self._optionals.title = "Phải có / to give", "Tùy chọn / options"
        self.add_argument("-h", "--help", action="help", help="trang này / this page")

    def error(self, message: str) -> NoReturn:
        """:raises Mistyped: always; what is wrong, and how the command is typed."""
        vi, en = self._say(message)
        usage = " ".join(self.format_usage().removeprefix("usage: ").split())
        raise Mistyped(vi, f"{en}\n\nCách gõ / usage: {usage}\n{self.prog} --help")

    def format_help(self) -> str:
        """The page of a command, its first word in both languages."""
        return super().format_help().replace("usage:", "Cách gõ / usage:", 1)

    def _say(self, message: str) -> Said:
        if found := re.fullmatch(r"the following arguments are required: (.+)", message):
            missing = [self._describe(name) for name in found[1].split(", ")]
            return (
                f"Thiếu {'; '.join(vi for vi, _en in missing)}.",
                f"Missing: {'; '.join(en for _vi, en in missing)}.",
            )
        for pattern, say in MISTAKES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                return say(found)
        return f"Không hiểu: {message}", f"Not understood: {message}"

    def _describe(self, name: str) -> Said:
        """An argument with what it is."""
        words = next((a.help for a in self._actions if name in (a.metavar, a.dest) and a.help), "") or ""
        vi, *en = _BOTH.split(words, maxsplit=1)
        return (f"{name} ({vi})", f"{name} ({en[0] if en else vi})") if vi else (name, name)


def _both(vi: str, en: str) -> Callable[[re.Match[str]], Said]:
    return lambda found: (vi.format(*found.groups()), en.format(*found.groups()))


# What argparse says, in its own English (Python 3.11 and 3.12), and what we say instead.
MISTAKES: tuple[tuple[str, Callable[[re.Match[str]], Said]], ...] = (
    (
        r"unrecognized arguments: (.+)",
        _both("Lệnh này không nhận “{0}”.", "This command does not take “{0}”."),
    ),
    (
        r"argument (\S+): expected (?:one|at least one) argument",
        _both("Sau {0} phải có một giá trị.", "{0} needs a value after it."),
    ),
    (
        r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)",
        _both("“{1}” không phải một {0}; chọn một trong: {2}.", "“{1}” is no {0}; choose one of: {2}."),
    ),
    (
        r"argument (\S+): invalid int value: '(.*)'",
        _both("Sau {0} phải là số, không phải “{1}”.", "{0} takes a number, not “{1}”."),
    ),
    (
        r"argument (\S+): invalid fromisoformat value: '(.*)'",
        _both(
            "Sau {0} phải là ngày viết như 2026-01-31, không phải “{1}”.",
            "{0} takes a day such as 2026-01-31, not “{1}”.",
        ),
    ),
    (
        r"argument (\S+): invalid \w+ value: '(.*)'",
        _both("“{1}” không dùng được sau {0}.", "“{1}” cannot be used after {0}."),
    ),
    (
        r"argument (\S+): ignored explicit argument '(.*)'",
        _both("{0} không nhận giá trị “{1}”.", "{0} takes no value “{1}”."),
    ),
    (
        r"ambiguous option: (\S+) could match (.+)",
        _both("{0} có thể là {1}: gõ đủ chữ.", "{0} may be {1}: type it in full."),
    ),
    # A sentence of our own (`options.port`) already says it in both languages.
    (r"argument (\S+): (.+?) / (.+)", _both("{0}: {1}", "{0}: {2}")),
    (r"argument (\S+): (.+)", _both("{0}: {1}", "{0}: {1}")),
)
