"""Every act and reading that is written down has words; the log is searched by them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from motcua.desk.words import TOPICS, WORDS, find_codes, name_entry, name_subject, name_traffic
from motcua.integrations import npsp
from motcua.reports.rules.states import Act as ReportAct

PACKAGE = Path(settings.BASE_DIR) / "motcua"
RECORDERS = {"record", "record_reading"}


def _find_literals() -> Iterator[tuple[str, str]]:
    for path in PACKAGE.rglob("*.py"):
        if {"tests", "bench", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in RECORDERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{path.relative_to(PACKAGE)}:{node.lineno}"


def test_what_goes_between_neighbours_and_what_it_was_upon_have_words() -> None:
    assert {"dossier.status", *npsp.TOPICS.values()} == set(TOPICS)
    assert name_traffic("npsp", "dossier.status") == "Cổng Dịch vụ công quốc gia · trạng thái hồ sơ"
    assert name_subject("dossiers.dossier:12", str) == "Hồ sơ 12"
    assert name_subject("H50.1-261101-0001", str) == "H50.1-261101-0001"


def test_what_is_written_down_has_words() -> None:
    missing = {code: place for code, place in _find_literals() if name_entry(code) == code}
    assert not missing


def test_codes_put_together_have_words_too() -> None:
    assert {f"reports.{act}" for act in ReportAct} <= set(WORDS)
    assert name_entry("dossiers.printed.receipt") == "In giấy tờ"
    assert name_entry("dossiers.hand_over") != "dossiers.hand_over"
    assert name_entry("gone.long_ago") == "gone.long_ago"


def test_the_log_is_searched_by_what_it_says() -> None:
    assert "accounts.signed_in" in find_codes("đăng nhập", str)
    assert find_codes("không có việc này", str) == []
