"""Sessions in the database, read together with the person they belong to: every page begins with it."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from motcua.accounts.models import Session, User
from motcua.core.prepared import open_cursor

_OF_PERSON = tuple(field.attname for field in User._meta.concrete_fields)
_READ = f"""
SELECT s.session_data, {", ".join(f"u.{name}" for name in _OF_PERSON)}
FROM accounts_session s LEFT JOIN accounts_user u ON u.id = s.user_id
WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - names of our own columns


class SessionStore(db.SessionStore):
    """Nothing is kept in memory, so that a sign-out is heard at once everywhere; `person` is whose it says it is."""

    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where sessions are kept."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session, with whose it is beside what it holds."""
        made = cast(Session, super().create_model_instance(data))
        made.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return made

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or ended one is empty and loses its key."""
        with open_cursor() as cursor:
            cursor.execute(_READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        if row[1] is not None:
            self.person = User.from_db(DEFAULT_DB_ALIAS, _OF_PERSON, row[1:])
        return self.decode(row[0])
