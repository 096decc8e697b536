"""What an act needs to be a page: its form, what the form offers, and how what was typed reaches the action."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django import forms

from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.documents.rules import KINDS, Kind
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.states import Act
from motcua.organisations.requests import OfficerRequest

Typed = dict[str, Any]
Form = type[forms.Form]


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act at its address: the form it needs, how what was typed reaches the action, and what to know before."""

    act: Act
    form: Form
    run: Callable[..., Dossier]
    read: Callable[[OfficerRequest, Typed], Typed]
    furnish: Callable[[OfficerRequest, Dossier], Typed] = lambda request, dossier: {}
    is_danger: bool = False
    explain: Callable[[OfficerRequest, Dossier], list[str]] = lambda request, dossier: []


def keep_given(
    request: OfficerRequest, typed: Typed, name: str, kinds: Collection[Kind] = tuple(KINDS.values())
) -> int | None:
    """The file handed in under this name, kept if it is of these kinds; None where none was.

    :raises Refused: at that field: whatever :func:`documents.actions.keep_file` refuses.
    """
    given = typed.get(name)
    if not given:
        return None
    try:
        kept = documents.keep_file(
            stream=given, name=given.name, user_id=request.actor.user_id, kinds=kinds, at=request.at
        )
    except Refused as no:
        raise Refused(no.code, no.message, field=name) from no
    return int(kept.pk)


def plain(*names: str) -> Callable[[OfficerRequest, Typed], Typed]:
    """What was typed under these names, as it is."""
    return lambda request, typed: {name: typed[name] for name in names}
