"""The words of a message: text templates with their first day, Vietnamese and then English.

``notifications/<template>/<first day>.<language>.txt``; the first line is the subject. ``….sms.txt`` is the short form,
Vietnamese without accents, which fits one SMS. A package above may ship its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.template import engines
from django.utils.translation import override
from jinja2 import Environment, TemplateNotFound

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: one line and a text."""

    subject: str
    text: str


def write(template: str, on: date, facts: Mapping[str, object]) -> Letter:
    """The message in the words that hold on a day, in both languages under the Vietnamese subject.

    :raises LookupError: no words of this name hold on that day.
    """
    path = _path(template, on)
    vietnamese, english = (_render(f"{path}.{language}.txt", language, facts) for language in LANGUAGES)
    subject, text = _split(vietnamese)
    return Letter(subject, f"{text}\n\n----------\n{english}\n")


def write_text(template: str, on: date, facts: Mapping[str, object], *, way: str) -> str:
    """The same for a telephone: the short form by SMS, the Vietnamese text by Zalo.

    :raises LookupError: no words of this name hold on that day.
    """
    path = _path(template, on)
    try:
        return _render(f"{path}.{'sms' if way == 'sms' else 'vi'}.txt", "vi", facts)
    except TemplateNotFound as fault:
        raise LookupError(f"no short words for {template}") from fault


def read_moment(text: object) -> datetime | None:
    """A moment among the parameters of a message, which are kept as text."""
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


@cache
def _environment() -> Environment:
    """The templates of the house, as plain text: nothing is escaped."""
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env.overlay(autoescape=False)


@cache
def _first_days(template: str) -> list[date]:
    lead = f"notifications/{template}/"
    names = [name.removeprefix(lead) for name in _environment().list_templates() if name.startswith(lead)]
    return sorted({date.fromisoformat(name.split(".")[0]) for name in names})


def _path(template: str, on: date) -> str:
    days = [day for day in _first_days(template) if day <= on]
    if not days:
        raise LookupError(f"no words for {template} on {on:%Y-%m-%d}")
    return f"notifications/{template}/{days[-1]:%Y-%m-%d}"


def _render(path: str, language: str, facts: Mapping[str, object]) -> str:
    with override(language):
        text = (
            _environment()
            .get_template(path)
            .render(public_url=settings.MOTCUA_PUBLIC_URL.rstrip("/"), **facts)
        )
    return text.strip()


def _split(text: str) -> tuple[str, str]:
    subject, _, rest = text.partition("\n")
    return subject.strip(), rest.strip()
