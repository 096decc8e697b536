"""The one template language of our pages: Jinja2 with our filters, addresses and words."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static as django_static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, TemplateRuntimeError
from markupsafe import Markup

from motcua.core import writing

ICONS = Path(__file__).with_name("icons.json")


@cache
def _drawings() -> dict[str, str]:
    drawings: dict[str, str] = json.loads(ICONS.read_text(encoding="utf-8"))
    return drawings


@cache
def icon(name: str, label: str = "") -> Markup:
    """A vendored drawing, inline; without a label it is decoration. A missing one (tested) leaves its place empty."""
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" {}>{}</svg>'
    ).format(said, Markup(_drawings().get(name, "")))


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page; an unknown name is an error, so that no dead link is ever shown."""
    return reverse(name, args=args, kwargs=kwargs)


def url_if(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page that may not be installed, or nothing."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def static(path: str) -> str:
    """The address of a shipped file; uncollected files are served by their plain names."""
    try:
        return django_static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


def need_context() -> str:
    """Stops a form without its CSRF field: the macros must be imported `with context`."""
    raise TemplateRuntimeError('import "core/macros.html" with context: act_form needs csrf_input')


FILTERS = {
    "day": writing.day,
    "moment": writing.moment,
    "short_moment": writing.short_moment,
    "iso": writing.iso,
    "number": writing.number,
    "money": writing.money,
    "words_left": writing.words_left,
}


def environment(**options: Any) -> Environment:
    """Jinja2 as every page of ours meets it; named in `settings.TEMPLATES`."""
    env = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    env.globals.update(
        url=url,
        url_if=url_if,
        static=static,
        icon_drawing=icon,
        need_context=need_context,
        get_language=get_language,
    )
    return env
