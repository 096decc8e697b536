"""The door the web server knocks at."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
# Behind a proxy everybody would share the proxy's address, and one person's wrong passwords would lock out all.
application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), settings.PROXIES)
