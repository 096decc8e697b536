"""What was typed on a page that came back too late: offered once more with a fresh token instead of being lost."""

from urllib.parse import urlsplit

from django.http import HttpRequest

# What belongs to the old page alone, and what an empty form carries too: neither was typed by anybody.
TOKEN = "csrfmiddlewaretoken"
SHORTEST_TEXT = 15
UNTYPED = frozenset({TOKEN, "idempotency_key", "next"})


def gather_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Each field and value as sent, with the key of the call, without its token and without any password."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != TOKEN and "password" not in name
        for value in values
    ]


def gather_texts(request: HttpRequest) -> list[str]:
    """The sentences among what was typed: what nobody wants to write twice."""
    if not may_resend(request):
        return []
    found = (value.strip() for name, value in gather_typed(request) if name not in UNTYPED)
    return list(dict.fromkeys(text for text in found if len(text) >= SHORTEST_TEXT and " " in text))


def may_resend(request: HttpRequest) -> bool:
    """Something was typed on a page of ours, and a person waits for a whole page.

    A form sent from elsewhere is never offered again: pressing its button would be what a forger wants.
    """
    if request.method != "POST" or "HX-Request" in request.headers or not _comes_from_here(request):
        return False
    return "text/html" in request.headers.get("Accept", "") and any(
        name not in UNTYPED for name, _value in gather_typed(request)
    )


def _comes_from_here(request: HttpRequest) -> bool:
    named = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = urlsplit(named)
    return (here.scheme, here.netloc) == (request.scheme, request.get_host())
