"""PostgreSQL as Django speaks with it, except how a kept connection is found to be alive and how many plans it keeps."""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base

# The texts of a whole working day: acts have some seventy, pages as many again. The driver keeps a hundred, and then
# lets go of one plan for each it makes.
PLANS = 400


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks nothing of a server that has said nothing: `SELECT 1` before each request was a question too many."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's, with room for the plan of every fixed statement (`core.prepared`)."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = PLANS
        return connection

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
