"""Sentences in the reader's language, kept once they have been looked up: a page of fifty lines asks for hundreds."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.db import models
from django.utils import translation

_said: dict[tuple[str | None, str], str] = {}


def gettext(message: str, language: str | None = None) -> str:
    """As Django's: what the catalogues say does not change while the process runs.

    :param language: when the caller knows it; asking which one is spoken costs more than the sentence.
    """
    if not message:
        return ""
    key = (language or translation.get_language(), message)
    said = _said.get(key)
    if said is None:
        with translation.override(key[0]):
            said = _said[key] = translation.gettext(message)
    return said


def speak() -> Callable[[str], str]:
    """The same for many sentences at once: which language is spoken is asked once."""
    return partial(gettext, language=translation.get_language())


def name_choice(row: models.Model, name: str) -> str:
    """What a field's value is called, as `row.get_…_display()` says it; that one makes a table of all choices each time."""
    held = getattr(row, name)
    return str(_find_choices(type(row), name).get(held, held))


@cache
def _find_choices(model: type[models.Model], name: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
