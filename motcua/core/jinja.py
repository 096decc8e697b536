"""The one template language of our pages: Jinja2 with our filters, addresses and words."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static as django_static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, TemplateRuntimeError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from motcua.core import wording, writing

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
    if kwargs or not all(isinstance(arg, str) and _PLAIN.fullmatch(arg) for arg in args):
        return reverse(name, args=args, kwargs=kwargs)
    shape = _find_shape(name, len(args), get_urlconf(), get_script_prefix())
    return shape.format(*args) if shape else reverse(name, args=args)


# A list has a hundred addresses of one shape: the shape is asked for once and filled in. The marks stand for any
# plain word; a converter that refuses them leaves no shape and is asked each time.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_MARKS = tuple(f"0.A-mark{n}" for n in range(4))


@cache
def _find_shape(name: str, count: int, urlconf: str | None, prefix: str) -> str:
    """The address with a place for each argument; empty when it has to be asked for each time."""
    marks = _MARKS[:count]
    if len(marks) < count:
        return ""
    try:
        shape = reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    except NoReverseMatch:
        return ""
    for n, mark in enumerate(marks):
        shape = shape.replace(mark, f"{{{n}}}")
    return shape


def url_if(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page that may not be installed, or nothing."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


@pass_context
def say(context: Context, message: str, **values: object) -> str:
    """`_("…")` of our templates: the sentence in the reader's language."""
    said = wording.gettext(message)
    # As the extension does: what the translation says is markup, what is filled in is not.
    return (Markup(said) if context.eval_ctx.autoescape else said) % values


def static(path: str) -> str:
    """The address of a shipped file; uncollected files are served by their plain names."""
    if settings.DEBUG:
        return _find_static(path)
    return _find_static_once(path)


def _find_static(path: str) -> str:
    try:
        return django_static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


_find_static_once = cache(_find_static)


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
        _=say,
    )
    return env
