"""Accounts of officers, made and renewed by the administrator of their agency."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts import actions as accounts
from motcua.accounts import queries as people_who_sign_in
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations import access, queries
from motcua.organisations.rules import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """An account and the password to be told once."""

    user_id: int
    username: str
    password: str


@transaction.atomic
def register_officer(
    *, actor: Actor, username: str, full_name: str, email: str = "", phone: str = "", at: datetime
) -> FirstPassword:
    """Give an officer a sign-in name; what they may do comes with a posting.

    :raises Refused: not the actor's to do, or the name is taken.
    """
    access.require_administrator(actor)
    user = accounts.register(username=username, full_name=full_name, password=None, email=email, phone=phone)
    password = accounts.reset_password(user_id=user.pk)
    audit.record("organisations.officer_registered", actor=actor, subject=f"accounts.user:{user.pk}", at=at)
    return FirstPassword(user.pk, user.username, password)


@transaction.atomic
def renew_password(*, actor: Actor, user_id: int, at: datetime) -> FirstPassword:
    """Give an officer who forgot it a new password.

    :raises Refused: the officer has no posting the actor looks after.
    """
    _require_own_officer(actor, user_id, at)
    user = people_who_sign_in.get_user(user_id)
    password = accounts.reset_password(user_id=user_id)
    audit.record("organisations.password_renewed", actor=actor, subject=f"accounts.user:{user_id}", at=at)
    return FirstPassword(user_id, user.username, password)


@transaction.atomic
def remove_second_factor(*, actor: Actor, user_id: int, at: datetime) -> None:
    """Let an officer who lost telephone and recovery codes sign in with the password alone, to set it up anew.

    :raises Refused: the officer has no posting the actor looks after.
    """
    _require_own_officer(actor, user_id, at)
    accounts.forget_second_factor(user_id=user_id)
    audit.record(
        "organisations.second_factor_removed", actor=actor, subject=f"accounts.user:{user_id}", at=at
    )


def _require_own_officer(actor: Actor, user_id: int, at: datetime) -> None:
    """Whoever also serves elsewhere is not this administrator's to let in."""
    access.require_administrator(actor)
    held = queries.find_held_units(user_id, timezone.localdate(at))
    if actor is not SYSTEM and not access.may_let_in(actor, held):
        raise Refused("forbidden", _("Người này không (chỉ) làm việc ở đơn vị anh/chị quản trị."))
