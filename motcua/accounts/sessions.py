"""Sessions as Django keeps them in the database, read by one plain statement: every page begins with it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from motcua.core.prepared import open_cursor

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The same table and the same writing; nothing is kept in memory, so a sign-out is heard at once everywhere."""

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or ended one is empty and loses its key."""
        with open_cursor() as cursor:
            cursor.execute(_READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
