"""The door for machines: a token in the Authorization header, good for some scopes."""

from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from motcua.core.refusal import Refused
from motcua.organisations.actions.tokens import count_call
from motcua.organisations.queries.tokens import Caller, find_caller
from motcua.organisations.requests import OfficerRequest, today


class ApiRequest(OfficerRequest):
    """A request of a system, after its token was read."""

    caller: Caller


class Token(HttpBearer):
    """Reads the token and lets the request act as the officer of its assignment; a session counts for nothing here."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: ApiRequest, token: str) -> Caller | None:  # type: ignore[override]
        """The caller, or None for an unknown token.

        :raises Refused: the token is not good for this scope, or calls too often.
        """
        caller = find_caller(token, today(request))
        if caller is None:
            return None
        count_call(token_id=caller.token_id, at=request.at)
        if self.scope not in caller.scopes:
            message = _("Khóa này không có phạm vi “%(scope)s”.") % {"scope": self.scope}
            raise Refused("forbidden", message)
        request.actor, request.caller = caller.actor, caller
        return caller


READ, WRITE = Token("dossiers:read"), Token("dossiers:write")
