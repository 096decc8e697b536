"""Giving neighbouring systems their tokens, and taking them back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core import secret
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations import access
from motcua.organisations.models import ApiToken, Assignment
from motcua.organisations.queries.tokens import hash_token
from motcua.organisations.rules import Actor

SCOPES = ("dossiers:read", "dossiers:write")
_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def issue_token(
    *,
    actor: Actor,
    assignment_id: int,
    name: str,
    scopes: Iterable[str],
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> str:
    """Give a system a token that acts in the post of an assignment. The text is told once and not kept.

    :raises Refused: not the actor's unit to look after, no name, or an unknown scope.
    """
    assignment = Assignment.objects.filter(pk=assignment_id).first()
    if assignment is None:
        raise Refused("not_found", _("Không có phân công này."), field="assignment_id")
    access.require_administrator(actor, assignment.unit_id)
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(SCOPES):
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field="scopes")
    name = clean_line(name)[:120]
    if not name:
        raise Refused("name_missing", _("Ghi tên hệ thống dùng khóa."), field="name")
    text = f"mc_{secret.new_token()}{secret.new_token()}"
    token = ApiToken.objects.create(
        name=name,
        token_hash=hash_token(text),
        scopes=wanted,
        assignment=assignment,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record(
        "organisations.token_issued", actor=actor, subject=f"organisations.apitoken:{token.pk}", at=at
    )
    return text


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, at: datetime) -> None:
    """End a token at once; its row stays so that past calls keep their name.

    :raises Refused: there is none, or its unit is not the actor's to look after.
    """
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("assignment")
        .filter(pk=token_id)
        .first()
    )
    if token is None:
        raise Refused("not_found", _("Không có khóa này."))
    access.require_administrator(actor, token.assignment.unit_id)
    today = timezone.localdate(at)
    token.valid_from = min(token.valid_from, today - timedelta(days=1))
    token.valid_to = today
    token.save(update_fields=["valid_from", "valid_to"])
    audit.record(
        "organisations.token_revoked", actor=actor, subject=f"organisations.apitoken:{token_id}", at=at
    )


def note_use(*, token_id: int, at: datetime) -> None:
    """Keep when the token was last used, to the five minutes."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - _NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token_id).update(last_used_at=at)
