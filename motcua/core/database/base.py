"""PostgreSQL as Django speaks with it, except how a connection kept from the last request is found to be alive."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks nothing of a server that has said nothing: `SELECT 1` before each request was a question too many."""

    def is_usable(self) -> bool:
        """Whether the connection still serves.

        A server that stopped, or ended this session, has closed its end, which can be heard without asking. Whatever
        else is heard, and whatever an error left behind, is left to Django, which asks.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or _hears(self.connection.pgconn.socket):
            return bool(super().is_usable())
        return True


def _hears(socket: int) -> bool:
    """Whether anything came in that nobody asked for."""
    ear = poll()
    ear.register(socket, POLLIN)
    return bool(ear.poll(0))
