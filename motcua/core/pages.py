"""Turns a template and its facts into an answer; the pages said when something is refused or broken."""

import re
import sys
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from markupsafe import Markup

from motcua.core.jinja import Pages
from motcua.core.losing import LOST
from motcua.core.refusal import Refused
from motcua.core.resending import TOKEN, gather_texts, gather_typed, may_resend

Furnishing = Callable[[HttpRequest], Mapping[str, object]]
_furnishings: list[Furnishing] = []


def furnish(furnishing: Furnishing) -> None:
    """Lets an upper package put something on every full page (counts of the rail); called once, when it is ready."""
    if furnishing not in _furnishings:
        _furnishings.append(furnishing)


def _environment() -> Pages:
    spoken: Pages = engines["jinja2"].env  # type: ignore[attr-defined]
    return spoken.speak(get_language() or settings.LANGUAGE_CODE)


def _common(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    match = getattr(request, "resolver_match", None)
    # Masked once a page, not anew at each of its forms.
    token: Any = SimpleLazyObject(lambda: get_token(request))
    return {
        "request": request,
        "actor": actor,
        "user": getattr(request, "user", None),
        "at": getattr(request, "at", None) or timezone.now(),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "organisation": getattr(settings, "MOTCUA_ORGANISATION", ""),
        "unit_name": getattr(actor, "unit_name", ""),
        "nav": match.view_name if match else "",
        "counts": {},
        "draw_rail": partial(draw_rail, request),
        "csrf_input": SimpleLazyObject(lambda: _write_input(token)),
        "csrf_token": token,
    }


def draw_rail(request: HttpRequest, post: str, counts: object) -> Markup:
    """The side of a page: what waits by tab, where it is known, and the places of the post."""
    here = (_find_opened(request) or request.path).split("?")[0]
    known = tuple(counts.items()) if isinstance(counts, Mapping) else ()
    pages, post = _environment(), str(post)
    place = _find_place(here, _list_places(pages, post))
    return _draw_rail(pages, post, place, bool(place) and place != here, known)


def _find_opened(request: HttpRequest) -> str | None:
    """The page a piece is asked for; looked for only in what htmx sent, since asking it reads every header."""
    htmx = getattr(request, "htmx", None) if "HTTP_HX_REQUEST" in request.META else None
    return htmx.current_url_abs_path if htmx else None


def _find_place(here: str, places: Collection[str]) -> str:
    """The place of the rail a page stands at or below, found by its own address cut from the end; empty for none."""
    while here and here not in places:
        here = here[: here.rstrip("/").rfind("/") + 1]
    return here


@lru_cache(maxsize=64)
def _list_places(pages: Pages, post: str) -> frozenset[str]:
    """The addresses on the rail of a post, read from the rail itself."""
    return frozenset(_ADDRESS.findall(_draw_rail(pages, post, "", False, (("new", 1),)))) - {"/"}


_ADDRESS = re.compile(r' (?:href|data-home)="([^"]+)"')


@lru_cache(maxsize=256)
def _draw_rail(
    pages: Pages, post: str, place: str, is_below: bool, known: tuple[tuple[str, int], ...]
) -> Markup:
    """Whoever stands at the same place in the same post sees the same: it is drawn once.

    The key holds addresses of the rail alone, never that of a page: those have codes in them, or whatever somebody typed.
    """
    facts = {"post": post, "place": place, "is_below": is_below, "known": dict(known)}
    return Markup(pages.get_template("desk/_rail.html").render(facts))  # noqa: S704 - a template of ours


def _write_input(token: object) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', str(token))


def render_fragment(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A piece of a page (`_name.html`), as htmx asks for it: no furnishing, no flash messages."""
    text = _environment().get_template(template).render({**_common(request), **(context or {})})
    return HttpResponse(text, status=status)


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A whole page, with what every page carries: who, when, which language, what waits in the rail."""
    facts = {**_common(request), "messages": get_messages(request)}
    for furnishing in _furnishings:
        facts.update(furnishing(request))
    facts.update(context or {})
    return HttpResponse(_environment().get_template(template).render(facts), status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return render(request, "core/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403: signed in, but not theirs to see."""
    return render(request, "core/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return render(request, "core/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: asks nothing of the database, the session or the static files; a lost database is told as such."""
    is_lost = isinstance(sys.exception(), LOST)
    try:
        facts = _what_was_sent(request)
    except Exception:  # What was sent may be what broke; then the way back is all that is offered.
        facts = {}
    text = _environment().get_template("core/500.html").render(is_lost=is_lost, token=TOKEN, **facts)
    return HttpResponse(text, status=503 if is_lost else 500)


def refused(request: HttpRequest, refusal: Refused, status: int) -> HttpResponse:
    """The page of a refusal that no form says; sentences that were typed stand on it, to be copied."""
    facts = {"refusal": refusal, "texts": gather_texts(request)}
    return render(request, "core/refused.html", facts, status=status)


def database_lost(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A form sent while the database was away: what was typed waits on this page until it is back."""
    return _offer_again(request, "core/503_lost.html", 503, refusal=refusal)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the page was open too long, or came from elsewhere; what was typed here is offered again."""
    return _offer_again(request, "core/403_csrf.html")


def session_ended(request: HttpRequest) -> HttpResponse:
    """A form sent by somebody who is signed in no more: what was typed waits on this page until they are."""
    return _offer_again(request, "core/403_ended.html")


def _offer_again(request: HttpRequest, template: str, status: int = 403, **more: object) -> HttpResponse:
    return render(request, template, {**_what_was_sent(request), **more}, status=status)


def _what_was_sent(request: HttpRequest) -> dict[str, object]:
    typed = gather_typed(request) if may_resend(request) else []
    return {
        "typed": typed,
        "action": request.get_full_path(),
        "has_files": bool(typed and request.FILES),
        # For the page that may ask nothing of the session: the token that came with what was typed.
        "sent_token": request.POST.get(TOKEN, "") if typed else "",
    }
