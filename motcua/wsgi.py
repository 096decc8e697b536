"""The door the web server knocks at."""

import os
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
_direct = get_wsgi_application()
# Behind a proxy everybody would share the proxy's address, and one person's wrong passwords would lock out all.
_behind_proxy = wrap_wsgi_with_proxy_headers(_direct, settings.PROXIES)


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Who came through no proxy is who they seem to be; whose word of another address counts is weighed for the others."""
    answer = _behind_proxy if "HTTP_X_FORWARDED_FOR" in environ else _direct
    return answer(environ, start_response)
