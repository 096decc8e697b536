"""An act that makes something is done once for its key: a double click or a retry finds what the first one made."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from motcua.core import idempotency
from motcua.organisations.rules import Actor

Made = TypeVar("Made", bound=Model)


def make_once(
    *, actor: Actor, kind: type[Made], key: str, facts: Mapping[str, Any], make: Callable[[], Made]
) -> Made:
    """What `make` makes, or what it made before under this key; without a key it is made. Inside the act's transaction.

    :raises Refused: the key was used for something else.
    """
    if not key:
        return make()
    owner = f"user:{actor.user_id}"
    act = f"programme.{kind.__name__}"
    earlier = idempotency.remember(key, owner, act, idempotency.fingerprint(facts))
    if earlier is not None:
        return kind._default_manager.get(pk=int(earlier))
    made = make()
    idempotency.complete(key, owner, str(made.pk))
    return made
