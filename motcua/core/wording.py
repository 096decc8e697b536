"""Sentences in the reader's language, kept once they have been looked up: a page of fifty lines asks for hundreds."""

from django.utils import translation

_said: dict[tuple[str | None, str], str] = {}


def gettext(message: str) -> str:
    """As Django's: what the catalogues say does not change while the process runs."""
    key = (translation.get_language(), message)
    said = _said.get(key)
    if said is None:
        said = _said[key] = translation.gettext(message)
    return said
