"""The one template language of our pages: Jinja2 with our filters, addresses and words."""

import re
from collections.abc import MutableMapping
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.templatetags.static import static as django_static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, TemplateRuntimeError, pass_context
from jinja2.nodes import Template
from jinja2.runtime import Context
from markupsafe import Markup

from motcua.core import drawing, wording, writing
from motcua.core.compiled import CompiledPages
from motcua.core.folding import Fold, Folding, Later
from motcua.core.marked import MarkingGenerator, mark


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page; an unknown name is an error, so that no dead link is ever shown."""
    if kwargs or len(args) > _MOST or not all(isinstance(arg, str) and _PLAIN.fullmatch(arg) for arg in args):
        return reverse(name, args=args, kwargs=kwargs)
    marks = tuple([_MARKS[n]["." in arg] for n, arg in enumerate(args)])  # type: ignore[operator]
    shape = _find_shape(name, marks, get_urlconf(), get_script_prefix())
    return shape.format(*args) if shape else reverse(name, args=args)


# A list has a hundred addresses of one shape: the shape is asked for once and filled in. The marks stand for any
# plain word, one with a dot or one without (a slug has none); a converter that refuses them leaves no shape and is asked each time.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_MOST = 4
_MARKS = [(f"0_A-mark{n}", f"0.A-mark{n}") for n in range(_MOST)]


@cache
def _find_shape(name: str, marks: tuple[str, ...], urlconf: str | None, prefix: str) -> str:
    """The address with a place for each mark; empty when it has to be asked for each time."""
    try:
        shape = reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    except NoReverseMatch:
        return ""
    for n, one in enumerate(marks):
        shape = shape.replace(one, f"{{{n}}}")
    return shape


def _url_now(name: str, *args: object) -> str:
    try:
        return url(name, *args)
    except NoReverseMatch as fault:
        raise Later from fault


def url_if(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page that may not be installed, or nothing."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


@pass_context
def say(context: Context, message: str, **values: object) -> str:
    """`_("…")` of our templates: the sentence in the reader's language."""
    said = wording.gettext(message, context.environment.language)  # type: ignore[attr-defined]
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


_SPEAKING = (drawing.draw_bar, drawing.draw_row)
"""Drawings with words in them: a template of one language tells them which."""


class Pages(Environment):
    """Our templates; those of one language have its sentences, the drawings and plain addresses written in."""

    language: str | None = None
    """None: whatever language is spoken when a template is filled (letters)."""
    code_generator_class = MarkingGenerator
    mark = staticmethod(mark)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._spoken: dict[tuple[str, ...], Pages] = {}

    def speak(self, language: str) -> "Pages":
        """The same templates in one language, compiled on their own for the addresses of this site."""
        key = (language, settings.ROOT_URLCONF, get_script_prefix())
        spoken = self._spoken.get(key)
        if spoken is None:
            spoken = self._spoken[key] = self.overlay()
            spoken.language = language
            drawn = {one.__name__: partial(one, language=language) for one in _SPEAKING}
            spoken.globals = {**self.globals, **drawn}
        return spoken

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names every template knows, as they are: a template adds none, and a chain of maps is slow to go through."""
        return self.globals if d is None else super().make_globals(d)

    def _generate(self, source: Template, *rest: Any, **named: Any) -> str:
        folds = self._find_folds()
        return super()._generate(Folding(folds).visit(source) if folds else source, *rest, **named)

    def _find_folds(self) -> dict[str, Fold]:
        if self.language is None:
            return {}
        drawn: dict[str, Fold] = {
            "icon_drawing": drawing.icon,
            "_": self._say_now,
            "url": _url_now,
            "url_if": url_if,
        }
        return drawn if settings.DEBUG else drawn | {"static": static}

    def _say_now(self, message: str) -> Markup:
        return Markup(wording.gettext(message, self.language)) % {}


def environment(**options: Any) -> Environment:
    """Jinja2 as every page of ours meets it; named in `settings.TEMPLATES`."""
    # All templates stay: a page opens seven, and a bounded store would put each in order of use again.
    env = Pages(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=CompiledPages(settings.COMPILED_DIR) if settings.COMPILED_DIR else None,
        **options,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    env.globals.update(
        url=url,
        url_if=url_if,
        static=static,
        icon_drawing=drawing.icon,
        need_context=need_context,
        name_choice=wording.name_choice,
        draw_tag=drawing.draw_tag,
        **{one.__name__: one for one in _SPEAKING},
        get_language=get_language,
        _=say,
    )
    return env
