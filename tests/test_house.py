"""The rules of the house, executed: docs/house.md says them, this file keeps them."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.dossiers.rules import promise, resting, states, supplement, suspension

HOUSE = Path(__file__).resolve().parent.parent / "motcua"
PACKAGES = sorted(
    p.parent.name
    for p in HOUSE.glob("*/__init__.py")
    if p.parent.name not in {"demo", "bench", "commands", "locale"}
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "managers", "misc", "services", "signals"}
ROOMS_FREE_OF_THE_MODEL_RULE = {"tests", "migrations", "demo", "bench", "commands"}

# Addresses a stranger may open; everything else asks for sign-in.
OPEN_VIEWS = {
    "portal",
    "desk.views.home",
    "accounts.views.sign_in",
    "feedback.views.answering",
    "indices.views.around.public",
    "accounts.views.sign_out",
    "core.health",
    "core.pages",
    "api",
    "integrations.views",
    "django.views.i18n",
    "django.views.static",
    "django.contrib.staticfiles",
}


def _sources() -> Iterator[Path]:
    for path in HOUSE.rglob("*.py"):
        if "migrations" not in path.parts:
            yield path


def _is_test(path: Path) -> bool:
    return "tests" in path.parts


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_in_one_sentence(package: str) -> None:
    text = (HOUSE / package / "__init__.py").read_text(encoding="utf-8")
    sentence = ast.get_docstring(ast.parse(text)) or ""
    assert sentence.endswith(".") and "\n\n" not in sentence, f"{package}: one sentence, please"


def test_no_file_hides_behind_a_name_that_says_nothing() -> None:
    bad = [
        p.relative_to(HOUSE)
        for p in _sources()
        if p.stem in FORBIDDEN_NAMES or p.parent.name in FORBIDDEN_NAMES
    ]
    assert not bad


def _foreign_models(path: Path) -> Iterator[str]:
    own = path.relative_to(HOUSE).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            found = re.match(r"motcua\.(\w+)\.models", name)
            if found and found[1] not in {own, "core"}:
                yield name


def test_tables_of_another_package_are_only_for_foreign_keys() -> None:
    guilty = []
    for path in _sources():
        parts = path.relative_to(HOUSE).parts
        if ROOMS_FREE_OF_THE_MODEL_RULE & set(parts) or len(parts) == 1:
            continue
        if parts[1] == "models" or path.name == "models.py":
            continue
        guilty += [f"{path.relative_to(HOUSE)}: {name}" for name in _foreign_models(path)]
    assert not guilty, "ask its queries and call its actions instead:\n" + "\n".join(guilty)


def test_every_model_is_in_the_glossary() -> None:
    glossary = (HOUSE.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`(\w+)`", glossary))
    ours = {m.__name__ for m in apps.get_models() if m.__module__.startswith("motcua.")}
    assert not (ours - words), f"words without a place in docs/glossary.md: {sorted(ours - words)}"


ARTICLES = HOUSE.parent / "docs" / "articles.md"


def test_every_test_the_page_of_articles_names_is_there() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", ARTICLES.read_text(encoding="utf-8"))
    known = {
        (path.name, node.name)
        for path in HOUSE.rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert len(named) > 30
    assert not (set(named) - known), f"docs/articles.md names no test: {sorted(set(named) - known)}"


def _articles(text: str) -> set[tuple[str, str]]:
    """Document and article of every basis in a sentence; an article holds its clauses, so 19.4 stands under 19."""
    found = set()
    for part in re.split(r"[;:]", text):
        document = re.search(r"\d+/\d{4}/[\w-]+|766/QĐ-TTg", part)
        if document:
            articles = re.search(r"điều ([\d., a-zđ]+)", part)
            numbers = re.findall(r"\d+", re.sub(r"\.\d+\w?", "", articles[1])) if articles else [""]
            found |= {(document[0], number) for number in numbers or [""]}
    return found


def test_every_article_a_drawn_table_stands_on_has_a_row_on_the_page() -> None:
    tables = (states.MOVES, supplement.RULES, promise.RULES, suspension.GROUNDS, resting.RESTS)
    asked = {pair for table in tables for row in table.values() for pair in _articles(row.basis)}
    page = ARTICLES.read_text(encoding="utf-8").splitlines()
    written = {pair for line in page if line.startswith("| ") for pair in _articles(line.split("|")[1])}
    assert asked and not (asked - written), f"docs/articles.md has no row for {sorted(asked - written)}"


def test_no_file_outgrows_its_reader() -> None:
    """Migrations are drawn by a machine and read by one."""
    files = [path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts]
    long = {
        path.relative_to(HOUSE): lines for path in files if (lines := path.read_bytes().count(b"\n")) > 400
    }
    assert not long, f"look again at what these files are about: {long}"


WRITERS = {"core/workbook.py": r"xlsxwriter\.Workbook\(", "dossiers/views/sheets.py": r"\bcsv\.writer\("}


def test_files_leave_the_house_by_one_hand_each() -> None:
    """The one who opens a workbook and the one who writes lines let no cell be a formula; nobody writes past them."""
    for own, call in WRITERS.items():
        found = [
            str(p.relative_to(HOUSE))
            for p in _sources()
            if not _is_test(p) and re.search(call, p.read_text())
        ]
        assert found == [own]


def _actions() -> Iterator[tuple[str, object]]:
    for package in PACKAGES:
        room = HOUSE / package
        names = [f"motcua.{package}.actions"] if (room / "actions.py").exists() else []
        names += [
            f"motcua.{package}.actions.{p.stem}"
            for p in (room / "actions").glob("*.py")
            if p.stem != "__init__"
        ]
        for name in names:
            module = importlib.import_module(name)
            for attribute, value in vars(module).items():
                if inspect.isfunction(value) and value.__module__ == name and not attribute.startswith("_"):
                    yield f"{name}.{attribute}", value


def test_an_act_takes_keywords_actor_first_and_the_moment_last() -> None:
    wrong = []
    for name, function in _actions():
        parameters = list(inspect.signature(function).parameters.values())  # type: ignore[arg-type]
        names = [p.name for p in parameters]
        if "actor" in names and (names[0] != "actor" and names[0:2] != ["what", "actor"]):
            wrong.append(f"{name}: actor comes first")
        if "actor" in names and "at" in names and names[-1] != "at":
            wrong.append(f"{name}: at comes last")
        if "actor" in names and any(
            p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters if p.name not in {"what"}
        ):
            wrong.append(f"{name}: keywords only")
    assert not wrong, "\n".join(wrong)


CLOCKS = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|timezone\.localdate\(\)|time\.time)\b")


def test_rules_and_actions_never_read_the_clock() -> None:
    guilty = []
    for path in _sources():
        parts = set(path.relative_to(HOUSE).with_suffix("").parts)
        if (
            parts & {"rules", "actions"}
            and not _is_test(path)
            and CLOCKS.search(path.read_text(encoding="utf-8"))
        ):
            guilty.append(str(path.relative_to(HOUSE)))
    assert not guilty


def _addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def test_every_address_asks_for_sign_in_unless_it_is_listed() -> None:
    open_addresses = []
    for address, view in _addresses():
        where = f"{getattr(view, '__module__', '')}".removeprefix("motcua.")
        full = f"{where}.{getattr(view, '__name__', '')}"
        listed = any(where.startswith(o) or full.startswith(o) for o in OPEN_VIEWS)
        if not getattr(view, "login_required", True) and not listed:
            open_addresses.append(f"/{address} → {full}")
    assert not open_addresses
