"""A page is compiled once for a folder, a language and the names of files; without room it is drawn all the same."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader
from jinja2.nodes import Template

from motcua.core import jinja
from motcua.core.jinja import Pages

PAGE = {"page.html": "<p>{{ _('Tiếp nhận hồ sơ') }} {{ static('core/motcua.css') }}</p>"}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The languages of the pages that were compiled and not read."""
    languages: list[str | None] = []
    generate = Pages._generate

    def count(self: Pages, source: Template, *rest: Any, **named: Any) -> str:
        languages.append(self.language)
        return generate(self, source, *rest, **named)

    monkeypatch.setattr(Pages, "_generate", count)
    return languages


def draw(language: str) -> str:
    """The page as a process that has just started draws it."""
    pages = jinja.environment(loader=DictLoader(PAGE), autoescape=True)
    return pages.speak(language).get_template("page.html").render()  # type: ignore[attr-defined]


def test_a_second_start_reads_what_the_first_compiled(
    compiled: list[str | None], tmp_path: Path, settings: Any
) -> None:
    settings.COMPILED_DIR = str(tmp_path)
    first = draw("vi"), draw("en")
    assert (draw("vi"), draw("en")) == first and first[0] != first[1]
    assert compiled == ["vi", "en"]


def test_other_names_of_files_are_another_page(
    compiled: list[str | None], tmp_path: Path, settings: Any
) -> None:
    settings.COMPILED_DIR = str(tmp_path)
    draw("vi")
    settings.DEBUG = True
    draw("vi")
    assert compiled == ["vi", "vi"]


@pytest.mark.parametrize("place", ["", "not there"])
def test_without_a_folder_each_start_compiles(
    place: str, compiled: list[str | None], tmp_path: Path, settings: Any
) -> None:
    settings.COMPILED_DIR = place and str(tmp_path / place)
    assert draw("vi") == draw("vi")
    assert compiled == ["vi", "vi"]


def test_a_page_that_is_broken_on_the_disk_is_compiled_anew(
    compiled: list[str | None], tmp_path: Path, settings: Any
) -> None:
    settings.COMPILED_DIR = str(tmp_path)
    said = draw("vi")
    for kept in tmp_path.iterdir():
        kept.write_bytes(kept.read_bytes()[:-40])
    assert draw("vi") == said
    assert compiled == ["vi", "vi"]
